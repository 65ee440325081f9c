/** 限制决定和限制查询 (第九条第一款): days that agree, texts that stay out of histories, codes as people paste them. */
import { describe, expect, it, test } from 'vitest';
import { contradictionIn, type RestrictionDates } from '../../domain/case-types/sanction-notice/dates.ts';
import { sanctionNoticeOrders, toldDecision } from '../../domain/case-types/sanction-notice/decision.ts';
import { MOST_CODES, readCodes, wordWrong } from '../../domain/case-types/sanction-notice/restriction-query.ts';
import { restrictionQuerySchema } from '../../domain/case-types/sanction-notice/restriction-query-body.ts';
import { endOfDay } from '../../domain/clock/calendar.ts';
import { realClock, spreadOf } from '../../domain/clock/clock.ts';
import { SPREAD_MS } from '../../domain/clock/spread.ts';
import { withCheckDigit } from '../../domain/uscc.ts';

const CITIZEN = '110101199003070054';
const CODE = '91350100M000100Y43';

describe('the days of a restriction', () => {
  const decidedOn = '2026-03-10';
  test.each<[string, RestrictionDates, string | undefined]>([
    ['none, as in decisions of earlier commits', {}, undefined],
    ['decided', { decidedOn }, undefined],
    ['begins on the day of the decision', { decidedOn, validFrom: decidedOn }, undefined],
    ['begins before it', { decidedOn, validFrom: '2026-03-09' }, 'validFrom'],
    ['lasts one day', { decidedOn, validUntil: decidedOn }, undefined],
    ['ends before it is decided', { decidedOn, validUntil: '2026-03-09' }, 'validUntil'],
    ['lasts its first day', { decidedOn, validFrom: '2026-04-01', validUntil: '2026-04-01' }, undefined],
    ['ends before it begins', { decidedOn, validFrom: '2026-04-01', validUntil: '2026-03-31' }, 'validUntil'],
    ['begins without a decision', { validFrom: '2026-04-01' }, 'decidedOn'],
    ['ends without a decision', { validUntil: '2026-04-01' }, 'decidedOn'],
  ])('%s', (_, dates, field) => {
    expect(contradictionIn(dates)?.field).toBe(field);
  });
});

describe('a decision', () => {
  const order = { measureIds: ['ZB01'], decidedOn: '2026-03-10' };
  const accepts = (more: object) => sanctionNoticeOrders.decide.safeParse({ ...order, ...more }).success;

  it('names its day, as people write it', () => {
    expect(sanctionNoticeOrders.decide.parse({ ...order, decidedOn: '2026年3月10日' })).toEqual(order);
    expect(accepts({ decidedOn: undefined })).toBe(false);
    expect(accepts({ decidedOn: '2026-02-30' })).toBe(false);
    expect(accepts({ measureIds: [] })).toBe(false);
    expect(accepts({ validUntil: '2026-03-09' })).toBe(false);
  });

  it('holds no citizen’s number and no text without end', () => {
    for (const field of ['documentNo', 'basis', 'personAsking']) {
      expect([field, accepts({ [field]: '示例' }), accepts({ [field]: CITIZEN })]).toEqual([field, true, false]);
    }
    expect([accepts({ personAsking: '人'.repeat(50) }), accepts({ personAsking: '人'.repeat(51) })]).toEqual([
      true,
      false,
    ]);
    expect([accepts({ basis: '据'.repeat(500) }), accepts({ basis: '据'.repeat(501) })]).toEqual([true, false]);
    expect([accepts({ documentNo: '号'.repeat(100) }), accepts({ documentNo: '号'.repeat(101) })]).toEqual([
      true,
      false,
    ]);
  });

  it('tells its workflow days and codes, and neither basis nor person (第十九条)', () => {
    const entered = { ...order, basis: '依据', personAsking: '李经办', validUntil: '2026-05-01' };
    const told = { ...order, validUntil: '2026-05-01', texts: 'x' };
    const expiry = { at: endOfDay('2026-05-01'), spread: SPREAD_MS };
    expect(toldDecision(entered, 'x', realClock)).toEqual({ ...told, expiry });
    expect(toldDecision(order, 'x', realClock)).toEqual({ ...order, texts: 'x' });
  });

  it('shares its midnight with others: timers run apart, in proportion to the clock', () => {
    expect(spreadOf({ secondsPerWorkingDay: null })).toBe(600_000);
    expect(spreadOf({ secondsPerWorkingDay: 86.4 })).toBe(600);
  });
});

describe('a query', () => {
  it('reads codes as people paste them, each once, in their order', () => {
    const other = withCheckDigit('91430103MA5777777');
    expect(readCodes([other, ` ${CODE.toLowerCase()}`, other])).toEqual({ codes: [other, CODE], wrong: [] });
  });

  it('names the codes that are none by their place, of many the first five', () => {
    const { wrong } = readCodes([CODE, '123']);
    expect(wrong).toMatchObject([{ position: 2, code: '123' }]);
    expect(wordWrong(wrong)).toMatch(/^第2个“123”：[^；]+$/);
    const many = wordWrong(readCodes(['1', '2', '3', '4', '5', '6']).wrong);
    expect(many).toMatch(/第5个“5”.+；等共6个$/);
    expect(many).not.toContain('第6个');
    expect(wordWrong(readCodes(['1', '2', '3', '4', '5']).wrong)).not.toContain('等共');
  });

  it('has bounds, and no fields that nobody reads', () => {
    const accepts = (query: object) => restrictionQuerySchema.safeParse(query).success;
    const codes = (count: number) => Array.from({ length: count }, () => CODE);
    expect([0, 1, MOST_CODES, MOST_CODES + 1].map((count) => accepts({ codes: codes(count) }))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(accepts({ codes: [CODE], asOf: '2026-02-28', personAsking: '王审批' })).toBe(true);
    expect(accepts({ codes: [CODE], asOf: '2026-02-30' })).toBe(false);
    expect(accepts({ codes: [CODE], day: '2026-02-28' })).toBe(false);
    expect(accepts({ codes: [CODE], personAsking: CITIZEN })).toBe(false);
    expect(accepts({ codes: [CODE], personAsking: '人'.repeat(51) })).toBe(false);
  });
});
