/** 小微企业扶持 (第十条): approved by a second person, published, and expired with its term. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { supportMeasureBodies } from '../../domain/case-types/support-measure/commands.ts';
import { openedSupportMeasure, type SupportMeasureInput } from '../../domain/case-types/support-measure/opening.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, CaseWorld, COUNTY, DAY, LEAD, OFFICER } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';

const approve = updateOf(supportMeasureBodies, 'approve');
const refuse = updateOf(supportMeasureBodies, 'refuse');
const end = updateOf(supportMeasureBodies, 'end');

const TERM = 40 * DAY;

describe.skipIf(!inject('testServerPath'))('a support measure', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  async function begin(more: Partial<SupportMeasureInput> = {}) {
    const openedAt = await world.now();
    const input: SupportMeasureInput = {
      documentNo: `扶持-${randomUUID().slice(0, 8)}`,
      uscc: '91350100M000100Y43',
      departmentCode: `${COUNTY}-agriculture`,
      regionCode: COUNTY,
      appliedBy: OFFICER.username,
      expiresAt: openedAt + TERM,
      openedAt,
      ...more,
    };
    const { workflowId } = await world.start('supportMeasure', openedSupportMeasure(input), input);
    await world.begun(workflowId);
    return workflowId;
  }
  const code = async (work: Promise<unknown>) => (await refusalOf(work)).code;
  const topics = async (caseId: string) => (await world.notices(caseId)).map(({ topic }) => topic);
  const actions = async (caseId: string) =>
    (await world.audit(caseId)).map(({ action, article }) => `${action} ${article}`);

  it('is approved within five working days, a norm, and published until its term ends', async () => {
    const caseId = await begin();
    expect(await world.deadline(caseId, 'supportMeasure.approval')).toMatchObject({ workingDays: 5, kind: 'norm' });
    await world.command(caseId, approve, LEAD, { opinion: '属实' });
    expect(await world.case(caseId)).toMatchObject({ stage: 'published', status: 'open' });
    expect((await world.deadline(caseId, 'supportMeasure.approval')).settledAt).not.toBeNull();
    await world.env.sleep(TERM - DAY);
    expect(await world.case(caseId)).toMatchObject({ stage: 'published', status: 'open' });
    await world.env.sleep(2 * DAY);
    await world.comesTo(caseId, 'expired');
    expect(await world.case(caseId)).toMatchObject({ status: 'closed' });
    expect(await actions(caseId)).toEqual(['open 第十条', 'approve 第十九条第一款', 'expire 第十条']);
    // Nobody here was told of the enterprise before, so there are no other recipients.
    expect(await topics(caseId)).toEqual([
      'supportMeasure.entered',
      'supportMeasure.published',
      'supportMeasure.expired',
    ]);
  });

  it('is not approved by who entered it, nor by another department', async () => {
    const caseId = await begin({ appliedBy: LEAD.username });
    const opinion = { opinion: '同意' };
    expect(await code(world.command(caseId, approve, LEAD, opinion))).toBe('review.same-person');
    expect(await code(world.command(caseId, approve, actor('department-lead', 'health'), opinion))).toBe(
      'access.denied',
    );
    expect(await code(world.command(caseId, approve, OFFICER, opinion))).toBe('access.denied');
  });

  it('that is refused is closed and tells who entered it', async () => {
    const caseId = await begin();
    await world.command(caseId, refuse, LEAD, { reason: '企业不属于小型、微型企业' });
    expect(await world.case(caseId)).toMatchObject({
      stage: 'refused',
      status: 'closed',
      facts: { disapproval: { reason: '企业不属于小型、微型企业' } },
    });
    expect(await topics(caseId)).toEqual(['supportMeasure.entered', 'supportMeasure.refused']);
  });

  it('ends early for a reason, and then expires no more', async () => {
    const caseId = await begin();
    expect(await code(world.command(caseId, end, OFFICER, { reason: '已停业' }))).toBe('transition.refused');
    await world.command(caseId, approve, LEAD, { opinion: '属实' });
    await world.command(caseId, end, OFFICER, { reason: '已停业' });
    await world.env.sleep(TERM + DAY);
    expect(await world.case(caseId)).toMatchObject({ stage: 'ended', status: 'closed' });
    expect((await actions(caseId)).at(-1)).toBe('end 第十条');
  });

  it('that nobody approved is reminded of, breached, and expires unpublished with its term', async () => {
    const caseId = await begin();
    await world.env.sleep(TERM + DAY);
    await world.comesTo(caseId, 'expired');
    expect(await world.rungs(caseId)).toEqual(['supportMeasure.approval due-1', 'supportMeasure.approval due']);
    expect((await actions(caseId)).some((action) => action.startsWith('approve'))).toBe(false);
  });
});
