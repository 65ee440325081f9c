import { describe, expect, test } from 'vitest';
import { openedCorrection } from '../../domain/case-types/correction/opening.ts';
import { correctionBodies } from '../../domain/case-types/correction/commands.ts';
import {
  attachmentIds,
  ownErrorSchema,
  publicReportSchema,
  withdrawalApplicationSchema,
} from '../../domain/case-types/correction/report.ts';

const ID = '3f2b8a52-6d1c-4a0e-9c55-0c8a5f4f1e11';
const RECORD = '0123456789abcdef0123456789abcdef';
const accepts = (schema: { safeParse(input: unknown): { success: boolean } }, input: object) =>
  schema.safeParse(input).success;

describe('an application to correct (第十八条)', () => {
  test.each([
    ['confirm', { opinion: '属实' }],
    ['reject', { reason: '不属实' }],
    ['apply', { statement: '报请更正', version: 2 }],
    ['applyWithdrawal', { statement: '报请撤下', version: 2 }],
    ['approve', { opinion: '同意' }],
    ['sendBack', { reason: '材料不全' }],
    ['return', { reason: '不能执行' }],
    ['execute', {}],
    ['conclude', { opinion: '另案更正' }],
  ] as const)('%s asks for %j, and each of it is required', (command, body) => {
    const schema = correctionBodies[command];
    expect(schema.parse(body)).toEqual(body);
    for (const field of Object.keys(body)) expect(accepts(schema, { ...body, [field]: undefined }), field).toBe(false);
  });

  test('has a body for each command', () => {
    expect(Object.keys(correctionBodies)).toHaveLength(9);
  });

  test.each(['apply', 'applyWithdrawal'] as const)(
    '%s names a version after the first, as a whole number',
    (command) => {
      const may = (version: unknown) => accepts(correctionBodies[command], { statement: '报请', version });
      expect([1, 2, 3, 2.5, '2'].map(may)).toEqual([false, true, true, false, false]);
    },
  );

  test.each([
    ['confirm', 'opinion', 2000],
    ['reject', 'reason', 2000],
    ['apply', 'statement', 4000],
  ] as const)('%s: %s has at most %i characters', (command, field, most) => {
    const may = (length: number) => accepts(correctionBodies[command], { version: 2, [field]: '字'.repeat(length) });
    expect([may(0), may(1), may(most), may(most + 1)]).toEqual([false, true, true, false]);
  });
});

describe('what tells of an error', () => {
  const own = { recordId: RECORD, discoveredOn: '2026-03-02', problem: '日期有误' };
  const report = { recordId: RECORD, content: '许可日期不对' };

  test('a department says which record, since when and what', () => {
    expect(ownErrorSchema.parse(own)).toEqual(own);
    for (const field of Object.keys(own)) expect(accepts(ownErrorSchema, { ...own, [field]: '' }), field).toBe(false);
    expect(accepts(ownErrorSchema, { ...own, discoveredOn: '2026-02-30' })).toBe(false);
  });

  test('the public says which record and what; name, contact and materials are as they like', () => {
    expect(publicReportSchema.parse(report)).toEqual({ ...report, attachments: [] });
    for (const field of Object.keys(report)) {
      expect(accepts(publicReportSchema, { ...report, [field]: undefined }), field).toBe(false);
    }
    const more = { reporterName: '张某', contact: '0731', attachments: [{ id: ID, claimToken: 'x' }] };
    expect(publicReportSchema.parse({ ...report, ...more })).toEqual({ ...report, ...more });
    const blank = { reporterName: '', contact: ' ' };
    expect(publicReportSchema.parse({ ...report, ...blank })).toEqual({ ...report, attachments: [] });
  });

  test.each([
    ['reporterName', 100],
    ['contact', 200],
    ['content', 4000],
    ['recordId', 64],
  ])('%s has at most %i characters', (field, most) => {
    expect(accepts(publicReportSchema, { ...report, [field]: '1'.repeat(most) })).toBe(true);
    expect(accepts(publicReportSchema, { ...report, [field]: '1'.repeat(most + 1) })).toBe(false);
  });

  test('at most ten attachments, each by its number', () => {
    const many = (count: number, one: unknown) => Array.from({ length: count }, () => one);
    expect(attachmentIds.parse(undefined)).toEqual([]);
    expect(accepts(attachmentIds, many(10, ID))).toBe(true);
    expect(accepts(attachmentIds, many(11, ID))).toBe(false);
    expect(accepts(attachmentIds, many(1, 'x'))).toBe(false);
    const material = { id: ID, claimToken: 't' };
    const attached = (attachments: unknown[]) => accepts(publicReportSchema, { ...report, attachments });
    expect(attached(many(10, material))).toBe(true);
    expect(attached(many(11, material))).toBe(false);
    expect(attached([{ ...material, claimToken: 't'.repeat(100) }])).toBe(true);
    expect(attached([{ ...material, claimToken: 't'.repeat(101) }])).toBe(false);
    expect(attached([{ id: ID }])).toBe(false);
    expect(attached([{ ...material, id: 'x' }])).toBe(false);
  });

  test('a withdrawal says why, with or without materials', () => {
    expect(withdrawalApplicationSchema.parse({ statement: '错挂企业' })).toEqual({
      statement: '错挂企业',
      attachmentIds: [],
    });
    expect(accepts(withdrawalApplicationSchema, {})).toBe(false);
  });
});

describe('a correction opens', () => {
  const input = {
    recordId: RECORD,
    occasion: 'v3',
    shownVersion: 3,
    documentNo: '湘许〔2026〕1号',
    uscc: '91350100M000100Y43',
    departmentCode: '430103-health',
    regionCode: '430103',
    discoveredOn: null,
    openedAt: 7,
  };

  test('confirmed where the department found the error itself, reported where the public did', () => {
    const opened = {
      caseId: `correction~${RECORD}~v3`,
      caseType: 'correction',
      caseNo: input.documentNo,
      uscc: input.uscc,
      round: 1,
      departmentCode: input.departmentCode,
      regionCode: input.regionCode,
      parentCaseId: null,
      openedAt: 7,
    };
    const facts = { recordId: RECORD, shownVersion: 3 };
    expect(openedCorrection({ ...input, origin: 'department' })).toEqual({
      ...opened,
      stage: 'confirmed',
      facts: { ...facts, origin: 'department' },
    });
    expect(openedCorrection({ ...input, origin: 'public' })).toEqual({
      ...opened,
      stage: 'reported',
      facts: { ...facts, origin: 'public' },
    });
  });
});
