/** 举报 (第十三条第四款): taken up or passed on, answered in time or supervised. */
import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { attachments } from '../../db/schema.ts';
import { complaintId, supervisionId } from '../../domain/case/id.ts';
import { receiptNumber } from '../../domain/receipts/receipt-number.ts';
import { complaintBodies } from '../../domain/case-types/complaint/commands.ts';
import { extensionBodies } from '../../domain/case-types/terms.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, CaseWorld, COUNTY, DAY, LEAD, OFFICER } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';
import { openedComplaint, type ComplaintInput } from '../../domain/case-types/complaint/opening.ts';

const acceptComplaint = updateOf(complaintBodies, 'accept');
const approveExtension = updateOf(extensionBodies('registrationPush.feedback'), 'approveExtension');
const declineComplaint = updateOf(complaintBodies, 'decline');
const handleComplaint = updateOf(complaintBodies, 'handle');
const requestExtension = updateOf(extensionBodies('registrationPush.feedback'), 'requestExtension');
const requestComplaintExtension = updateOf(extensionBodies('complaint.verification'), 'requestExtension');
const transferComplaint = updateOf(complaintBodies, 'transfer');

const HEALTH = actor('department-officer', 'health');
const ANSWER = { outcome: 'ordered', reply: '经核查属实，已责令改正' } as const;
const to = (sector: string) => ({ departmentCode: `${COUNTY}-${sector}`, reason: '不属于本部门职责' });

describe.skipIf(!inject('testServerPath'))('a complaint', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  async function begin(more: Partial<ComplaintInput> = {}) {
    const input: ComplaintInput = {
      receiptNo: receiptNumber(randomBytes(12), '2026-11-23'),
      round: 1,
      category: 'food-drug',
      uscc: '91350100M000100Y43',
      departmentCode: `${COUNTY}-agriculture`,
      regionCode: COUNTY,
      parentCaseId: null,
      openedAt: await world.now(),
      ...more,
    };
    const { workflowId } = await world.start('complaint', openedComplaint(input), input);
    await world.begun(workflowId);
    return { caseId: workflowId, input };
  }
  const code = async (work: Promise<unknown>) => (await refusalOf(work)).code;
  const topics = async (caseId: string) => (await world.notices(caseId)).map(({ topic }) => topic);

  const RULES = { ruleSet: 'market-regulation-2020', uscc: null } as const;

  it('a report under the rules of 2020 is verified within 15 working days of its receipt, once extended by 15', async () => {
    const { caseId } = await begin({ ...RULES, matter: 'report' });
    const before = await world.deadline(caseId, 'complaint.verification');
    expect(before).toMatchObject({ workingDays: 15, kind: 'norm' });
    expect((await world.case(caseId)).uscc).toBeNull();
    await world.command(caseId, acceptComplaint, OFFICER, {});
    expect((await world.deadline(caseId, 'complaint.verification')).settledAt).toBeNull();
    expect(await world.deadline(caseId, 'complaint.handling')).toBeUndefined();
    const days = (workingDays: number) => ({ workingDays, reason: '须送检' });
    expect(await code(world.command(caseId, requestComplaintExtension, OFFICER, days(16)))).toBe('input.invalid');
    await world.command(caseId, requestComplaintExtension, OFFICER, days(15));
    await world.command(caseId, approveExtension, LEAD, { opinion: '同意' });
    expect((await world.deadline(caseId, 'complaint.verification')).workingDays).toBe(30);
    const again = world.command(caseId, requestComplaintExtension, OFFICER, days(1));
    expect(await code(again)).toBe('extension.already-requested');
    await world.command(caseId, handleComplaint, OFFICER, ANSWER);
    expect((await world.deadline(caseId, 'complaint.verification')).settledAt).not.toBeNull();
  });

  it('is accepted, handled and answered; both limits are norms', async () => {
    const { caseId } = await begin();
    expect(await world.deadline(caseId, 'complaint.acceptance')).toMatchObject({ workingDays: 7, kind: 'norm' });
    expect(await world.deadline(caseId, 'complaint.handling')).toBeUndefined();
    await world.command(caseId, acceptComplaint, OFFICER, {});
    expect((await world.deadline(caseId, 'complaint.acceptance')).settledAt).not.toBeNull();
    expect(await world.deadline(caseId, 'complaint.handling')).toMatchObject({ workingDays: 15, kind: 'norm' });
    const done = await world.command(caseId, handleComplaint, OFFICER, ANSWER);
    expect(done).toMatchObject({ stage: 'handled', late: false });
    expect(await world.case(caseId)).toMatchObject({ status: 'closed', facts: { answer: ANSWER } });
    expect(await topics(caseId)).toEqual(['complaint.received']);
    const steps = await world.audit(caseId);
    expect(steps.map(({ action, article }) => [action, article])).toEqual(
      ['open', 'accept', 'handle'].map((action) => [action, '第十三条第四款']),
    );
  });

  it('is declined with a reason, and only before it is accepted', async () => {
    const { caseId } = await begin();
    expect(await code(world.command(caseId, declineComplaint, OFFICER, { reason: ' ' }))).toBe('input.invalid');
    await world.command(caseId, declineComplaint, OFFICER, { reason: '没有具体线索' });
    expect(await world.case(caseId)).toMatchObject({ stage: 'declined', status: 'closed' });
    const accepted = await begin();
    await world.command(accepted.caseId, acceptComplaint, OFFICER, {});
    const late = world.command(accepted.caseId, declineComplaint, OFFICER, { reason: '没有具体线索' });
    expect(await code(late)).toBe('transition.refused');
  });

  it('is not handled before it is accepted, and by nobody but its department', async () => {
    const { caseId } = await begin();
    expect(await code(world.command(caseId, handleComplaint, OFFICER, ANSWER))).toBe('transition.refused');
    expect(await code(world.command(caseId, acceptComplaint, HEALTH, {}))).toBe('access.denied');
    const supervisor = actor('supervisor', null);
    expect(await code(world.command(caseId, acceptComplaint, supervisor, {}))).toBe('access.denied');
  });

  it('that is transferred goes on at the other department, with the clock anew and its materials', async () => {
    const { caseId, input } = await begin();
    const id = randomUUID();
    const file = { filename: 'a.pdf', mediaType: 'application/pdf', size: 1, sha256: '0', uploadedBy: null };
    await world.handle.db.insert(attachments).values({ ...file, id, at: new Date(), caseId });
    await world.env.sleep(4 * DAY);
    await world.command(caseId, acceptComplaint, OFFICER, {});
    const { nextCaseId } = await world.command(caseId, transferComplaint, OFFICER, to('health'));
    expect(nextCaseId).toBe(complaintId({ receiptNo: input.receiptNo, round: 2 }));
    await world.begun(nextCaseId!);
    expect(await world.case(caseId)).toMatchObject({ stage: 'transferred', status: 'closed' });
    expect((await world.deadline(caseId, 'complaint.handling')).settledAt).not.toBeNull();
    expect(await world.case(nextCaseId!)).toMatchObject({
      stage: 'received',
      round: 2,
      departmentCode: `${COUNTY}-health`,
      parentCaseId: caseId,
      facts: { category: 'food-drug', transfers: 1 },
    });
    const [moved] = await world.handle.db.select().from(attachments).where(eq(attachments.id, id));
    expect(moved?.caseId).toBe(nextCaseId);
    expect((await world.deadline(nextCaseId!, 'complaint.acceptance')).settledAt).toBeNull();
    expect(await topics(nextCaseId!)).toEqual(['complaint.received']);
    expect(await code(world.command(nextCaseId!, acceptComplaint, OFFICER, {}))).toBe('access.denied');
    await world.command(nextCaseId!, acceptComplaint, HEALTH, {});
  });

  it('that a department neglects is reminded, breached and supervised, and may still be answered, late', async () => {
    const { caseId } = await begin();
    await world.env.sleep(30 * DAY);
    expect(await world.rungs(caseId)).toEqual(
      ['due-2', 'due-1', 'due', 'due+3'].map((rung) => `complaint.acceptance ${rung}`),
    );
    await world.begun(supervisionId(caseId, 'complaint.acceptance'));
    expect(await world.command(caseId, acceptComplaint, OFFICER, {})).toMatchObject({ late: true });
    await world.env.sleep(45 * DAY);
    await world.begun(supervisionId(caseId, 'complaint.handling'));
    expect(await world.command(caseId, handleComplaint, OFFICER, ANSWER)).toMatchObject({ late: true });
  });

  // Last: when a case ends after the case that opened it, the time-skipping server skips no more time.
  it('is transferred three times at the most', async () => {
    let { caseId } = await begin();
    for (const [from, sector] of [
      ['agriculture', 'health'],
      ['health', 'culture-tourism'],
      ['culture-tourism', 'agriculture'],
    ] as const) {
      const who = actor('department-officer', from);
      const { nextCaseId } = await world.command(caseId, transferComplaint, who, to(sector));
      caseId = nextCaseId!;
      await world.begun(caseId);
    }
    const again = world.command(caseId, transferComplaint, OFFICER, to('health'));
    expect(await code(again)).toBe('complaint.transferred-too-often');
    await world.command(caseId, acceptComplaint, OFFICER, {});
    expect(await world.command(caseId, handleComplaint, OFFICER, ANSWER)).toMatchObject({ stage: 'handled' });
  });

  it('fifty transfers at once make one next round', async () => {
    const { caseId } = await begin();
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        world.command(caseId, transferComplaint, OFFICER, to(index % 2 ? 'health' : 'forestry')),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const actions = (await world.audit(caseId)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'transfer')).toHaveLength(1);
  });

  it('the same transfer repeated with its key is one', async () => {
    const { caseId } = await begin();
    const send = () => world.command(caseId, transferComplaint, OFFICER, to('health'), 'same-key');
    const [first, second] = await Promise.all([send(), send()]);
    expect(second).toEqual(first);
  });

  it('may have more time to be handled, if the lead agrees, once', async () => {
    const { caseId } = await begin();
    const ask = (days: number) =>
      world.command(caseId, requestExtension, OFFICER, { workingDays: days, reason: '须送检' });
    expect(await code(ask(5))).toBe('transition.refused');
    await world.command(caseId, acceptComplaint, OFFICER, {});
    const before = await world.deadline(caseId, 'complaint.handling');
    expect(await code(ask(16))).toBe('input.invalid');
    await ask(15);
    expect(await code(world.command(caseId, approveExtension, OFFICER, { opinion: '同意' }))).toBe('access.denied');
    await world.command(caseId, approveExtension, LEAD, { opinion: '同意' });
    const after = await world.deadline(caseId, 'complaint.handling');
    expect(after.dueAt.getTime()).toBeGreaterThan(before.dueAt.getTime());
    expect(await code(ask(1))).toBe('extension.already-requested');
    expect(await topics(caseId)).toEqual([
      'complaint.received',
      'complaint.extensionRequested',
      'complaint.extensionApproved',
    ]);
  });

  // Last: after a chain of transfers, the test server skips no more time.
  it('a dispute under the rules of 2020 is accepted within 7 working days; the next department has its own rules', async () => {
    const { caseId, input } = await begin({ ...RULES, matter: 'dispute' });
    expect(await world.deadline(caseId, 'complaint.decision')).toMatchObject({ workingDays: 7 });
    const moved = await world.command(caseId, transferComplaint, OFFICER, to('health'));
    const next = complaintId({ ...input, round: 2 });
    expect(moved.nextCaseId).toBe(next);
    await world.begun(next);
    expect((await world.case(next)).facts).toEqual({ category: 'food-drug', matter: 'dispute', transfers: 1 });
    expect(await world.deadline(next, 'complaint.acceptance')).toBeDefined();
    const back = { ...to('agriculture'), ruleSet: 'market-regulation-2020' as const };
    await world.command(next, transferComplaint, HEALTH, back);
    const third = complaintId({ ...input, round: 3 });
    await world.begun(third);
    await world.command(third, acceptComplaint, OFFICER, {});
    expect(await world.deadline(third, 'complaint.mediation')).toMatchObject({ workingDays: 45 });
  });
});
