import { describe, expect, test } from 'vitest';
import { dateOfDay, dayNumber, startOfDay } from '../../domain/clock/calendar.ts';
import { CONTINUED_FROM } from '../../domain/case/snapshot.ts';
import { markdownOf, type DeliveredNotice } from '../../domain/notices/delivery-message.ts';
import { isQuiet } from '../../domain/notices/delivery-schedule.ts';
import { Refusal } from '../../domain/errors.ts';

const notice = (title: string): DeliveredNotice => ({
  key: 'k',
  caseId: 'c',
  topic: 't',
  departmentCode: null,
  regionCode: '430103',
  at: '2026-03-02T01:00:00.000Z',
  urgency: 'breach',
  article: '第十七条',
  title,
  body: '请办理。',
});
const markdown = (titles: string[], limit = 10_000) => markdownOf({ key: 'k', notices: titles.map(notice) }, limit);
const bytes = (text: string) => new TextEncoder().encode(text).length;

describe('a message of a robot', () => {
  test('of one notice is that notice, with no head', () => {
    expect(markdown(['甲'])).toBe('**【逾期】甲**\n\n请办理。\n\n> 依据：第十七条');
  });

  test('shows what a robot would read as a link or a mention as plain signs, in one line', () => {
    expect(markdown(['[a]<b>`c`\r\nd'])).toContain('【逾期】［a］＜b＞｀c｀  d**');
  });

  test('holds whatever fits to the last byte, and counts what does not', () => {
    const whole = markdown(['甲', '乙']);
    expect(whole.startsWith('**【每日汇总】2条通知**\n\n**【逾期】甲**')).toBe(true);
    expect(markdown(['甲', '乙'], bytes(whole))).toBe(whole);
    // Without room for a second entry beside its count.
    const many = markdown(
      Array.from({ length: 9 }, (_, index) => `第${index}条${'长'.repeat(60)}`),
      1000,
    );
    const shown = many.split('依据').length - 1;
    expect(shown).toBeGreaterThan(0);
    expect(many).toMatch(new RegExp(`另有${9 - shown}条，请登录平台查看站内信。$`));
  });
});

describe('quiet hours', () => {
  const at = (hour: number) => startOfDay('2026-03-02') + hour * 3_600_000;
  const quiet = (quietFromHour: number | null, quietUntilHour: number | null, hour: number) =>
    isQuiet({ digestHour: null, quietFromHour, quietUntilHour }, at(hour));

  test.each([
    [22, 7, 21, false],
    [22, 7, 22, true],
    [22, 7, 23, true],
    [22, 7, 6, true],
    [22, 7, 7, false],
    [12, 14, 11, false],
    [12, 14, 12, true],
    [12, 14, 13, true],
    [12, 14, 14, false],
    [22, null, 23, false],
    [null, 7, 3, false],
    [null, null, 3, false],
    [0, 1, 0, true],
  ])('from %s until %s, at %i: %s', (from, until, hour, expected) => {
    expect(quiet(from, until, hour)).toBe(expected);
  });
});

describe('what cannot be counted is refused with its remedy', () => {
  const remedyOf = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      if (error instanceof Refusal) return error.remedy;
    }
    return 'not refused';
  };

  test('no date, and no date that is too far away', () => {
    expect(remedyOf(() => dayNumber('2026-02-30'))).toContain('YYYY-MM-DD');
    expect(remedyOf(() => dateOfDay(2_932_897))).toContain('请核对');
    expect(dateOfDay(2_932_896)).toBe('9999-12-31');
  });
});

test('running cases hold their snapshot under a name that never changes', () => {
  expect(CONTINUED_FROM).toBe('continuedFrom');
});
