/** A calendar as it is loaded, from a file, a request or the record: apart, so that who only counts days loads no zod. */
import { z } from 'zod';
import { isWeekend, type WorkCalendar } from './calendar.ts';

const legalDate = z.iso.date('日期应为 YYYY-MM-DD 格式的真实日期');

export const workCalendarSchema: z.ZodType<WorkCalendar> = z
  .object({
    version: z.string().min(1),
    source: z.string().min(1),
    coveredFrom: legalDate,
    validThrough: legalDate,
    holidays: z.record(legalDate, z.string()),
    makeUpDays: z.array(legalDate),
  })
  .superRefine((calendar, check) => {
    // Refuse impossible days: a table with a shifted row would silently count every deadline wrong.
    const refuse = (path: string, day: string, rule: string) =>
      check.addIssue({ code: 'custom', path: [path], message: `${day}${rule}` });
    for (const [path, days, onWeekend] of [
      ['holidays', Object.keys(calendar.holidays), false],
      ['makeUpDays', calendar.makeUpDays, true],
    ] as const) {
      for (const day of days) {
        if (day < calendar.coveredFrom || day > calendar.validThrough) refuse(path, day, '不在日历的起止日期之内');
        else if (isWeekend(day) !== onWeekend)
          refuse(path, day, onWeekend ? '不是周末，不能调休上班' : '是周末，不必列出');
      }
    }
  });
