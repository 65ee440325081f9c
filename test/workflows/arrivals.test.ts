/** The instant of a command is its arrival (电子签名法第十一条), whenever its workflow gets round to it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { factsOfCase } from '../../domain/oversight/assessment-facts.ts';
import { supervisionId } from '../../domain/case/id.ts';
import type { Rung } from '../../domain/clock/limits.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { CaseWorld, LEAD, OFFICER } from '../support/case-world.ts';
import {
  approveExtension,
  EXTENSION,
  OPINION,
  requestExtension,
  requestSuspension,
  resume,
  suspend,
  SUSPENSION,
} from '../support/push-terms.ts';
import { refusalOf } from '../support/refusal.ts';

const FEEDBACK = 'registrationPush.feedback';
const claim = updateOf(registrationPushBodies, 'claim');
const feedBack = updateOf(registrationPushBodies, 'feedBack');

const ANSWER = { outcome: 'not-applied' } as const;
const SECOND_AND_A_HALF = 1500;

describe.skipIf(!inject('testServerPath'))('a command', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  /** A claimed push of which a rung has fired: nobody answered, as far as its workflow could see. */
  async function neglected(rung: Rung = 'due') {
    const { caseId } = await world.startPush();
    await world.command(caseId, claim, OFFICER, {});
    const limit = await world.deadline(caseId, FEEDBACK);
    const inTime = limit.dueAt.getTime() - SECOND_AND_A_HALF;
    await world.passes(caseId, FEEDBACK, rung);
    expect((await world.case(caseId)).breachedAt).toEqual(limit.dueAt);
    return { caseId, limit, inTime };
  }

  const arrived = <Body>(
    caseId: string,
    update: Parameters<typeof world.command<Body>>[1],
    body: Body,
    at: number,
    who = OFFICER,
  ) => {
    return world.obey(caseId, update, { actor: who, key: randomUUID(), requestHash: 'test', arrivedAt: at, body });
  };

  const actionsOf = async (caseId: string) => (await world.audit(caseId)).map(({ action }) => action);
  const assessed = async (caseId: string) =>
    factsOfCase((await world.audit(caseId)).map((row) => ({ ...row, at: row.at.getTime() })));

  it('that arrived before midnight is in time, although a breach was recorded meanwhile', async () => {
    const { caseId, limit, inTime } = await neglected();
    expect(await arrived(caseId, feedBack, ANSWER, inTime)).toMatchObject({ late: false });
    expect(await world.deadline(caseId, FEEDBACK)).toMatchObject({ breachedAt: null, settledAt: new Date(inTime) });
    expect(await world.case(caseId)).toMatchObject({ breachedAt: null, closedAt: new Date(inTime) });
    expect((await actionsOf(caseId)).slice(-3)).toEqual(['rung:due', 'breach.withdrawn', 'feedBack']);
    const [withdrawal, deed] = (await world.audit(caseId)).slice(-2);
    expect(withdrawal).toMatchObject({ article: '电子签名法第十一条', after: { dueAt: limit.dueAt.toISOString() } });
    expect(deed!.at).toEqual(new Date(inTime));
    expect(await assessed(caseId)).toContainEqual(expect.objectContaining({ limitId: FEEDBACK, late: false }));
  });

  it('tells those who were told of the breach, and leaves the supervision to its supervisor', async () => {
    const { caseId, inTime } = await neglected('due+3');
    await world.begun(supervisionId(caseId, FEEDBACK, 1));
    expect(await arrived(caseId, feedBack, ANSWER, inTime)).toMatchObject({ late: false });
    const told = (await world.notices(caseId)).filter(({ topic }) => topic === `${FEEDBACK}:withdrawn`);
    expect(told.map(({ departmentCode, role }) => departmentCode ?? role)).toEqual([
      OFFICER.departmentCode,
      'supervisor',
    ]);
    for (const { body } of told) expect(body).toMatch(/此前已到达本系统.*督办事项保留在案/);
    expect(await world.case(supervisionId(caseId, FEEDBACK, 1))).toMatchObject({ status: 'open' });
  });

  it('that arrived at the last instant of midnight is late, and one of a millisecond before is not', async () => {
    const late = await neglected();
    expect(await arrived(late.caseId, feedBack, ANSWER, late.limit.dueAt.getTime())).toMatchObject({ late: true });
    expect((await world.case(late.caseId)).breachedAt).toEqual(late.limit.dueAt);
    expect(await actionsOf(late.caseId)).not.toContain('breach.withdrawn');
    const early = await neglected();
    expect(await arrived(early.caseId, feedBack, ANSWER, early.limit.dueAt.getTime() - 1)).toMatchObject({
      late: false,
    });
  });

  it('of suspension pauses the limit from its arrival, and a later breach is recorded again', async () => {
    const { caseId, inTime, limit } = await neglected();
    await arrived(caseId, requestSuspension, SUSPENSION, inTime - 10);
    await arrived(caseId, suspend, OPINION, inTime, LEAD);
    expect(await world.deadline(caseId, FEEDBACK)).toMatchObject({ breachedAt: null, suspendedAt: new Date(inTime) });
    await world.command(caseId, resume, OFFICER, {});
    const resumed = await world.deadline(caseId, FEEDBACK);
    expect(resumed.dueAt.getTime()).toBeGreaterThan(limit.dueAt.getTime());
    await world.passes(caseId, FEEDBACK);
    expect((await world.deadline(caseId, FEEDBACK)).breachedAt).toEqual(resumed.dueAt);
    // The reminders of the day before were given already, and are given once.
    const fired = (await world.rungs(caseId)).filter((rung) => rung.startsWith(FEEDBACK));
    expect(fired.filter((rung) => rung === `${FEEDBACK} due`)).toHaveLength(2);
    expect(fired.filter((rung) => rung === `${FEEDBACK} due-1`).length).toBeLessThanOrEqual(1);
  });

  it('of extension counts from its arrival, request and approval alike', async () => {
    const { caseId, inTime, limit } = await neglected();
    await arrived(caseId, requestExtension, EXTENSION, inTime - 10);
    await arrived(caseId, approveExtension, OPINION, inTime, LEAD);
    const extended = await world.deadline(caseId, FEEDBACK);
    expect(extended).toMatchObject({ breachedAt: null, ladder: 2 });
    expect(extended.dueAt.getTime()).toBeGreaterThan(limit.dueAt.getTime());
    await world.passes(caseId, FEEDBACK);
    expect((await world.deadline(caseId, FEEDBACK)).breachedAt).toEqual(extended.dueAt);
  });

  it('that needs a running limit is refused where it arrived after the limit’s end', async () => {
    const { caseId, limit } = await neglected();
    const refused = refusalOf(arrived(caseId, requestSuspension, SUSPENSION, limit.dueAt.getTime()));
    expect(await refused).toMatchObject({ code: 'limit.lapsed' });
  });

  it('counts as done now where clocks would have it in the future, and not before the command obeyed last', async () => {
    const { caseId } = await world.startPush();
    const now = await world.now();
    await arrived(caseId, claim, {}, now + 3_600_000);
    await arrived(caseId, feedBack, ANSWER, now - 86_400_000);
    const [opened, claimed, answered] = (await world.audit(caseId)).map(({ at }) => at.getTime());
    expect(claimed! - now).toBeLessThan(60_000);
    expect(claimed).toBeGreaterThanOrEqual(opened!);
    expect(answered).toBe(claimed);
  });
});
