import { describe, expect, test } from 'vitest';
import { bodies } from '../../domain/case/bodies.ts';
import { caseConditionsSchema, daySchema, NO_DEPARTMENT } from '../../domain/worklist/case-filter.ts';
import { COMPLAINT_CATEGORIES, COMPLAINT_OUTCOMES } from '../../domain/case-types/complaint/rules.ts';
import { complaintBodies } from '../../domain/case-types/complaint/commands.ts';
import { complaintSchema } from '../../domain/case-types/complaint/report.ts';
import { listingBodies } from '../../domain/case-types/listing/commands.ts';
import { REMOVAL_GROUNDS } from '../../domain/case-types/listing/grounds.ts';
import { poolEntryBodies } from '../../domain/case-types/pool-entry/commands.ts';
import { publicationBodies } from '../../domain/case-types/publication/commands.ts';
import { FEEDBACK_OUTCOMES, RETURN_REASONS } from '../../domain/case-types/registration-push/answers.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { rollbackBodies } from '../../domain/case-types/rollback/commands.ts';
import { sanctionLiftingBodies } from '../../domain/case-types/sanction-lifting/commands.ts';
import { decisionBodiesOf, sanctionNoticeBodies } from '../../domain/case-types/sanction-notice/commands.ts';
import { supportMeasureBodies } from '../../domain/case-types/support-measure/commands.ts';
import { openSupervisionSchema } from '../../domain/case-types/supervision/order.ts';
import { supervisionBodies } from '../../domain/case-types/supervision/commands.ts';
import { approvedSuspensionBodies, extensionBodies, suspensionBodies } from '../../domain/case-types/terms.ts';

interface Schema {
  safeParse(input: unknown): { success: boolean; data?: unknown };
}
const accepts = (schema: Schema, input: unknown) => schema.safeParse(input).success;

const SUSPENSION = approvedSuspensionBodies('registrationPush.feedback');
const RULINGS = { rule: rollbackBodies.rule, arbitrate: rollbackBodies.arbitrate };

/** What each command must say, and what it may say besides. */
const COMMANDS: [string, Schema, Record<string, unknown>, Record<string, unknown>][] = [
  ['complaint.accept', complaintBodies.accept, {}, {}],
  ['complaint.decline', complaintBodies.decline, { reason: '不属管辖' }, {}],
  ['complaint.transfer', complaintBodies.transfer, { departmentCode: '430103-health', reason: '移送' }, {}],
  ['complaint.handle', complaintBodies.handle, { outcome: 'filed', reply: '已立案' }, {}],
  ['listing.appeal', listingBodies.appeal, { reason: '不服' }, {}],
  ['listing.rejectAppeal', listingBodies.rejectAppeal, { reason: '驳回' }, {}],
  ['listing.upholdAppeal', listingBodies.upholdAppeal, { reason: '成立' }, {}],
  ['listing.remove', listingBodies.remove, { ground: 'revoked', reason: '撤销' }, {}],
  ['poolEntry.claim', poolEntryBodies.claim, {}, { itemIds: ['PA001'] }],
  ['poolEntry.withdraw', poolEntryBodies.withdraw, { reason: '不涉及' }, {}],
  ['publication.approve', publicationBodies.approve, {}, { opinion: '同意' }],
  ['publication.sendBack', publicationBodies.sendBack, { reason: '不完整' }, {}],
  ['publication.revise', publicationBodies.revise, { version: 2 }, {}],
  ['publication.conclude', publicationBodies.conclude, { opinion: '已撤销' }, {}],
  ['publication.publish', publicationBodies.publish, {}, {}],
  ['publication.return', publicationBodies.return, { reason: '不完整' }, {}],
  ['publication.resubmit', publicationBodies.resubmit, { version: 2 }, {}],
  ['sanctionLifting.confirm', sanctionLiftingBodies.confirm, {}, { remark: '已解除' }],
  ['sanctionNotice.fetch', sanctionNoticeBodies.fetch, {}, {}],
  [
    'sanctionNotice.decide',
    sanctionNoticeBodies.decide,
    { measureIds: ['CG01'] },
    { documentNo: '1号', remark: '说明' },
  ],
  ['sanctionNotice.decline', sanctionNoticeBodies.decline, { reason: '不予限制' }, {}],
  ['sanctionNotice.execute', sanctionNoticeBodies.execute, { remark: '已执行' }, {}],
  ['sanctionNotice.feedBack', sanctionNoticeBodies.feedBack, { result: '限制' }, {}],
  ['supervision.accept', supervisionBodies.accept, {}, {}],
  ['supervision.reply', supervisionBodies.reply, { explanation: '整改' }, {}],
  ['supervision.orderRectification', supervisionBodies.orderRectification, { requirement: '整改' }, {}],
  ['supervision.reportRectification', supervisionBodies.reportRectification, { report: '已整改' }, {}],
  [
    'supervision.proposeCriticism',
    supervisionBodies.proposeCriticism,
    { reason: '逾期', grounds: [{ limitId: 'supervision.reply', term: 1, dueDate: '2026-11-27' }] },
    {},
  ],
  ['supervision.stateOpinion', supervisionBodies.stateOpinion, { opinion: '已补办' }, {}],
  ['supervision.declineCriticism', supervisionBodies.declineCriticism, { reason: '轻微' }, {}],
  [
    'supervision.recordCriticism',
    supervisionBodies.recordCriticism,
    {
      organ: '天心区人民政府',
      documentNo: '1号',
      decidedOn: '2026-11-30',
      text: '通报',
      attachmentIds: ['2b0c7f5e-7c5a-4f0e-9a53-0c2f0a1d5b11'],
    },
    {},
  ],
  ['supervision.criticise', supervisionBodies.criticise, { text: '通报' }, { documentNo: '1号' }],
  ['supervision.close', supervisionBodies.close, { finding: '办结' }, {}],
  ['registrationPush.claim', registrationPushBodies.claim, {}, {}],
  ['registrationPush.return', registrationPushBodies.return, { reasonCode: 'wrong-level', reason: '不属本级' }, {}],
  [
    'registrationPush.feedBack',
    registrationPushBodies.feedBack,
    { outcome: 'not-applied' },
    { permitNo: '许1', remark: '说明', record: { recordId: 'r', documentNo: '1号', generatedOn: '2026-11-30' } },
  ],
  [
    'registrationPush.feedBack, refused',
    registrationPushBodies.feedBack,
    { outcome: 'permit-refused', reason: '不符' },
    {},
  ],
  ['registrationPush.followUp', registrationPushBodies.followUp, {}, { remark: '已受理' }],
  ['registrationPush.declareDecision', registrationPushBodies.declareDecision, { decidedOn: '2026-11-30' }, {}],
  [
    'registrationPush.requestSuspension',
    SUSPENSION.requestSuspension,
    { reasonCode: 'force-majeure' },
    { reason: '洪水' },
  ],
  ['registrationPush.suspend', SUSPENSION.suspend, { opinion: '同意' }, {}],
  ['registrationPush.refuseSuspension', SUSPENSION.refuseSuspension, { opinion: '不同意' }, {}],
  ['rollback.rule, the same', RULINGS.rule, { decision: 'same', reason: '职责明确' }, {}],
  ['rollback.rule, another', RULINGS.rule, { decision: 'other', departmentCode: '430103-health', reason: '改派' }, {}],
  ['rollback.arbitrate, the pool', RULINGS.arbitrate, { decision: 'pool', reason: '公示' }, {}],
  ['supportMeasure.approve', supportMeasureBodies.approve, { opinion: '同意' }, {}],
  ['supportMeasure.refuse', supportMeasureBodies.refuse, { reason: '不符合条件' }, {}],
  ['supportMeasure.end', supportMeasureBodies.end, { reason: '企业迁出' }, {}],
  ['suspend', suspensionBodies.suspend, { reason: '补正' }, {}],
  ['resume', suspensionBodies.resume, {}, {}],
];

describe('what a command says', () => {
  test.each(COMMANDS)('%s', (_, schema, must, may) => {
    expect(schema.safeParse(must).data).toEqual(must);
    expect(schema.safeParse({ ...must, ...may }).data).toEqual({ ...must, ...may });
    for (const field of Object.keys(must)) {
      expect(accepts(schema, { ...must, [field]: undefined }), field).toBe(false);
      if (field !== 'version')
        expect(accepts(schema, { ...must, [field]: typeof must[field] === 'string' ? ' ' : [] }), field).toBe(false);
    }
  });

  test('a version comes after the first, and is a whole number', () => {
    const may = (version: number) => accepts(publicationBodies.resubmit, { version });
    expect([1, 2, 2.5].map(may)).toEqual([false, true, false]);
  });

  test('measures are the department’s own, at least one and at most fifty', () => {
    const ids = (count: number) => Array.from({ length: count }, () => 'CG01');
    const may = (measureIds: string[]) => accepts(sanctionNoticeBodies.decide, { measureIds });
    expect([[], ids(1), ids(50), ids(51), [' '], ['x'.repeat(50)], ['x'.repeat(51)]].map(may)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    const { decide } = decisionBodiesOf(['CG01', 'CG02']);
    expect(accepts(decide, { measureIds: ['CG02'] })).toBe(true);
    expect(accepts(decide, { measureIds: ['CG02', 'CG03'] })).toBe(false);
  });

  test('a claim names at most twenty items, each by its number', () => {
    const may = (itemIds: string[]) => accepts(poolEntryBodies.claim, { itemIds });
    const ids = (count: number) => Array.from({ length: count }, () => 'PA001');
    expect([[], ids(20), ids(21), [' '], ['x'.repeat(50)], ['x'.repeat(51)]].map(may)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(poolEntryBodies.claim.parse({ itemIds: [' PA001 '] })).toEqual({ itemIds: ['PA001'] });
  });

  test('the closed lists are those that people choose from', () => {
    expect(Object.keys(REMOVAL_GROUNDS)).toEqual(['credit-repaired', 'obligation-performed', 'list-exit', 'revoked']);
    expect(Object.keys(COMPLAINT_OUTCOMES)).toEqual([
      'filed',
      'ordered',
      'referred',
      'unfounded',
      'unverifiable',
      'settled',
      'ended',
    ]);
    expect(Object.keys(RETURN_REASONS)).toEqual([
      'wrong-department',
      'not-in-scope',
      'wrong-level',
      'wrong-place',
      'other',
    ]);
    expect(Object.keys(FEEDBACK_OUTCOMES)).toHaveLength(11);
    expect(accepts(rollbackBodies.rule, { decision: 'never', reason: '改派' })).toBe(false);
    expect(accepts(complaintBodies.handle, { outcome: 'other', reply: '答复' })).toBe(false);
    expect(accepts(listingBodies.remove, { ground: 'other', reason: '移出' })).toBe(false);
  });

  test('a schema is built when it is first asked for, and once', () => {
    let built = 0;
    const table = bodies({ publish: () => ((built += 1), publicationBodies.publish) });
    expect([Object.keys(table), built]).toEqual([['publish'], 0]);
    expect(table.publish).toBe(table.publish);
    expect(built).toBe(1);
  });
});

describe('more time (延期)', () => {
  const days = (workingDays: unknown) =>
    accepts(extensionBodies('complaint.handling').requestExtension, { workingDays, reason: '案情复杂' });

  test('is at least one working day and at most what the limit’s row allows', () => {
    expect([0, 1, 15, 16, 1.5].map(days)).toEqual([false, true, true, false, false]);
  });

  test('says why, and is decided with an opinion', () => {
    const { requestExtension, approveExtension, refuseExtension } = extensionBodies('supervision.reply');
    expect(accepts(requestExtension, { workingDays: 1 })).toBe(false);
    for (const decision of [approveExtension, refuseExtension]) {
      expect(accepts(decision, { opinion: '同意' })).toBe(true);
      expect(accepts(decision, {})).toBe(false);
    }
  });

  test('there is none for a limit that has no extension', () => {
    const { requestExtension } = extensionBodies('rollback.ruling');
    expect(accepts(requestExtension, { workingDays: 1, reason: '案情复杂' })).toBe(false);
  });
});

describe('a supervision by order (第十七条)', () => {
  const ofLimit = { originCaseId: 'push~REG-1~x~1', limitId: 'registrationPush.feedback', matter: '逾期' };
  const direct = {
    number: '天督〔2026〕3号',
    departmentCode: '430103-health',
    uscc: '91350100M000100Y43',
    matter: '不执行',
  };

  test.each([
    [ofLimit, true],
    [direct, true],
    [{ ...ofLimit, limitId: 'nothing' }, false],
    [{ ...ofLimit, matter: '' }, false],
    [{ ...ofLimit, originCaseId: undefined }, false],
    [{ ...ofLimit, number: '1号' }, false],
    [{ ...direct, number: '' }, false],
    [{ ...direct, number: 'a~b' }, false],
    [{ ...direct, number: '~a' }, false],
    [{ ...direct, number: 'a~' }, false],
    [{ ...direct, number: '（2026）1-2_3./[]()' }, true],
    [{ ...direct, number: '1'.repeat(64) }, true],
    [{ ...direct, number: '1'.repeat(65) }, false],
    [{ ...direct, uscc: '91350100M000100Y4A' }, false],
    [{ ...direct, departmentCode: '' }, false],
    [{ ...direct, matter: undefined }, false],
  ])('%j: %s', (body, accepted) => {
    expect(accepts(openSupervisionSchema, body)).toBe(accepted);
  });
});

describe('a complaint by the public (第十三条)', () => {
  const complaint = { uscc: '91350100M000100Y43', category: 'safety', content: '违规储存' };

  test('says whom, what kind and what; the rest is as they like', () => {
    expect(complaintSchema.parse(complaint)).toEqual({ ...complaint, matter: 'report', attachments: [] });
    for (const field of Object.keys(complaint)) {
      expect(accepts(complaintSchema, { ...complaint, [field]: undefined }), field).toBe(false);
    }
    expect(accepts(complaintSchema, { ...complaint, category: 'noise' })).toBe(false);
  });

  test('goes by its kind to the sector in charge', () => {
    const sectors = Object.entries(COMPLAINT_CATEGORIES).map(([id, { sector }]) => [id, sector]);
    expect(Object.fromEntries(sectors)).toEqual({
      unlicensed: 'market-regulation',
      'product-quality': 'market-regulation',
      food: 'market-regulation',
      drug: 'drug',
      'food-drug': 'market-regulation',
      advertising: 'market-regulation',
      consumer: 'market-regulation',
      safety: 'emergency',
      other: 'market-regulation',
    });
  });
});

describe('by what lists of cases are filtered', () => {
  test.each([
    [{}, true],
    [{ status: 'open' }, true],
    [{ status: 'closed' }, true],
    [{ status: 'late' }, false],
    [{ region: '430103' }, true],
    [{ region: '4301030' }, false],
    [{ region: '43010' }, false],
    [{ onlyRegion: 'x430103' }, false],
    [{ overdue: 'true' }, true],
    [{ overdue: 'perhaps' }, false],
    [{ lateKind: 'statutory' }, true],
    [{ lateKind: 'norm' }, true],
    [{ lateKind: 'law' }, false],
    [{ stage: 's'.repeat(40) }, true],
    [{ stage: 's'.repeat(41) }, false],
    [{ department: 'd'.repeat(60) }, true],
    [{ department: 'd'.repeat(61) }, false],
    [{ openedFrom: '2026-03-01' }, true],
    [{ openedFrom: '2026-02-30' }, false],
    [{ returnReason: 'whatever' }, false],
  ])('%j: %s', (conditions, accepted) => {
    expect(accepts(caseConditionsSchema, conditions)).toBe(accepted);
  });

  test('cases of no department have a word of their own', () => expect(NO_DEPARTMENT).toBe('none'));

  test('no day lies before 1900', () => {
    expect(['1899-12-31', '1900-01-01', '1900-01-02'].map((day) => accepts(daySchema, day))).toEqual([
      false,
      true,
      true,
    ]);
  });
});
