/** The days under which `npm run test:days` runs the tests: a test that holds only on an ordinary day fails on one of them. */

export interface TestDay {
  /** Why tests may fail on it. */
  readonly title: string;
  /** When the tests begin, in UTC+8. */
  readonly start: string;
  /** True if each folder of tests begins at this moment again, because what is special about it soon passes. */
  readonly anew?: true;
}

/** The hours differ on purpose: before 8:00, UTC still has the previous day. */
export const TEST_DAYS = {
  saturday: { title: '周六，UTC 仍是周五', start: '2026-06-06T07:30:00+08:00' },
  sunday: { title: '周日', start: '2026-11-29T15:00:00+08:00' },
  'make-up-saturday': { title: '调休上班的周六', start: '2026-10-10T10:00:00+08:00' },
  'year-end': { title: '12月31日，已公布日历的最后一天', start: '2026-12-31T09:00:00+08:00' },
  'spring-festival-eve': { title: '除夕，其后一周放假', start: '2026-02-16T10:00:00+08:00' },
  'leap-day': { title: '2月29日，在已公布日历之外', start: '2028-02-29T10:00:00+08:00' },
  midnight: { title: '周五零点前一分钟，测试跨入周六', start: '2026-11-27T23:59:00+08:00', anew: true },
} as const satisfies Record<string, TestDay>;

export type TestDayName = keyof typeof TEST_DAYS;

export const TEST_DAY_NAMES = Object.keys(TEST_DAYS) as TestDayName[];

/** Tells the tests the day they should see, so that they fail if the shift does not work. */
export const TEST_DAY_VARIABLE = 'XIETONG_TEST_DAY';

/** The longest that the tests of one day may take, in ms. */
const LONGEST_RUN_MS = 3 * 3_600_000;

export function isTestDay(name: string): name is TestDayName {
  return Object.hasOwn(TEST_DAYS, name);
}

/** Whether tests that began on this day can run at an instant (epoch ms). */
export function isDuring(name: TestDayName, instant: number): boolean {
  const start = Date.parse(TEST_DAYS[name].start);
  return instant >= start && instant < start + LONGEST_RUN_MS;
}

/** The shift that makes the clock show the day's start now: whole seconds, in libfaketime's notation. */
export function shiftTo(name: TestDayName, now: number): string {
  const seconds = Math.ceil((Date.parse(TEST_DAYS[name].start) - now) / 1000);
  return `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}s`;
}
