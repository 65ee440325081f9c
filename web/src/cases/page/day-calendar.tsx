/** A limit counted day by day: rest days are skipped, make-up days count, the last day is marked. */
import { useTranslation } from 'react-i18next';
import { DAY_MS, WEEK, weekdayOf, WeekHead } from '../../components/week.tsx';
import type { CaseDetail } from '../../../../api/cases/detail.ts';

type Day = CaseDetail['counting'][number]['days'][number];

const monthOf = (date: string) => date.slice(0, 7);

/** Whole weeks; days before the first and after the last are blank. */
function weeksOf(days: Day[]): (Day | undefined)[][] {
  const [first] = days;
  if (!first) return [];
  const monday = Date.parse(first.date) - weekdayOf(first.date) * DAY_MS;
  const weeks: (Day | undefined)[][] = [];
  for (const day of days) {
    const offset = Math.round((Date.parse(day.date) - monday) / DAY_MS);
    const week = (weeks[Math.floor(offset / 7)] ??= Array.from({ length: 7 }, () => undefined));
    week[offset % 7] = day;
  }
  return weeks;
}

interface Props {
  title: string;
  days: Day[];
  /** Undefined while the limit is suspended. */
  dueDate: string | undefined;
}

export function DayCalendar({ title, days, dueDate }: Props) {
  const { t } = useTranslation();
  return (
    <table className="day-calendar">
      <caption>{t('{{title}}：逐日计算', { title })}</caption>
      <WeekHead />
      <tbody>
        {weeksOf(days).map((week, index) => (
          <tr key={week.find(Boolean)?.date ?? index}>
            {week.map((day, weekday) =>
              day ? <DayCell key={day.date} day={day} isDue={day.date === dueDate} /> : <td key={WEEK[weekday]} />,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCell({ day, isDue }: { day: Day; isDue: boolean }) {
  const { t } = useTranslation();
  const { date, working, reason, count, provisional } = day;
  // A cell has room for one word; hovering shows the whole reason.
  const label = count === null ? t(reason.startsWith('起算') ? '起算' : reason) : t('第{{n}}日', { n: count });
  const kind = isDue ? 'is-due' : working ? 'is-working' : 'is-rest';
  // The first day of a month shows the month, too.
  const number = date.endsWith('-01') ? `${Number(monthOf(date).slice(5))}/1` : String(Number(date.slice(8)));
  return (
    <td className={kind} title={`${date} ${t(reason)}${provisional ? ` ${t('暂定')}` : ''}`}>
      <span className="day-number numbers">{number}</span>
      <span className="day-label">{isDue ? `${label} ${t('届满')}` : label}</span>
    </td>
  );
}
