/** Publishing a calendar: a new year's notice, or a provincial one-off closure. The past is never rewritten. */
import { z } from 'zod';
import { addDays, dayKind, isWeekend, later, type LegalDate, type WorkCalendar } from './calendar.ts';
import { workCalendarSchema } from './calendar-schema.ts';
import { Refusal } from '../errors.ts';
import { requiredText } from '../fields.ts';

const reason = requiredText('依据', 500).describe('依据，如通知文号');
const day = z.iso.date('日期应为 YYYY-MM-DD 格式的真实日期');

export const calendarPublicationSchema = z.object({ calendar: workCalendarSchema, reason }).describe('载入工作日历');

export const closureSchema = z
  .object({
    restDays: z.array(day).max(60).default([]).describe('临时放假的日期（原为工作日）'),
    makeUpDays: z.array(day).max(60).default([]).describe('临时调休上班的日期（原为休息日）'),
    title: requiredText('放假名称', 50).describe('放假名称，逐日说明期限时显示'),
    reason,
  })
  .refine(({ restDays, makeUpDays }) => restDays.length + makeUpDays.length > 0, '请填写至少一个日期')
  .describe('临时放假或调休');

export type Closure = z.infer<typeof closureSchema>;

const refuse = (message: string, remedy: string): never => {
  throw new Refusal('calendar.rewrites-past', message, { remedy, article: '行政许可法第八十二条' });
};

/**
 * Whether a calendar may follow the one in force.
 * @param today days before it were counted already and must stay as they were. Today itself may still change: a closure
 *   is often declared on the day itself, and then whatever is due on that day moves.
 * @throws Refusal calendar.rewrites-past
 */
export function checkSuccessor(before: WorkCalendar, after: WorkCalendar, today: LegalDate): void {
  if (after.version === before.version) refuse(`版本号${after.version}已被使用`, '请换用新的版本号');
  if (after.coveredFrom > before.coveredFrom)
    refuse(`新日历自${after.coveredFrom}起，不含原日历的日期`, '请包含原日历的全部日期');
  if (after.validThrough < before.validThrough) {
    refuse(`新日历止于${after.validThrough}，早于原日历的${before.validThrough}`, '请包含原日历的全部日期');
  }
  // Days after the old calendar's end were only assumed, so they may change even if they have passed.
  for (let date = before.coveredFrom; date < today && date <= before.validThrough; date = addDays(date, 1)) {
    if (dayKind(before, date).working === dayKind(after, date).working) continue;
    refuse(`新日历改动了已经过去的日期${date}`, '已过去的日期不能改动，请核对');
  }
}

/**
 * The first day that the two calendars count differently, or that only one of them counts provisionally; null where they
 * agree for ever. Both count a limit that ends before this day alike.
 */
export function firstDifference(before: WorkCalendar, after: WorkCalendar): LegalDate | null {
  const end = later(before.validThrough, after.validThrough);
  for (let date = before.coveredFrom; date <= end; date = addDays(date, 1)) {
    const [old, now] = [dayKind(before, date), dayKind(after, date)];
    if (old.working !== now.working || old.provisional !== now.provisional) return date;
  }
  return null;
}

/**
 * The calendar in force, changed by a closure.
 * @throws Refusal input.invalid where a day to be closed is no working day, a make-up day is one, or a day lies beyond the
 *   calendar.
 */
export function withClosure(calendar: WorkCalendar, closure: Closure, version: string): WorkCalendar {
  const { restDays, makeUpDays, title, reason: basis } = closure;
  const wrong = [
    ...restDays.filter((date) => !dayKind(calendar, date).working),
    ...makeUpDays.filter((date) => dayKind(calendar, date).working),
  ];
  const beyond = [...restDays, ...makeUpDays].filter((date) => date > calendar.validThrough);
  if (wrong.length > 0 || beyond.length > 0) {
    const message = wrong.length > 0 ? `${wrong.join('、')}已经是要改成的那种日子` : `${beyond.join('、')}超出日历`;
    throw new Refusal('input.invalid', message, { remedy: '请核对日期；超出日历的，先载入该年度的日历' });
  }
  // A closed make-up day is an ordinary weekend day again, and a holiday on which people work is no holiday.
  const holidays = Object.fromEntries(Object.entries(calendar.holidays).filter(([date]) => !makeUpDays.includes(date)));
  for (const date of restDays.filter((one) => !isWeekend(one))) holidays[date] = title;
  const workedWeekends = [...calendar.makeUpDays, ...makeUpDays.filter((date) => isWeekend(date))];
  return workCalendarSchema.parse({
    ...calendar,
    version,
    source: `${calendar.source}；${basis}`,
    holidays,
    makeUpDays: workedWeekends.filter((date) => !restDays.includes(date)).sort(),
  });
}

const NUMBERED = /^(.*?)(\d+)$/;

/** `cn-2026.1` → `cn-2026.2` */
export function nextVersion(version: string): string {
  const [, stem, number] = NUMBERED.exec(version) ?? [];
  return stem === undefined || number === undefined ? `${version}.1` : `${stem}${Number(number) + 1}`;
}

/** Whether `one` is an earlier edition than `other`: it ends earlier, or has the same name with a lower number. */
export function isEarlierEdition(one: WorkCalendar, other: WorkCalendar): boolean {
  if (one.validThrough !== other.validThrough) return one.validThrough < other.validThrough;
  const [, stem, number] = NUMBERED.exec(one.version) ?? [];
  const [, otherStem, otherNumber] = NUMBERED.exec(other.version) ?? [];
  return stem !== undefined && stem === otherStem && Number(number) < Number(otherNumber);
}
