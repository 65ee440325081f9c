import { describe, expect, test } from 'vitest';
import { complaintBodies } from '../../domain/case-types/complaint/commands.ts';
import { complaintSchema } from '../../domain/case-types/complaint/report.ts';
import {
  COMPLAINT_CATEGORIES,
  FALLBACK_SECTOR,
  MOST_TRANSFERS,
  outcomeFits,
} from '../../domain/case-types/complaint/rules.ts';
import { publicAnswer, RECEIPTS, stepTitle, type ReceiptKind } from '../../domain/receipts/receipt.ts';
import { TRANSITIONS } from '../../domain/case-types/case-types.ts';
import { refuseByRequirements, refuseTransition } from '../../domain/case-types/transitions.ts';
import sectors from '../../data/departments/sectors.json' with { type: 'json' };
import {
  limitOfReceipt,
  limitsOfAcceptance,
  openedComplaint,
  type ComplaintInput,
} from '../../domain/case-types/complaint/opening.ts';
import { sectorOf } from '../../domain/case-types/complaint/routing.ts';
import { isFixed, LIMITS } from '../../domain/clock/limits.ts';
import { COMPLAINT_RULE_SETS, complaintRuleSet } from '../../domain/rule-sets/complaint-terms.ts';

const REPORT = { uscc: '91350100M000100Y43', category: 'food', content: '销售过期食品' };
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
    expect(complaintSchema.parse(REPORT)).toEqual({ ...REPORT, matter: 'report', attachments: [] });
    expect(complaintSchema.parse(blank)).toEqual({ ...REPORT, matter: 'report', attachments: [] });
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

describe('a trader without a credit code (第十三条)', () => {
  const { uscc: _, ...uncoded } = REPORT;
  const place = { traderName: '无名农药摊', traderPlace: '暮云街道农贸市场东门', regionCode: '430103' };

  test('is told by name, place and region, all three', () => {
    expect(complaintSchema.safeParse({ ...uncoded, ...place }).success).toBe(true);
    for (const field of Object.keys(place)) {
      const { error } = complaintSchema.safeParse({ ...uncoded, ...place, [field]: undefined });
      expect(
        error?.issues.map(({ path, message }) => [path.join(), message.startsWith('没有统一社会信用代码的')]),
      ).toEqual([[field, true]]);
    }
  });

  test('is not named by a citizen’s number', () => {
    for (const field of ['traderName', 'traderPlace']) {
      const { error } = complaintSchema.safeParse({ ...uncoded, ...place, [field]: '张三430103199003070019' });
      expect(error?.issues[0]?.message).toContain('公民身份号码');
    }
    const answer = { outcome: 'ordered', reply: '张三430103199003070019已改正' };
    expect(complaintBodies.handle.safeParse(answer).success).toBe(false);
    expect(complaintBodies.decline.safeParse({ reason: '430103199003070019' }).success).toBe(false);
  });

  test('what falls under both is no longer offered: food and drugs are two', () => {
    expect(complaintSchema.safeParse({ ...REPORT, category: 'food-drug' }).success).toBe(false);
    expect(complaintSchema.safeParse({ ...REPORT, category: 'drug' }).success).toBe(true);
  });
});

describe('the sector in charge (第十三条)', () => {
  const SECTORS: Record<string, string[]> = {
    农药零售: ['agriculture'],
    农药零售和食品销售: ['agriculture', 'market-regulation'],
  };
  const sectorsIn = (text: string) => SECTORS[text] ?? [];
  test.each([
    ['drug', [], 'drug'],
    ['food', ['农药零售'], 'market-regulation'],
    ['unlicensed', ['农药零售'], 'agriculture'],
    ['other', [undefined, '农药零售'], 'agriculture'],
    ['other', ['理发', '农药零售'], 'agriculture'],
    ['unlicensed', ['农药零售和食品销售'], 'market-regulation'],
    ['unlicensed', ['农药零售和食品销售', '农药零售'], 'agriculture'],
    ['unlicensed', [], 'market-regulation'],
    ['safety', ['农药零售'], 'emergency'],
  ] as const)('%s, %j: %s', (category, trades, sector) => {
    expect(sectorOf({ category, trades }, sectorsIn)).toBe(sector);
  });
});

describe('terms by the rule set of a sector (总局令第20号)', () => {
  test.each([
    ['market-regulation', '2020-01-01', 'market-regulation-2020'],
    ['market-regulation', '2026-11-30', 'market-regulation-2020'],
    ['drug', '2026-11-30', 'market-regulation-2020'],
    ['market-regulation', '2019-12-31', undefined],
    ['agriculture', '2026-11-30', undefined],
  ])('%s on %s: %s', (sector, day, id) => {
    expect(complaintRuleSet(sector, day)).toBe(id);
  });

  const ruled = { ruleSet: 'market-regulation-2020' } as const;
  test.each([
    [{}, 'complaint.acceptance', ['complaint.handling']],
    [{ matter: 'dispute' as const }, 'complaint.acceptance', ['complaint.handling']],
    [{ ...ruled, matter: 'report' as const }, 'complaint.verification', []],
    [{ ...ruled, matter: 'dispute' as const }, 'complaint.decision', ['complaint.mediation']],
  ])('%j: %s, then %j', (of, received, accepted) => {
    expect([limitOfReceipt(of), limitsOfAcceptance(of)]).toEqual([received, accepted]);
  });

  test('are fixed, say their source and their first day, and are not terms of the measures', () => {
    const ids = ['complaint.verification', 'complaint.decision', 'complaint.mediation'] as const;
    expect(ids.map((id) => LIMITS[id].workingDays)).toEqual([15, 7, 45]);
    expect(LIMITS['complaint.verification'].extension.workingDays).toBe(15);
    for (const id of ids) {
      expect([isFixed(LIMITS[id]), LIMITS[id].kind]).toEqual([true, 'norm']);
      const { source, document, from } = COMPLAINT_RULE_SETS[LIMITS[id].ruleSet];
      expect(LIMITS[id].article.startsWith(source)).toBe(true);
      expect([document, from]).toEqual(['国家市场监督管理总局令第20号', '2020-01-01']);
    }
  });

  test('an extension concerns the limit that runs: its days are the same in both', () => {
    const opened = openedComplaint({ ...INPUT, ...ruled, matter: 'report' });
    expect(opened.facts).toMatchObject({ term: 'complaint.verification' });
    const row = { requires: ['not-lapsed'], concerns: 'complaint.handling', article: '第十三条第四款' } as const;
    const who = { username: 'u', role: 'department-lead', regionCode: '430103', departmentCode: null } as const;
    const lapsed = { ...opened.facts, lapsed: ['complaint.verification'] };
    expect(refuseByRequirements(row, lapsed, who)?.code).toBe('limit.lapsed');
    expect(refuseByRequirements(row, { lapsed: ['complaint.verification'] }, who)).toBeUndefined();
    expect(LIMITS['complaint.handling'].extension.workingDays).toBe(
      LIMITS['complaint.verification'].extension.workingDays,
    );
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
  test('ends a dispute by settlement or without, and a report by what was found', () => {
    expect(outcomeFits('dispute', 'settled')).toBe(true);
    expect(outcomeFits('dispute', 'ordered')).toBe(false);
    expect(outcomeFits('report', 'settled')).toBe(false);
    expect(outcomeFits(undefined, 'ordered')).toBe(true);
  });

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
