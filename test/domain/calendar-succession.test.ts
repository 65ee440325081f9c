import { describe, expect, test } from 'vitest';
import {
  calendarPublicationSchema,
  checkSuccessor,
  closureSchema,
  firstDifference,
  isEarlierEdition,
  nextVersion,
  withClosure,
} from '../../domain/clock/calendar-publication.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { Refusal } from '../../domain/errors.ts';

/** Wednesday 1 to Thursday 30 April 2026, of which Monday 6 is a holiday that Saturday 11 makes up for. */
const april = workCalendarSchema.parse({
  version: 'cn-2026.1',
  source: '试验',
  coveredFrom: '2026-04-01',
  validThrough: '2026-04-30',
  holidays: { '2026-04-06': '清明节' },
  makeUpDays: ['2026-04-11'],
});
const next = { ...april, version: 'cn-2026.2' };
const refusalOf = (act: () => unknown) => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error : Promise.reject(error);
  }
};
const check = (after: object, today = '2026-04-10') =>
  refusalOf(() => checkSuccessor(april, { ...next, ...after }, today));

describe('a calendar that follows another', () => {
  test.each([
    ['with the same days', {}],
    ['that goes back further', { coveredFrom: '2026-03-31' }],
    ['that goes on further', { validThrough: '2026-05-31' }],
    ['that changes days to come', { holidays: { '2026-04-06': '清明节', '2026-04-10': '停电' } }],
    ['that names a past holiday otherwise', { holidays: { '2026-04-06': '清明' } }],
  ])('%s is taken', (_, after) => {
    expect(check(after)).toBeUndefined();
  });

  test.each([
    ['under the same version', { version: 'cn-2026.1' }, '版本号'],
    ['that begins later', { coveredFrom: '2026-04-02' }, '2026-04-02起'],
    ['that ends earlier', { validThrough: '2026-04-29' }, '2026-04-29'],
    ['that changes yesterday', { holidays: { '2026-04-06': '清明节', '2026-04-09': '停电' } }, '2026-04-09'],
    ['that changes its first day', { holidays: { '2026-04-06': '清明节', '2026-04-01': '停电' } }, '2026-04-01'],
  ])('%s is refused by article', (_, after, told) => {
    const refusal = check(after);
    expect(refusal).toMatchObject({ code: 'calendar.rewrites-past', article: '行政许可法第八十二条' });
    expect((refusal as Refusal).message).toContain(told);
  });

  test('may change what was only assumed, though it has gone by, but not the last announced day', () => {
    const longer = { validThrough: '2026-05-31' };
    expect(check({ ...longer, holidays: { ...april.holidays, '2026-05-01': '劳动节' } }, '2026-06-10')).toBeUndefined();
    const changed = { ...longer, holidays: { ...april.holidays, '2026-04-30': '停电' } };
    expect(check(changed, '2026-06-10')).toBeInstanceOf(Refusal);
  });
});

describe('the first day on which two calendars differ', () => {
  test.each([
    ['none, of the same days', {}, null],
    ['a new holiday', { holidays: { ...april.holidays, '2026-04-20': '停电' } }, '2026-04-20'],
    ['the very first', { holidays: { ...april.holidays, '2026-04-01': '停电' } }, '2026-04-01'],
    ['the very last', { holidays: { ...april.holidays, '2026-04-30': '停电' } }, '2026-04-30'],
    ['the first that is announced now', { validThrough: '2026-05-10' }, '2026-05-01'],
    ['the first that is announced no more', { validThrough: '2026-04-28' }, '2026-04-29'],
    ['the last of the longer one', { validThrough: '2026-05-01' }, '2026-05-01'],
    ['not a name', { holidays: { '2026-04-06': '清明' } }, null],
  ])('is %s', (_, after, first) => {
    expect(firstDifference(april, { ...next, ...after })).toBe(first);
  });
});

describe('a closure', () => {
  const closure = (more: object) => ({ restDays: [], makeUpDays: [], title: '停电', reason: '通知1号', ...more });
  const close = (more: object) => withClosure(april, closure(more), 'cn-2026.2');

  test('makes working days rest days under its title, and keeps its basis', () => {
    const { holidays, makeUpDays, source, version } = close({ restDays: ['2026-04-13', '2026-04-30'] });
    expect(holidays).toEqual({ '2026-04-06': '清明节', '2026-04-13': '停电', '2026-04-30': '停电' });
    expect(makeUpDays).toEqual(['2026-04-11']);
    expect([source, version]).toEqual(['试验；通知1号', 'cn-2026.2']);
  });

  test('of a weekend that was worked makes it a mere weekend again', () => {
    const { holidays, makeUpDays } = close({ restDays: ['2026-04-11'] });
    expect([holidays, makeUpDays]).toEqual([{ '2026-04-06': '清明节' }, []]);
  });

  test('makes weekends working days, in order, and holidays no holidays', () => {
    const { holidays, makeUpDays } = close({ makeUpDays: ['2026-04-18', '2026-04-04', '2026-04-06'] });
    expect([holidays, makeUpDays]).toEqual([{}, ['2026-04-04', '2026-04-11', '2026-04-18']]);
  });

  test.each([
    ['rest of a day that rests', { restDays: ['2026-04-04', '2026-04-13'] }, '2026-04-04已经'],
    ['work on a day that is worked', { makeUpDays: ['2026-04-11', '2026-04-13'] }, '2026-04-11、2026-04-13已经'],
    ['rest beyond the calendar', { restDays: ['2026-05-01'] }, '2026-05-01超出'],
    ['work beyond it', { makeUpDays: ['2026-05-02'] }, '2026-05-02超出'],
  ])('with %s is refused, and says which', (_, more, told) => {
    const refusal = refusalOf(() => close(more)) as Refusal;
    expect(refusal.code).toBe('input.invalid');
    expect(refusal.message).toContain(told);
    expect(refusal.remedy).toContain('请核对日期');
  });

  test('names a day, a title and its basis', () => {
    const accepts = (more: object) => closureSchema.safeParse(closure({ restDays: ['2026-04-13'], ...more })).success;
    const days = (count: number) => Array.from({ length: count }, () => '2026-04-13');
    expect(closureSchema.parse({ makeUpDays: ['2026-04-18'], title: '停电', reason: '1号' })).toMatchObject({
      restDays: [],
    });
    expect(closureSchema.parse({ restDays: ['2026-04-18'], title: '停电', reason: '1号' })).toMatchObject({
      makeUpDays: [],
    });
    expect(
      [{}, { restDays: [] }, { restDays: days(60) }, { restDays: days(61) }, { title: '' }, { reason: undefined }].map(
        accepts,
      ),
    ).toEqual([true, false, true, false, false, false]);
    expect(
      [
        { makeUpDays: days(60) },
        { makeUpDays: days(61) },
        { restDays: days(1), makeUpDays: days(1) },
        { restDays: ['x'] },
      ].map(accepts),
    ).toEqual([true, false, true, false]);
  });
});

test('a calendar is published with its basis', () => {
  expect(calendarPublicationSchema.safeParse({ calendar: april, reason: '国办发明电' }).success).toBe(true);
  expect(calendarPublicationSchema.safeParse({ calendar: april }).success).toBe(false);
  expect(calendarPublicationSchema.safeParse({ reason: '国办发明电' }).success).toBe(false);
});

describe('editions', () => {
  test.each([
    ['cn-2026.1', 'cn-2026.2'],
    ['cn-2026.9', 'cn-2026.10'],
    ['cn-2026.19', 'cn-2026.20'],
    ['hunan', 'hunan.1'],
    ['7', '8'],
  ])('after %s comes %s', (version, following) => {
    expect(nextVersion(version)).toBe(following);
  });

  test.each([
    [{}, {}, false],
    [{}, { version: 'cn-2026.2' }, true],
    [{ version: 'cn-2026.10' }, { version: 'cn-2026.9' }, false],
    [{ version: 'hn-2026.1' }, { version: 'cn-2026.2' }, false],
    [{ version: 'hunan' }, { version: 'hunan' }, false],
    [{ validThrough: '2026-04-29' }, {}, true],
    [{ validThrough: '2026-05-01' }, { version: 'cn-2026.2' }, false],
  ])('%j is earlier than %j: %s', (one, other, earlier) => {
    expect(isEarlierEdition({ ...april, ...one }, { ...april, ...other })).toBe(earlier);
  });
});
