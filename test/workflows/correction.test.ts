/** 更正 (第十八条): three working days from the discovery or the confirmation, two persons, and supervision of who forgets. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { supervisionId } from '../../domain/case/id.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { correctionBodies } from '../../domain/case-types/correction/commands.ts';
import { extensionBodies } from '../../domain/case-types/terms.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, CaseWorld, COUNTY, DAY, LEAD, OFFICER } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';
import { openedCorrection, type CorrectionInput } from '../../domain/case-types/correction/opening.ts';

const applyForCorrection = updateOf(correctionBodies, 'apply');
const applyForWithdrawal = updateOf(correctionBodies, 'applyWithdrawal');
const approveCorrection = updateOf(correctionBodies, 'approve');
const approveExtension = updateOf(extensionBodies('registrationPush.feedback'), 'approveExtension');
const concludeCorrection = updateOf(correctionBodies, 'conclude');
const confirmError = updateOf(correctionBodies, 'confirm');
const executeCorrection = updateOf(correctionBodies, 'execute');
const rejectError = updateOf(correctionBodies, 'reject');
const requestExtension = updateOf(extensionBodies('registrationPush.feedback'), 'requestExtension');
const returnCorrection = updateOf(correctionBodies, 'return');
const sendBackCorrection = updateOf(correctionBodies, 'sendBack');

const PLATFORM = { ...actor('platform-administrator', null), regionCode: '430000' };
const APPLICATION = { statement: '请予更正', version: 2 };
const OPINION = { opinion: '属实' };

describe.skipIf(!inject('testServerPath'))('a correction', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  async function begin(origin: CorrectionInput['origin'], more: Partial<CorrectionInput> = {}) {
    const openedAt = await world.now();
    const input: CorrectionInput = {
      recordId: randomUUID().replaceAll('-', ''),
      occasion: 'v1',
      origin,
      shownVersion: 1,
      documentNo: '农许〔2026〕1号',
      uscc: '91350100M000100Y43',
      departmentCode: `${COUNTY}-agriculture`,
      regionCode: COUNTY,
      discoveredOn: origin === 'department' ? legalDateOf(openedAt) : null,
      openedAt,
      ...more,
    };
    const { workflowId } = await world.start('correction', openedCorrection(input), input);
    await world.begun(workflowId);
    return workflowId;
  }
  const code = async (work: Promise<unknown>) => (await refusalOf(work)).code;

  it('found by the department itself, is applied for, reviewed, carried out', async () => {
    const caseId = await begin('department');
    expect(await world.deadline(caseId, 'correction.application')).toMatchObject({ workingDays: 3, kind: 'statutory' });
    await world.command(caseId, applyForCorrection, OFFICER, APPLICATION);
    expect((await world.deadline(caseId, 'correction.application')).settledAt).toBeNull();
    await world.command(caseId, approveCorrection, LEAD, OPINION);
    expect((await world.deadline(caseId, 'correction.application')).settledAt).not.toBeNull();
    const done = await world.command(caseId, executeCorrection, PLATFORM, {});
    expect(done).toMatchObject({ stage: 'corrected', late: false });
    expect((await world.notices(caseId)).map(({ topic }) => topic)).toEqual([
      'correction.opened',
      'correction.applied',
      'correction.reviewed',
      'correction.executed',
      'correction.executed',
    ]);
    // The organ that published the wrong record is told, and so is the department that handed it over.
    const told = (await world.notices(caseId)).filter(({ topic }) => topic === 'correction.executed');
    expect(told.map(({ role, departmentCode }) => role ?? departmentCode)).toEqual([
      `${COUNTY}-agriculture`,
      'registering-authority',
    ]);
  });

  it('applied for as a withdrawal, says so to everyone who is told', async () => {
    const caseId = await begin('department');
    await world.command(caseId, applyForWithdrawal, OFFICER, APPLICATION);
    await world.command(caseId, approveCorrection, LEAD, OPINION);
    await world.command(caseId, executeCorrection, PLATFORM, {});
    expect(await world.case(caseId)).toMatchObject({ stage: 'corrected', facts: { withdraws: true } });
    expect((await world.notices(caseId)).map(({ topic }) => topic)).toContain('correction.withdrawn');
  });

  it('that the platform returns is applied for anew within three days, and its execution is at rest', async () => {
    const caseId = await begin('department');
    await world.command(caseId, applyForCorrection, OFFICER, APPLICATION);
    await world.command(caseId, approveCorrection, LEAD, OPINION);
    await world.command(caseId, returnCorrection, PLATFORM, { reason: '已另行更正' });
    expect((await world.deadline(caseId, 'correction.execution')).settledAt).not.toBeNull();
    // 第十八条第一款: the statutory three days ran from the discovery, which a return is not.
    expect((await world.deadline(caseId, 'correction.application')).settledAt).not.toBeNull();
    expect(await world.deadline(caseId, 'correction.reapplication')).toMatchObject({
      settledAt: null,
      workingDays: 3,
      kind: 'norm',
    });
    await world.env.sleep(30 * DAY);
    expect(await world.rungs(caseId)).toContain('correction.reapplication due');
    await world.command(caseId, applyForCorrection, OFFICER, { ...APPLICATION, version: 3 });
    await world.command(caseId, approveCorrection, LEAD, OPINION);
    await world.command(caseId, executeCorrection, PLATFORM, {});
    expect((await world.case(caseId)).facts).toMatchObject({ version: 3, withdraws: false });
  });

  it.each(['public', 'department'] as const)(
    'by %s that another case has corrected is ended by a lead, and owes nothing more',
    async (origin) => {
      const caseId = await begin(origin, origin === 'public' ? { occasion: '20261123ABCDEFGHJKMN0' } : {});
      expect(await code(world.command(caseId, concludeCorrection, OFFICER, OPINION))).toBe('access.denied');
      await world.command(caseId, concludeCorrection, LEAD, { opinion: '已另案更正' });
      expect(await world.case(caseId)).toMatchObject({ stage: 'concluded', status: 'closed', dueAt: null });
    },
  );

  it('asks for more time to verify by the article of that limit', async () => {
    const caseId = await begin('public', { occasion: '20261123ABCDEFGHJKMN0' });
    await world.command(caseId, requestExtension, OFFICER, { workingDays: 5, reason: '须查阅档案' });
    await world.command(caseId, approveExtension, LEAD, { opinion: '同意' });
    const told = (await world.notices(caseId)).filter(({ topic }) => topic.startsWith('extension.'));
    expect(told.map(({ article }) => article)).toEqual(['第十八条第二款', '第十八条第二款']);
  });

  it('reported by the public, is verified, and the three days run from the confirmation', async () => {
    const caseId = await begin('public', { occasion: '20261123ABCDEFGHJKMN0' });
    expect(await world.deadline(caseId, 'correction.verification')).toMatchObject({ workingDays: 5, kind: 'norm' });
    expect(await world.deadline(caseId, 'correction.application')).toBeUndefined();
    await world.env.sleep(2 * DAY);
    await world.command(caseId, confirmError, OFFICER, OPINION);
    const confirmedOn = legalDateOf(await world.now());
    expect(await world.deadline(caseId, 'correction.application')).toMatchObject({
      startDate: confirmedOn,
      workingDays: 3,
    });
  });

  it('that is unfounded, is refused with a reason, and ends', async () => {
    const caseId = await begin('public', { occasion: '20261123ABCDEFGHJKMN0' });
    expect(await code(world.command(caseId, rejectError, OFFICER, { reason: ' ' }))).toBe('input.invalid');
    await world.command(caseId, rejectError, OFFICER, { reason: '公示内容与决定书一致' });
    expect(await world.case(caseId)).toMatchObject({ stage: 'rejected', status: 'closed' });
  });

  it('is reviewed by another person than the applicant, and what is sent back is applied for again', async () => {
    const caseId = await begin('department');
    await world.command(caseId, applyForCorrection, LEAD, APPLICATION);
    expect(await code(world.command(caseId, approveCorrection, LEAD, OPINION))).toBe('review.same-person');
    expect(await code(world.command(caseId, approveCorrection, OFFICER, OPINION))).toBe('access.denied');
    const second = { ...LEAD, username: 'second-lead' };
    await world.command(caseId, sendBackCorrection, second, { reason: '缺少决定书' });
    expect(await world.case(caseId)).toMatchObject({ stage: 'confirmed' });
    await world.command(caseId, applyForCorrection, LEAD, { ...APPLICATION, version: 3 });
    await world.command(caseId, approveCorrection, second, OPINION);
    await world.command(caseId, executeCorrection, PLATFORM, {});
    expect((await world.case(caseId)).facts).toMatchObject({ version: 3 });
  });

  it('is carried out by the platform only, and only after the review', async () => {
    const caseId = await begin('department');
    expect(await code(world.command(caseId, executeCorrection, PLATFORM, {}))).toBe('transition.refused');
    await world.command(caseId, applyForCorrection, OFFICER, APPLICATION);
    await world.command(caseId, approveCorrection, LEAD, OPINION);
    expect(await code(world.command(caseId, executeCorrection, LEAD, {}))).toBe('access.denied');
    const other = actor('department-officer', 'health');
    expect(await code(world.command(caseId, applyForCorrection, other, APPLICATION))).toBe('access.denied');
  });

  it('of an error found days ago has those days behind it', async () => {
    const caseId = await begin('department', { discoveredOn: legalDateOf((await world.now()) - 20 * DAY) });
    const done = await world.command(caseId, applyForCorrection, OFFICER, APPLICATION);
    expect(done.stage).toBe('applied');
    expect(await world.command(caseId, approveCorrection, LEAD, OPINION)).toMatchObject({ late: true });
    expect((await world.deadline(caseId, 'correction.application')).breachedAt).not.toBeNull();
  });

  it('that a department neglects is reminded, breached and supervised', async () => {
    const caseId = await begin('department');
    await world.env.sleep(30 * DAY);
    expect(await world.rungs(caseId)).toEqual([
      'correction.application due-1',
      'correction.application due',
      'correction.application due+3',
    ]);
    await world.begun(supervisionId(caseId, 'correction.application'));
  });

  it('that the platform returns and the department neglects once more is supervised once more', async () => {
    const caseId = await begin('department');
    await world.env.sleep(30 * DAY);
    await world.command(caseId, applyForCorrection, OFFICER, APPLICATION);
    await world.command(caseId, approveCorrection, LEAD, OPINION);
    await world.command(caseId, returnCorrection, PLATFORM, { reason: '材料不齐' });
    await world.env.sleep(30 * DAY);
    for (const limitId of ['correction.application', 'correction.reapplication'] as const) {
      const supervision = supervisionId(caseId, limitId);
      await world.begun(supervision);
      expect(await world.case(supervision)).toMatchObject({ status: 'open', parentCaseId: caseId });
    }
  });
});
