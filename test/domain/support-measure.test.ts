/** 小微企业扶持 (第十条): what may be entered, and who may do what to it. */
import { describe, expect, test } from 'vitest';
import { measureOf, supportMeasureEntrySchema } from '../../domain/case-types/support-measure/entry.ts';
import { openedSupportMeasure } from '../../domain/case-types/support-measure/opening.ts';
import { refuseTransition } from '../../domain/case-types/transitions.ts';
import { parseCaseId } from '../../domain/case/id.ts';
import type { Role } from '../../domain/organs/roles.ts';

const ENTRY = {
  documentNo: '长财企〔2026〕8号',
  uscc: '91350100M000100Y43',
  size: 'micro',
  kind: 'subsidy',
  programme: '小微企业创业补贴',
  content: '一次性创业补贴',
  basis: '长政办发〔2026〕3号',
  amount: 5,
  validFrom: '2026-03-02',
  validUntil: '2026-12-31',
};

const problems = (change: object) =>
  (supportMeasureEntrySchema.safeParse({ ...ENTRY, ...change }).error?.issues ?? []).map(({ message }) => message);

describe('an entry', () => {
  test('is taken as a department writes it; the amount may be left out', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ amount: undefined })).toEqual([]);
    expect(problems({ validUntil: '2026/12/31' })).toEqual([]);
    expect(problems({ validUntil: ENTRY.validFrom })).toEqual([]);
  });

  test.each([
    ['no programme', { programme: ' ' }, '缺少扶持项目，请填写'],
    ['a medium-sized enterprise', { size: 'medium' }, '请选择企业划型'],
    ['a term that ends before it begins', { validUntil: '2026-03-01' }, '扶持期的起始日期晚于截止日期，请更正'],
    ['a negative amount', { amount: -1 }, '扶持金额不得为负'],
    ['a number with the separator of ids', { documentNo: '长财~8' }, '扶持文号为1至80个文字、数字或〔〕()-_./'],
    ['no such day', { validFrom: '2026-02-30' }, '扶持期自应为真实存在的日期，格式为 YYYY-MM-DD，请更正'],
  ])('with %s is refused in Chinese', (_, change, message) => {
    expect(problems(change)).toEqual([message]);
  });

  test('whose term ends before it begins is shown its last day to mend', () => {
    const { error } = supportMeasureEntrySchema.safeParse({ ...ENTRY, validUntil: '2026-03-01' });
    expect(error?.issues.map(({ path }) => path)).toEqual([['validUntil']]);
  });

  test('names no natural person by number in any text that is published', () => {
    for (const field of ['programme', 'content', 'basis']) {
      expect(problems({ [field]: '负责人11010519491231002X' }).join()).toContain('含有公民身份号码，不得公示');
    }
  });

  test('is kept without what the case itself says', () => {
    const measure = measureOf(supportMeasureEntrySchema.parse(ENTRY));
    expect(measure).not.toHaveProperty('uscc');
    expect(measure).not.toHaveProperty('documentNo');
    expect(measure).toMatchObject({ size: 'micro', validUntil: '2026-12-31' });
  });
});

describe('its case', () => {
  const input = {
    documentNo: ENTRY.documentNo,
    uscc: ENTRY.uscc,
    departmentCode: '430103-industry',
    regionCode: '430103',
    appliedBy: 'gongxin',
    expiresAt: 2,
    openedAt: 1,
  };
  const opened = openedSupportMeasure(input);
  const refusalOf = (action: string, username: string, role: Role, stage = opened.stage) =>
    refuseTransition({ ...opened, stage }, action, {
      username,
      role,
      regionCode: '430103',
      departmentCode: '430103-industry',
    })?.code;

  test('is named after the department, its document and the enterprise', () => {
    const { departmentCode, documentNo, uscc } = input;
    expect(parseCaseId(opened.caseId)).toEqual({ type: 'supportMeasure', departmentCode, documentNo, uscc });
  });

  test('is approved or refused by a second person only (第十九条)', () => {
    for (const action of ['approve', 'refuse']) {
      expect(refusalOf(action, 'gongxin', 'department-lead')).toBe('review.same-person');
      expect(refusalOf(action, 'another', 'department-officer')).toBe('access.denied');
      expect(refusalOf(action, 'another', 'department-lead')).toBeUndefined();
    }
  });

  test('ends early only while it is published, and expires by no person’s hand', () => {
    expect(refusalOf('end', 'gongxin', 'department-officer')).toBe('transition.refused');
    expect(refusalOf('end', 'gongxin', 'department-officer', 'published')).toBeUndefined();
    expect(refusalOf('end', 'gongxin', 'department-officer', 'expired')).toBe('case.closed');
    expect(refusalOf('expire', 'another', 'department-lead', 'published')).toBe('access.denied');
  });
});
