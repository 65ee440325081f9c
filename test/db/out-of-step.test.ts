/** A step that does not follow from what the record holds is refused for good, written nowhere, and noted. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCaseRecords, type CaseRecordActivities } from '../../activities/case-records.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { auditLog, interruptedCases, rungs } from '../../db/schema.ts';
import { seedReference } from '../../db/seed.ts';
import type { CaseStep, RungStep } from '../../domain/case/case-step.ts';
import { openedPush } from '../../domain/case-types/registration-push/opening.ts';
import { startOfDay } from '../../domain/clock/calendar.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { pushInput } from '../support/push.ts';
import { createTestDatabase } from '../support/servers.ts';

const LIMIT = 'registrationPush.feedback';
const BEGUN = startOfDay('2026-03-02') + 36_000_000;

let handle: DatabaseHandle;
let records: CaseRecordActivities;
let serial = 0;
beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  await seedReference(databaseUrl);
  handle = connectDatabase(databaseUrl);
  records = createCaseRecords({ db: handle.db, clock: realClock });
});
afterAll(() => handle.close());

type Written = Pick<CaseStep, 'caseId' | 'token' | 'action' | 'stage'> & Partial<CaseStep>;

const write = (step: Written) =>
  records.recordStep({
    actor: 'system',
    article: '第七条第三款',
    at: BEGUN,
    facts: {},
    limits: [],
    notify: [],
    effects: [],
    followUps: [],
    ...step,
  });

async function pushed() {
  serial += 1;
  const open = openedPush(pushInput({ registrationNo: `STEP-${serial}`, pushedAt: BEGUN }));
  const { caseId, stage } = open;
  const limits = [{ limitId: LIMIT, change: 'arm', startedAt: BEGUN } as const];
  const { plans } = await write({
    caseId,
    token: 'open',
    action: 'open',
    stage: { before: null, after: stage },
    open,
    limits,
  });
  const planned = plans[LIMIT]!.rungs[0]!;
  const rung: RungStep = {
    caseId,
    token: `rung:${LIMIT}:1:${planned.rung}`,
    limitId: LIMIT,
    rung: planned.rung,
    ladder: 1,
    plannedAt: planned.at,
    at: planned.at,
    follows: 'open',
  };
  const change = (what: 'suspend' | 'settle', at = BEGUN) =>
    write({
      caseId,
      at,
      token: `cmd:${what}`,
      action: what,
      stage: { before: stage, after: stage },
      limits: [{ limitId: LIMIT, change: what }],
      follows: 'open',
    });
  return { caseId, rung, change };
}

const tokens = async (caseId: string) =>
  (await handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseId)).orderBy(auditLog.step)).map(
    ({ token }) => token,
  );
const reasons = async (caseId: string) =>
  (await handle.db.select().from(interruptedCases).where(eq(interruptedCases.caseId, caseId))).map(
    ({ reason }) => reason,
  );
const isRefused = (work: Promise<unknown>) =>
  expect(work).rejects.toMatchObject({ type: 'OutOfStep', nonRetryable: true });

it('a command whose predecessor the record has lost, though the stage is the same', async () => {
  const { caseId } = await pushed();
  const stage = { before: 'pushed', after: 'pushed' };
  await isRefused(write({ caseId, token: 'cmd:2', action: 'suspend', stage, follows: 'cmd:1' }));
  expect([await tokens(caseId), await reasons(caseId)]).toEqual([['open'], ['record-behind']]);
});

it('a rung whose predecessor the record has lost', async () => {
  const { caseId, rung } = await pushed();
  await isRefused(records.recordRung({ ...rung, follows: 'cmd:1' }));
  expect([await tokens(caseId), await reasons(caseId)]).toEqual([['open'], ['record-behind']]);
});

it('a calendar for a case whose last step the record has lost', async () => {
  const { caseId } = await pushed();
  const step = { caseId, token: 'calendar:x', at: BEGUN, calendarVersion: 'x', follows: 'cmd:1' };
  await isRefused(records.recordReprojection(step));
  expect([await tokens(caseId), await reasons(caseId)]).toEqual([['open'], ['record-behind']]);
});

it.each(['suspend', 'settle'] as const)('a rung of a limit after its %s, which the workflow has lost', async (what) => {
  const { caseId, rung, change } = await pushed();
  await change(what);
  await isRefused(records.recordRung(rung));
  expect(await tokens(caseId)).toEqual(['open', `cmd:${what}`]);
  expect(await handle.db.select().from(rungs).where(eq(rungs.caseId, caseId))).toEqual([]);
  expect(await reasons(caseId)).toEqual(['workflow-behind']);
});

it('not a rung that had passed when its limit was settled: it was met late', async () => {
  const { caseId, rung, change } = await pushed();
  await change('settle', rung.plannedAt + 1);
  expect(await records.recordRung(rung)).toMatchObject({ fired: true });
  expect(await reasons(caseId)).toEqual([]);
});

it('not one that was written before and is repeated', async () => {
  const { caseId, rung, change } = await pushed();
  expect(await records.recordRung(rung)).toMatchObject({ fired: true });
  await change('settle');
  expect(await records.recordRung({ ...rung, follows: 'lost' })).toMatchObject({ fired: true });
  expect(await reasons(caseId)).toEqual([]);
});
