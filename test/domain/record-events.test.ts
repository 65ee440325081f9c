/** What happens to a published record (第五条第一款), and for how long a penalty is shown: tables and rule sets. */
import { describe, expect, it, test } from 'vitest';
import { refuseBarred } from '../../domain/case-types/publication/plan.ts';
import { monthsAfter } from '../../domain/clock/months.ts';
import { publicityEnd } from '../../domain/publicity/publicity-end.ts';
import {
  eventsFor,
  explainedContent,
  fitOf,
  withChanges,
  type RecordEvent,
} from '../../domain/publicity/record-events.ts';
import { recordEventSchema, storedEvent } from '../../domain/publicity/record-event-body.ts';
import { recordInputSchema } from '../../domain/publicity/record.ts';
import { barredFromPublicity, penaltyTerm, repairableFrom } from '../../domain/rule-sets/penalty-publicity.ts';
import { PERMIT } from '../support/permit.ts';
import { thrownRefusal } from '../support/thrown-refusal.ts';

const EVENT = {
  event: 'change',
  documentNo: '湘许变〔2026〕1号',
  decidedOn: '2026-03-02',
  authority: '天心区市场监管主管部门',
  reason: '经营场所扩大',
  changes: { content: '餐饮服务（含冷食类）' },
};
const DAY = '2026-03-02';

describe('an event fits the kind of record', () => {
  test.each([
    ['permit', ['change', 'renew', 'cancel', 'annul', 'revoke']],
    ['penalty', ['change', 'annul', 'repair']],
    ['other', ['change', 'annul', 'repair']],
  ] as const)('%s: %j', (kind, events) => {
    expect(eventsFor(kind)).toEqual(events);
  });

  test.each([
    ['permit', ['annul'], ['cancel']],
    ['permit', ['revoke'], ['cancel']],
    ['permit', ['annul', 'cancel'], []],
    ['permit', ['change', 'renew'], ['change', 'renew', 'cancel', 'annul', 'revoke']],
    ['penalty', ['annul'], []],
    ['penalty', ['repair'], []],
  ] as const)('of a %s after %j come %j (行政许可法第七十条第四项)', (kind, past, next) => {
    expect(eventsFor(kind, past)).toEqual(next);
  });

  test.each<['permit' | 'penalty', RecordEvent, RecordEvent[], string, string]>([
    ['permit', 'repair', [], '行政许可信息没有“修复”这一变动', '第五条第一款'],
    ['penalty', 'renew', [], '行政处罚信息没有“延续”这一变动', '第五条第一款'],
    ['permit', 'renew', ['cancel'], '该信息已注销，不能再延续', '行政许可法第五十条'],
  ])('a %s is not told %s after %j', (kind, event, past, message, article) => {
    expect(thrownRefusal(() => fitOf(kind, event, past))).toMatchObject({
      code: 'record.event-unfit',
      message,
      article,
    });
  });
});

describe('what is handed in', () => {
  const accepts = (more: object) => recordEventSchema.safeParse({ ...EVENT, ...more }).success;

  test.each([
    ['a change of nothing', { changes: {} }],
    ['a renewal without its new last day', { event: 'renew', changes: undefined }],
    ['another event with changes of its own', { event: 'cancel' }],
    ['another event with a term', { event: 'cancel', changes: undefined, validUntil: DAY }],
    ['an unknown field', { remark: 'x' }],
    ['a citizen’s number in the public reason', { reason: '经办人110101199003070054' }],
    ['no reason', { reason: ' ' }],
  ])('is refused: %s', (_, more) => {
    expect(accepts(more)).toBe(false);
  });

  it('is taken with codes or words', () => {
    expect(accepts({})).toBe(true);
    expect(accepts({ event: '延续', changes: undefined, validUntil: '2027/3/2' })).toBe(true);
  });

  test('a permit that is cancelled, annulled or revoked is shown as no longer valid; a penalty has no such field', () => {
    const of = (kind: 'permit' | 'penalty', event: RecordEvent) =>
      storedEvent(kind, recordEventSchema.parse({ ...EVENT, event, changes: undefined })).changes;
    expect([of('permit', 'cancel'), of('permit', 'annul'), of('permit', 'revoke')]).toEqual(
      Array.from({ length: 3 }, () => ({ status: '2' })),
    );
    expect(of('penalty', 'annul')).toEqual({});
  });
});

describe('the content after an event', () => {
  const before = { kind: 'penalty', name: '甲', documentNo: '1', content: '罚款一万元', fine: 1, remark: '旧' };

  test('has what the event changed; an emptied field is gone; what a later decision has set stays', () => {
    expect(withChanges(before, { fine: 2, remark: null })).toEqual({ ...before, fine: 2, remark: undefined });
    expect(withChanges(before, { fine: 2, remark: '新' }, new Set(['fine']))).toEqual({ ...before, remark: '新' });
  });

  test('of a withdrawn decision names it and says nothing of it (行政处罚法第四十八条第二款)', () => {
    expect(explainedContent(before)).toEqual({ kind: 'penalty', name: '甲', documentNo: '1' });
  });
});

test('dates that contradict each other are refused (第六条)', () => {
  const messages = (more: object) =>
    recordInputSchema.safeParse({ ...PERMIT, ...more }).error?.issues.map(({ message }) => message) ?? [];
  expect(messages({ validFrom: '2026-01-01', validUntil: '2026-03-02' })).toEqual([]);
  expect(messages({ validUntil: '2026-03-01' })[0]).toContain('早于决定日期');
  expect(messages({ validFrom: '2027-01-01', validUntil: '2026-12-31' })[0]).toContain('早于有效期自');
  const penalty = { kind: 'penalty', violation: '无证经营', content: '罚款' };
  expect(messages({ ...penalty, publicUntil: '2026-03-01' })[0]).toContain('公示截止期');
  expect(messages({ ...penalty, publicUntil: '2026-03-02' })).toEqual([]);
});

describe('a bare warning of a market regulator is not published (总局令第45号第二条第二款)', () => {
  test.each([
    [{ category: '警告' }, true],
    [{ category: '警告', fine: 0.1 }, false],
    [{ category: '警告、罚款' }, false],
    [{ category: '警告', revoked: '许可证' }, false],
    [{ content: '给予警告' }, true],
    [{ content: '给予警告，罚款五千元' }, false],
    [{}, false],
  ])('%j: %s', (penalty, isBarred) => {
    expect(barredFromPublicity('market-regulation', penalty, DAY) !== undefined).toBe(isBarred);
    expect(barredFromPublicity('health', penalty, DAY)).toBeUndefined();
    expect(barredFromPublicity('market-regulation', penalty, '2021-08-31')).toBeUndefined();
  });

  test('and the refusal cites the rule', () => {
    const market = { sector: 'market-regulation' };
    const barred = thrownRefusal(() => refuseBarred(market, { kind: 'penalty', category: '警告' }, DAY));
    expect(barred).toMatchObject({ code: 'record.not-publishable', article: expect.stringContaining('第二条第二款') });
    expect(() => refuseBarred(market, { kind: 'permit', content: '警告' }, DAY)).not.toThrow();
  });
});

describe('a penalty is shown for its term', () => {
  const until = (sector: string, penalty: object, day = DAY) => penaltyTerm(sector, penalty, DAY, day)?.until;

  test.each([
    ['market-regulation', { category: '罚款', fine: 20 }, '2029-03-02'],
    ['market-regulation', { category: '通报批评' }, '2026-06-02'],
    ['market-regulation', { category: '罚款', fine: 5 }, '2026-06-02'],
    ['market-regulation', { category: '罚款', fine: 1, counterparty: 'individual' }, '2029-03-02'],
    // A fine whose amount nobody stated is not known to be low.
    ['market-regulation', { category: '罚款' }, '2029-03-02'],
    ['market-regulation', { category: '限制从业', validUntil: '2031-01-01' }, '2031-01-01'],
    ['market-regulation', { category: '罚款', fine: 20, validUntil: '2031-01-01' }, '2029-03-02'],
    ['health', { category: '罚款', fine: 20 }, undefined],
    ['health', { severity: 'minor' }, '2026-06-02'],
    ['health', { severity: 'general' }, '2027-03-02'],
    ['market-regulation', { severity: 'serious', category: '通报批评' }, '2029-03-02'],
  ] as const)('%s, %j: until %s', (sector, penalty, day) => {
    expect(until(sector, penalty)).toBe(day);
  });

  test('no rule holds before its day', () => {
    expect(until('health', { severity: 'minor' }, '2025-06-21')).toBeUndefined();
    expect(until('market-regulation', { category: '罚款' }, '2021-08-31')).toBeUndefined();
  });

  test('repair waits for the least term (国办发〔2025〕22号)', () => {
    expect(repairableFrom({ severity: 'general' }, DAY, DAY)?.after).toBe('2026-06-02');
    expect(repairableFrom({ severity: 'serious' }, DAY, DAY)?.after).toBe('2027-03-02');
    expect(repairableFrom({ severity: 'minor' }, DAY, DAY)).toBeUndefined();
    expect(repairableFrom({}, DAY, DAY)).toBeUndefined();
  });

  test('until the earlier of the stated day and the rule’s; a repair ends it the day before, a withdrawal keeps its end', () => {
    const shown = { kind: 'penalty', sector: 'health', publishedOn: DAY, on: '2026-05-01', before: undefined } as const;
    const of = (content: object, event?: RecordEvent, more: object = {}) =>
      publicityEnd({ ...shown, content: { ...content }, event, ...more })?.until;
    expect(of({ severity: 'general', publicUntil: '2026-08-01' })).toBe('2026-08-01');
    expect(of({ severity: 'general', publicUntil: '2099-12-31' })).toBe('2027-03-02');
    expect(of({ publicUntil: '2026-08-01' })).toBe('2026-08-01');
    expect(of({})).toBeUndefined();
    expect(of({ severity: 'general' }, 'repair')).toBe('2026-04-30');
    expect(of({}, 'annul', { before: { until: '2027-03-02', basis: 'x' } })).toBe('2027-03-02');
    expect(of({ severity: 'general' }, 'change')).toBe('2027-03-02');
    expect(of({ severity: 'general' }, undefined, { kind: 'permit' })).toBeUndefined();
  });
});

test.each([
  ['2026-03-02', 3, '2026-06-02'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2027-11-30', 3, '2028-02-29'],
  ['2026-12-31', 36, '2029-12-31'],
  ['2028-02-29', 12, '2029-02-28'],
])('a term from %s of %i months ends on %s (民法典第二百零二条)', (start, months, end) => {
  expect(monthsAfter(start, months)).toBe(end);
});
