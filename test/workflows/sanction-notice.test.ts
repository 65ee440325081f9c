import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { supervisionId } from '../../domain/case/id.ts';
import { sanctionNoticeBodies } from '../../domain/case-types/sanction-notice/commands.ts';
import { suspensionBodies } from '../../domain/case-types/terms.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, AUTHORITY, CaseWorld, DAY } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';
import { list, restrict } from '../support/sanctions.ts';

const decideRestriction = updateOf(sanctionNoticeBodies, 'decide');
const declineRestriction = updateOf(sanctionNoticeBodies, 'decline');
const executeRestriction = updateOf(sanctionNoticeBodies, 'execute');
const feedBackRestriction = updateOf(sanctionNoticeBodies, 'feedBack');
const fetchNotice = updateOf(sanctionNoticeBodies, 'fetch');
const resumeLimit = updateOf(suspensionBodies, 'resume');
const suspendLimit = updateOf(suspensionBodies, 'suspend');

const HOUSING = actor('department-officer', 'housing');
const HEALTH = actor('department-officer', 'health');
const FEEDBACK = 'sanctionNotice.feedback';

describe.skipIf(!inject('testServerPath'))('a notice of joint sanction (第九条第一款)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const sent = async () => (await list(world)).notice('housing');
  async function fetched() {
    const noticeId = await sent();
    await world.command(noticeId, fetchNotice, HOUSING, {});
    return noticeId;
  }

  it('goes to each concerned department when the entry is listed, with the measures that it may take', async () => {
    const { notice, listingId, input } = await list(world);
    for (const sector of ['housing', 'health']) {
      const { departmentCode, measureIds } = input.departments.find((one) => one.departmentCode.endsWith(sector))!;
      expect(await world.case(notice(sector))).toMatchObject({
        stage: 'sent',
        departmentCode,
        parentCaseId: listingId,
        caseNo: input.documentNo,
        facts: { measureIds, list: input.list },
      });
      expect(await world.notices(notice(sector))).toMatchObject([{ topic: 'sanction.sent', departmentCode }]);
    }
  });

  it('is fetched, decided, executed and fed back, and the restriction stays in force', async () => {
    const noticeId = await fetched();
    await world.command(noticeId, decideRestriction, HOUSING, { measureIds: ['ZZ01', 'ZB01', 'ZB01'] });
    expect(await world.restrictions(noticeId)).toEqual(['ZB01 decided', 'ZZ01 decided']);
    await world.command(noticeId, executeRestriction, HOUSING, { remark: '已在招投标系统中限制' });
    expect(await world.restrictions(noticeId)).toEqual(['ZB01 executed', 'ZZ01 executed']);
    const fedBack = await world.command(noticeId, feedBackRestriction, HOUSING, { result: '限制已生效' });
    expect(fedBack).toMatchObject({ stage: 'fedBack', late: false });
    expect(await world.case(noticeId)).toMatchObject({ status: 'closed', breachedAt: null, dueAt: null });
    expect(await world.restrictions(noticeId)).toEqual(['ZB01 executed', 'ZZ01 executed']);
    expect((await world.audit(noticeId)).map((row) => row.action)).toEqual([
      'open',
      'fetch',
      'decide',
      'execute',
      'feedBack',
    ]);
  });

  it('may be declined with a reason: nothing is restricted, and the registering authority is told', async () => {
    const noticeId = await fetched();
    const refusal = await refusalOf(world.command(noticeId, declineRestriction, HOUSING, { reason: ' ' }));
    expect(refusal).toMatchObject({ code: 'input.invalid', message: '请填写不予限制的理由' });
    await world.command(noticeId, declineRestriction, HOUSING, { reason: '该企业无建筑业资质' });
    expect(await world.case(noticeId)).toMatchObject({ stage: 'notRestricted', status: 'closed' });
    expect(await world.restrictions(noticeId)).toEqual([]);
    expect((await world.notices(noticeId)).at(-1)).toMatchObject({
      topic: 'sanction.declined',
      role: 'registering-authority',
    });
  });

  it('refuses whom it was not sent to', async () => {
    const noticeId = await sent();
    for (const who of [HEALTH, AUTHORITY, actor('supervisor', null)]) {
      expect((await refusalOf(world.command(noticeId, fetchNotice, who, {}))).code).toBe('access.denied');
    }
  });

  it('refuses measures that are not the department’s, and none at all', async () => {
    const noticeId = await fetched();
    for (const measureIds of [['SP01'], ['ZB01', 'SP01'], ['XX99']]) {
      const refusal = await refusalOf(world.command(noticeId, decideRestriction, HOUSING, { measureIds }));
      expect(refusal).toMatchObject({ code: 'input.invalid', message: expect.stringContaining('措施目录') });
    }
    const none = await refusalOf(world.command(noticeId, decideRestriction, HOUSING, { measureIds: [] }));
    expect(none.message).toContain('至少一项');
    expect(await world.restrictions(noticeId)).toEqual([]);
  });

  it('goes in order: no decision before it is fetched, no feedback before it is executed', async () => {
    const noticeId = await sent();
    const early = await refusalOf(world.command(noticeId, decideRestriction, HOUSING, { measureIds: ['ZB01'] }));
    expect(early).toMatchObject({ code: 'transition.refused', remedy: expect.stringContaining('已获取') });
    await world.command(noticeId, fetchNotice, HOUSING, {});
    await world.command(noticeId, decideRestriction, HOUSING, { measureIds: ['ZB01'] });
    const unexecuted = await refusalOf(world.command(noticeId, feedBackRestriction, HOUSING, { result: '已反馈' }));
    expect(unexecuted).toMatchObject({ code: 'transition.refused', remedy: expect.stringContaining('已执行') });
    const again = await refusalOf(world.command(noticeId, decideRestriction, HOUSING, { measureIds: ['ZZ01'] }));
    expect(again.code).toBe('transition.refused');
  });

  it('the fifteen working days count from the decision, not from the notice', async () => {
    const noticeId = await fetched();
    expect(await world.deadline(noticeId, FEEDBACK)).toBeUndefined();
    await world.env.sleep(3 * DAY);
    await world.command(noticeId, decideRestriction, HOUSING, { measureIds: ['ZB01'] });
    const decidedOn = (await world.audit(noticeId)).find((row) => row.action === 'decide')!.at;
    const duty = await world.deadline(noticeId, FEEDBACK);
    expect(duty).toMatchObject({ workingDays: 15, kind: 'statutory' });
    expect(duty.startedAt).toEqual(decidedOn);
  });

  it('a decision that is not fed back climbs the whole ladder into supervision (第十七条)', async () => {
    const noticeId = await fetched();
    await world.command(noticeId, decideRestriction, HOUSING, { measureIds: ['ZB01'] });
    await world.env.sleep(60 * DAY);
    const rungs = (await world.rungs(noticeId)).filter((rung) => rung.startsWith(FEEDBACK));
    expect(rungs).toEqual(['due-2', 'due-1', 'due', 'due+3'].map((rung) => `${FEEDBACK} ${rung}`));
    const supervision = supervisionId(noticeId, FEEDBACK);
    expect(await world.case(supervision)).toMatchObject({ status: 'open', departmentCode: HOUSING.departmentCode });
    await world.command(noticeId, executeRestriction, HOUSING, { remark: '已限制' });
    const late = await world.command(noticeId, feedBackRestriction, HOUSING, { result: '逾期反馈' });
    expect(late).toMatchObject({ stage: 'fedBack', late: true });
    expect((await world.case(noticeId)).breachedAt).toEqual((await world.deadline(noticeId, FEEDBACK)).dueAt);
  });

  it('who never fetches it is reminded, and supervised for want of a decision', async () => {
    const noticeId = await sent();
    await world.env.sleep(40 * DAY);
    expect(await world.rungs(noticeId)).toEqual([
      'sanctionNotice.fetch due-1',
      'sanctionNotice.fetch due',
      'sanctionNotice.decision due-1',
      'sanctionNotice.decision due',
      'sanctionNotice.decision due+3',
    ]);
    expect(await world.case(supervisionId(noticeId, 'sanctionNotice.decision'))).toMatchObject({ status: 'open' });
  });

  it('where the restriction may not be executed for now, its limit stands still with the days that were left', async () => {
    const noticeId = await fetched();
    const early = await refusalOf(world.command(noticeId, suspendLimit, HOUSING, { reason: '行政复议停止执行' }));
    expect(early.code).toBe('transition.refused');
    await world.command(noticeId, decideRestriction, HOUSING, { measureIds: ['ZB01'] });
    const before = await world.deadline(noticeId, FEEDBACK);
    await world.command(noticeId, suspendLimit, HOUSING, { reason: '行政复议停止执行' });
    expect((await world.notices(noticeId)).at(-1)).toMatchObject({
      topic: 'sanction.suspended',
      article: '行政复议法第四十二条',
    });
    await world.env.sleep(60 * DAY);
    expect((await world.deadline(noticeId, FEEDBACK)).breachedAt).toBeNull();
    // Suspended but not forgotten: resuming has a limit of its own.
    expect((await world.deadline(noticeId, 'sanctionNotice.resumption')).breachedAt).not.toBeNull();
    await world.command(noticeId, resumeLimit, HOUSING, {});
    expect((await world.deadline(noticeId, FEEDBACK)).dueDate > before.dueDate).toBe(true);
  });

  it('the same decision sent fifty times at once restricts once', async () => {
    const noticeId = await fetched();
    const body = { measureIds: ['ZB01', 'ZZ01'] };
    const sends = Array.from({ length: 50 }, () =>
      world.command(noticeId, decideRestriction, HOUSING, body, 'decide-once'),
    );
    const results = await Promise.all(sends);
    expect(new Set(results.map((result) => result.step)).size).toBe(1);
    expect((await world.audit(noticeId)).filter((row) => row.action === 'decide')).toHaveLength(1);
    expect(await world.restrictions(noticeId)).toHaveLength(2);
  });

  it('stays small: a whole life is far below 150 events', async () => {
    const noticeId = await sent();
    await restrict(world, noticeId, HOUSING, ['ZB01']);
    await world.command(noticeId, feedBackRestriction, HOUSING, { result: '已生效' });
    const handle = world.env.client.workflow.getHandle(noticeId);
    await handle.result();
    expect((await handle.fetchHistory()).events!.length).toBeLessThan(90);
  });
});
