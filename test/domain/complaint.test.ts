import { describe, expect, test } from 'vitest';
import { complaintBodies } from '../../domain/case-types/complaint/commands.ts';
import { complaintSchema } from '../../domain/case-types/complaint/report.ts';
import { COMPLAINT_CATEGORIES, FALLBACK_SECTOR, MOST_TRANSFERS } from '../../domain/case-types/complaint/rules.ts';
import { publicAnswer, RECEIPTS, stepTitle, type ReceiptKind } from '../../domain/receipts/receipt.ts';
import { TRANSITIONS } from '../../domain/case-types/case-types.ts';
import { refuseTransition } from '../../domain/case-types/transitions.ts';
import sectors from '../../data/departments/sectors.json' with { type: 'json' };
import { openedComplaint, type ComplaintInput } from '../../domain/case-types/complaint/opening.ts';

const REPORT = { uscc: '91350100M000100Y43', category: 'food-drug', content: '销售过期食品' };
const INPUT: ComplaintInput = {
  receiptNo: '20261123ABCDEFGHJKMN0',
  round: 1,
  category: 'food-drug',
  uscc: REPORT.uscc,
  departmentCode: '430103-market-regulation',
  regionCode: '430103',
  parentCaseId: null,
  openedAt: 0,
};

describe('a report', () => {
  test('needs no name, and blank ones are none', () => {
    const blank = { ...REPORT, reporterName: ' ', contact: '' };
    expect(complaintSchema.parse(REPORT)).toEqual({ ...REPORT, attachments: [] });
    expect(complaintSchema.parse(blank)).toEqual({ ...REPORT, attachments: [] });
  });

  test.each([
    [{ content: ' ' }, '请填写举报内容'],
    [{ content: '字'.repeat(4001) }, '举报内容不得超过4000字'],
    [{ category: 'noise' }, '请选择举报类别'],
    [{ uscc: '91350100M000100Y44' }, '校验'],
    [{ contact: '1'.repeat(201) }, '联系方式不得超过200字'],
  ])('%j is refused: %s', (change, message) => {
    const { error } = complaintSchema.safeParse({ ...REPORT, ...change });
    expect(error?.issues.map((issue) => issue.message).join()).toContain(message);
  });

  test('every category has a department in charge that exists', () => {
    const known = sectors.sectors.map(({ id }) => id);
    for (const { sector } of Object.values(COMPLAINT_CATEGORIES)) expect(known).toContain(sector);
  });

  test('no region is without a department to go to where its category has none', () => {
    expect(sectors.sectors.find(({ id }) => id === FALLBACK_SECTOR)?.levels).toContain('county');
  });

  test('its case tells nothing of who reported what', () => {
    expect(openedComplaint(INPUT)).toMatchObject({
      caseId: 'complaint~20261123ABCDEFGHJKMN0~1',
      stage: 'received',
      facts: { category: 'food-drug', transfers: 0 },
    });
    expect(Object.keys(openedComplaint(INPUT).facts)).toEqual(['category', 'transfers']);
  });
});

describe('transfers', () => {
  const actor = {
    username: 'u',
    role: 'department-officer' as const,
    regionCode: '430103',
    departmentCode: INPUT.departmentCode,
  };
  const refusal = (round: number) => refuseTransition(openedComplaint({ ...INPUT, round }), 'transfer', actor);

  test(`end after ${MOST_TRANSFERS}: who holds it then answers it`, () => {
    expect([1, 2, 3].map(refusal)).toEqual([undefined, undefined, undefined]);
    expect(refusal(4)).toMatchObject({ code: 'complaint.transferred-too-often', article: '第十三条第四款' });
    expect(refuseTransition(openedComplaint({ ...INPUT, round: 4 }), 'accept', actor)).toBeUndefined();
  });
});

describe('an answer', () => {
  test('has an outcome of the list and words', () => {
    expect(complaintBodies.handle.safeParse({ outcome: 'ordered', reply: '已责令改正' }).success).toBe(true);
    expect(complaintBodies.handle.safeParse({ outcome: 'ignored', reply: '已责令改正' }).success).toBe(false);
    expect(complaintBodies.handle.safeParse({ outcome: 'ordered', reply: ' ' }).success).toBe(false);
  });

  test('is what the receipt tells, with its outcome; a refusal tells its reason', () => {
    const answer = { outcome: 'ordered' as const, reply: '已责令改正' };
    expect(publicAnswer('complaint', { answer })).toEqual({ outcomeTitle: '属实，已责令改正', reply: '已责令改正' });
    expect(publicAnswer('complaint', { declined: { reason: '线索不明' } }).reply).toBe('线索不明');
    expect(publicAnswer('correction', { rejection: { reason: '与决定书一致' } }).reply).toBe('与决定书一致');
    expect(publicAnswer('complaint', { category: 'other' })).toEqual({ outcomeTitle: null, reply: null });
    expect(publicAnswer('correction', { verification: { opinion: '内部意见' } }).reply).toBeNull();
  });

  test.each(Object.keys(RECEIPTS) as ReceiptKind[])(
    '%s: the steps that the public sees are deeds of the table',
    (kind) => {
      for (const action of Object.keys(RECEIPTS[kind].steps)) expect(TRANSITIONS[kind]).toHaveProperty(action);
      expect(stepTitle(kind, 'constructor')).toBeUndefined();
      expect(stepTitle(kind, 'requestExtension')).toBeUndefined();
    },
  );
});
