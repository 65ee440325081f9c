/**
 * The working-day calendar: data with a version and an end. Pure, and in UTC+8 whatever the process's time zone, because
 * workflows, activities and the API must all count the same days.
 */
import { z } from 'zod';
import { Refusal } from './errors.ts';

/** A day of the law, `YYYY-MM-DD` in UTC+8. */
export type LegalDate = string;

export const DAY_MS = 86_400_000;
const UTC8_MS = 8 * 3_600_000;

const legalDate = z.iso.date('日期应为 YYYY-MM-DD 格式的真实日期');

export const workCalendarSchema = z.object({
  version: z.string().min(1),
  source: z.string().min(1),
  coveredFrom: legalDate,
  /** The last day that a published notice decides; what lies beyond is provisional. */
  validThrough: legalDate,
  /** Rest days that fall on Monday to Friday, with the holiday's name. */
  holidays: z.record(legalDate, z.string()),
  /** 调休: weekend days on which people work. */
  makeUpDays: z.array(legalDate),
});

export type WorkCalendar = z.infer<typeof workCalendarSchema>;

/** Days since 1970-01-01 of a legal date. @throws Refusal input.invalid for what is no date. */
export function dayNumber(date: LegalDate): number {
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new Refusal('input.invalid', `“${date}”不是真实日期`, { remedy: '请填写 YYYY-MM-DD' });
  return ms / DAY_MS;
}

export function dateOfDay(day: number): LegalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export const addDays = (date: LegalDate, days: number): LegalDate => dateOfDay(dayNumber(date) + days);

/** The legal date on which an instant (epoch ms) falls. */
export function legalDateOf(instant: number): LegalDate {
  return dateOfDay(Math.floor((instant + UTC8_MS) / DAY_MS));
}

/** 0:00, UTC+8, as epoch ms. */
export function startOfDay(date: LegalDate): number {
  return dayNumber(date) * DAY_MS - UTC8_MS;
}

/** 24:00, UTC+8, as epoch ms: when a limit that ends on this day has passed. */
export function endOfDay(date: LegalDate): number {
  return startOfDay(date) + DAY_MS;
}

export function isWeekend(date: LegalDate): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (dayNumber(date) + 4) % 7;
  return weekday === 0 || weekday === 6;
}

export interface DayKind {
  working: boolean;
  /** 工作日, 周末, 调休上班 or the holiday's name. */
  reason: string;
  /** Beyond the calendar's end: assumed, not announced. */
  provisional: boolean;
}

const makeUpSets = new WeakMap<WorkCalendar, ReadonlySet<LegalDate>>();

function isMakeUpDay(calendar: WorkCalendar, date: LegalDate): boolean {
  let set = makeUpSets.get(calendar);
  if (!set) {
    set = new Set(calendar.makeUpDays);
    makeUpSets.set(calendar, set);
  }
  return set.has(date);
}

/**
 * What kind of day a date is.
 * @throws Refusal calendar.insufficient for days before the calendar begins: they cannot be guessed.
 */
export function dayKind(calendar: WorkCalendar, date: LegalDate): DayKind {
  if (date < calendar.coveredFrom) {
    throw new Refusal('calendar.insufficient', `工作日历自${calendar.coveredFrom}起，不含${date}`, {
      remedy: '请核对日期，或载入包含该日期的工作日历',
    });
  }
  const provisional = date > calendar.validThrough;
  const holiday = calendar.holidays[date];
  if (holiday !== undefined) return { working: false, reason: holiday, provisional };
  if (!isWeekend(date)) return { working: true, reason: '工作日', provisional };
  return isMakeUpDay(calendar, date)
    ? { working: true, reason: '调休上班', provisional }
    : { working: false, reason: '周末', provisional };
}

export const isWorkingDay = (calendar: WorkCalendar, date: LegalDate): boolean => dayKind(calendar, date).working;
