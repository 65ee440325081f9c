import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES, Refusal } from '../../domain/errors.ts';
import { LIMITS, type Limit } from '../../domain/clock/limits.ts';
import { CASE_TYPES, STAGES, TRANSITIONS, type Transition } from '../../domain/case-types/case-types.ts';
import { rulesDocument } from '../../scripts/lib/rules-document.ts';

test('the tables are what docs/rules.md says, which a person has read; run npm run rules where they should differ', () => {
  const document = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
  expect(rulesDocument()).toBe(document);
});

const limits = Object.entries<Limit>(LIMITS);
const having = (column: keyof Limit) =>
  Object.fromEntries(limits.filter(([, row]) => row[column] !== undefined).map(([id, row]) => [id, row[column]]));

describe('what docs/rules.md does not say of limits', () => {
  test('which may stand still (中止), and within which limit they go on', () => {
    expect(having('suspension')).toEqual({
      'registrationPush.feedback': {
        article: '第十七条',
        resumption: 'registrationPush.resumption',
        reasons: {
          'applicant-supplementing': '当事人正在补正申请材料',
          'other-organ-pending': '等待其他机关作出审批或者认定',
          'not-open-for-business': '企业尚未开业或者无法联系，暂不能核查',
          'force-majeure': '不可抗力',
        },
      },
      'sanctionNotice.feedback': { article: '行政复议法第四十二条', resumption: 'sanctionNotice.resumption' },
    });
  });

  test('which may be extended (延期), and by how many working days', () => {
    const days = Object.entries(having('extension')).map(([id, extension]) => [id, extension]);
    expect(Object.fromEntries(days)).toEqual({
      'registrationPush.feedback': {
        workingDays: 10,
        article: '第十七条',
        reasons: {
          'site-inspection': '需要现场核查',
          'several-items': '涉及多个事项或者多个部门',
          'force-majeure': '不可抗力',
        },
      },
      'correction.verification': { workingDays: 5, article: '第十八条第二款' },
      'complaint.handling': { workingDays: 15, article: '第十三条第四款' },
      'complaint.verification': { workingDays: 15, article: '市场监督管理投诉举报处理暂行办法第三十一条' },
      'supervision.reply': { workingDays: 5, article: '第十七条' },
    });
  });

  test('which are an organ’s duty and not the holder’s', () => {
    expect(having('obliged')).toEqual({
      'registration.handOver': 'registering-authority',
      'correction.execution': 'platform-administrator',
      'supervision.closing': 'supervisor',
      'supervision.criticism': 'government',
      'publication.publication': 'registering-authority',
      'publication.annulment': 'registering-authority',
    });
    expect(having('holderDays')).toEqual({ 'publication.publication': 7, 'publication.annulment': 2 });
  });

  test('which nobody supervises', () => {
    expect(Object.keys(having('unsupervised'))).toEqual([
      'registration.handOver',
      'poolEntry.claim',
      'correction.execution',
      'supervision.acceptance',
      'supervision.reply',
      'supervision.rectification',
      'supervision.closing',
      'supervision.statement',
      'supervision.criticism',
    ]);
  });
});

describe('what docs/rules.md does not say of deeds', () => {
  const rows = Object.entries(TRANSITIONS).flatMap(([caseType, deeds]) =>
    Object.entries<Transition>(deeds).map(([action, row]) => [`${caseType}.${action}`, row] as const),
  );

  test('which are about one limit', () => {
    const concerned = rows.filter(([, { concerns }]) => concerns).map(([deed, { concerns }]) => `${deed}: ${concerns}`);
    const term = (caseType: string, limitId: string, deeds: string[]) =>
      deeds.map((deed) => `${caseType}.${deed}: ${caseType}.${limitId}`);
    const extension = ['requestExtension', 'approveExtension', 'refuseExtension'];
    const suspension = ['suspend', 'resume'];
    expect(concerned.sort()).toEqual(
      [
        ...term('registrationPush', 'feedback', ['requestSuspension', 'refuseSuspension', ...suspension, ...extension]),
        ...term('sanctionNotice', 'feedback', suspension),
        ...term('correction', 'verification', extension),
        ...term('complaint', 'handling', extension),
        ...term('supervision', 'reply', extension),
      ].sort(),
    );
  });

  test('which wait for grounds of their own, and are nobody’s task', () => {
    expect(rows.filter(([, { optional }]) => optional).map(([deed]) => deed)).toEqual([
      'registrationPush.supplement',
      'supervision.recordCriticism',
      'listing.remove',
      'publication.conclude',
      'correction.return',
      'correction.conclude',
      'supportMeasure.end',
    ]);
  });

  test('every deed leads from stages of its case into one', () => {
    for (const [deed, { from, to }] of rows) {
      const stages = Object.keys(STAGES[deed.split('.')[0] as keyof typeof STAGES]);
      expect(stages, deed).toEqual(expect.arrayContaining([...from, ...(to === null ? [] : [to])]));
      expect(from.length, deed).toBeGreaterThan(0);
    }
    expect(Object.keys(CASE_TYPES)).toEqual(Object.keys(TRANSITIONS));
  });
});

test('what may be tried again later says so by its status', () => {
  for (const [code, { status }] of Object.entries(ERROR_CODES)) {
    expect(status, code).toBeGreaterThanOrEqual(400);
    expect(status, code).toBeLessThan(600);
  }
});

test('in logs and histories a refusal is told from an error by its name', () => {
  expect(String(new Refusal('case.closed', '事项已办结'))).toBe('Refusal: 事项已办结');
});
