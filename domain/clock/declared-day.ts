/** A day that somebody declares and a limit counts from: it must not lie in the future, nor before the calendar. */
import type { LegalDate, WorkCalendar } from './calendar.ts';
import { addWorkingDays } from './deadlines.ts';
import { Refusal } from '../errors.ts';
import { LIMITS, type LimitId } from './limits.ts';

/**
 * Call it before anything is written: an open case that cannot count its limit would retry for ever.
 * @returns the limit's last day.
 * @throws Refusal input.invalid for a day to come, calendar.insufficient for one before the calendar begins.
 */
export function dueFrom(
  calendar: WorkCalendar,
  today: LegalDate,
  { title, day }: { title: string; day: LegalDate },
  limitId: LimitId,
): LegalDate {
  if (day > today) {
    throw new Refusal('input.invalid', `${title}${day}尚未到来（今日为${today}）`, { remedy: `请核对${title}` });
  }
  return addWorkingDays(calendar, day, LIMITS[limitId].workingDays).due;
}
