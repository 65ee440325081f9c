/**
 * The working-day calendar: data with a version and a last day. It counts in UTC+8 whatever the process's time zone,
 * because workflows, activities and the API must all count the same days.
 */
import { Refusal } from '../errors.ts';

/** A day of the law, `YYYY-MM-DD` in UTC+8. */
export type LegalDate = string;

export const DAY_MS = 86_400_000;
const UTC8_MS = 8 * 3_600_000;

/** A calendar's table; domain/clock/calendar-schema.ts checks one. */
export interface WorkCalendar {
  version: string;
  source: string;
  coveredFrom: LegalDate;
  /**
   * The last day that a published notice decides; later days are provisional. Twice, the next year's notice has changed days
   * of the year before (2018-12-29..31, 2022-12-31); a published day counts as certain all the same.
   */
  validThrough: LegalDate;
  /** Rest days that fall on Monday to Friday, with the holiday's name. */
  holidays: Record<LegalDate, string>;
  /** 调休: weekend days on which people work. */
  makeUpDays: LegalDate[];
}

/** Counting asks for the same days again and again. So many are remembered: those of some decades. */
const MOST_DAYS = 20_000;
const numbers = new Map<LegalDate, number>();
const dates = new Map<number, LegalDate>();

function remember<Key, Value>(known: Map<Key, Value>, key: Key, value: Value): Value {
  if (known.size >= MOST_DAYS) known.clear();
  known.set(key, value);
  return value;
}

/** Days from 1970-01-01 to a legal date. @throws Refusal input.invalid for a text that is no real date. */
export function dayNumber(date: LegalDate): number {
  return numbers.get(date) ?? remember(numbers, date, countDays(date));
}

function countDays(date: LegalDate): number {
  const ms = Date.parse(`${date}T00:00:00Z`);
  // Date.parse reads 2026-02-30 as 2 March.
  if (Number.isNaN(ms) || dateOfDay(ms / DAY_MS) !== date)
    throw new Refusal('input.invalid', `“${date}”不是真实日期`, { remedy: '请填写 YYYY-MM-DD' });
  return ms / DAY_MS;
}

/** From this instant on a year has five digits, and dates no longer sort as text. */
const YEAR_10000_MS = 253_402_300_800_000;

/**
 * The legal date that lies `day` days after 1970-01-01.
 * @throws Refusal calendar.insufficient after the year 9999.
 */
export function dateOfDay(day: number): LegalDate {
  return dates.get(day) ?? remember(dates, day, writeDay(day));
}

function writeDay(day: number): LegalDate {
  const ms = day * DAY_MS;
  if (ms >= YEAR_10000_MS) {
    throw new Refusal('calendar.insufficient', '日期超出公元9999年，无法推算', { remedy: '请核对日期和工作日数' });
  }
  return new Date(ms).toISOString().slice(0, 10);
}

export const addDays = (date: LegalDate, days: number): LegalDate => dateOfDay(dayNumber(date) + days);

/** The legal date on which an instant (epoch ms) falls. */
export function legalDateOf(instant: number): LegalDate {
  return dateOfDay(Math.floor((instant + UTC8_MS) / DAY_MS));
}

/** An instant (epoch ms) as people read it: YYYY-MM-DD HH:mm:ss in UTC+8. */
export const legalTimeOf = (instant: number): string =>
  new Date(instant + UTC8_MS).toISOString().slice(0, 19).replace('T', ' ');

export const later = (one: LegalDate, other: LegalDate): LegalDate => (one < other ? other : one);

/** 0:00, UTC+8, as epoch ms. */
export function startOfDay(date: LegalDate): number {
  return dayNumber(date) * DAY_MS - UTC8_MS;
}

/** 24:00, UTC+8, as epoch ms: the instant at which a limit that ends on this day has passed. */
export function endOfDay(date: LegalDate): number {
  return startOfDay(date) + DAY_MS;
}

export function isWeekend(date: LegalDate): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (((dayNumber(date) + 4) % 7) + 7) % 7;
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
