/** Days as files write them. */
import { describe, expect, test } from 'vitest';
import { FOR_EVER, orForEver, writtenDay } from '../../domain/clock/written-day.ts';

describe('a day', () => {
  test.each([
    ['2026-02-03 08:30', '2026-02-03'],
    ['2026/2/3 23:59:59.5', '2026-02-03'],
    ['2026-02-03T08:30:00', '2026-02-03'],
    ['２０２６－２－３', '2026-02-03'],
    ['２０２６年２月３日', '2026-02-03'],
    ['\u200B2026-02-03\u202C', '2026-02-03'],
    // The same instant, of the day that it is in China.
    ['2026-02-03T00:00:00+08:00', '2026-02-03'],
    ['2026-02-02T16:00:00Z', '2026-02-03'],
    ['2026-02-02T15:59:59Z', '2026-02-02'],
    ['2026-02-02T16:00:00.000Z', '2026-02-03'],
    ['2026-02-03T01:00:00+0900', '2026-02-03'],
    ['2026-02-03T00:30:00+09:00', '2026-02-02'],
    ['2026-12-31T20:00:00-05:00', '2027-01-01'],
    // 1900 had no 29 February; spreadsheets count it.
    ['42374', '2016-01-05'],
    ['42374.0', '2016-01-05'],
    ['73050', '2099-12-31'],
    ['29221', '1980-01-01'],
  ])('%s is %s', (written, read) => {
    expect(writtenDay(written)).toBe(read);
  });

  test.each([
    '2026-02-03 25:00',
    '2026-02-03 08:60',
    '2026-02-03T08:30+15:00',
    '29199',
    '73100',
    '4237',
    '423740',
    '2026-02-03 08',
  ])('%s is none, and stays as it is', (written) => {
    expect(writtenDay(written)).toBe(written);
  });
});

test.each(['长期', '长期有效', ' 永久 ', '无固定期限', '9999-12-31', '9999/12/31', '9999年12月31日'])(
  '%s has no end',
  (written) => {
    expect(orForEver(written)).toBe(FOR_EVER);
  },
);

test.each(['2026-12-31', '长', '', null, 7])('%s has', (written) => {
  expect(orForEver(written)).toBe(written);
});
