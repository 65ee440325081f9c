/** Twelve months: rest days 休, make-up days 班; days that no notice has announced yet are provisional. */
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DAY_MS, WEEK, weekdayOf, WeekHead } from '../components/week.tsx';
import type { WorkCalendar } from '../../../domain/clock/calendar.ts';

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const SATURDAY = 5;

const dateOf = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

export function YearView({ calendar }: { calendar: WorkCalendar }) {
  const { t } = useTranslation();
  const last = Number(calendar.validThrough.slice(0, 4));
  const years = [last - 1, last, last + 1];
  const [year, setYear] = useState(last);
  return (
    <>
      <Segmented
        className="filters"
        aria-label={t('年份')}
        value={year}
        onChange={setYear}
        options={years.map((value) => ({ value, label: String(value) }))}
      />
      <p className="small">{t('休：休息；班：调休上班；浅色为尚未公布安排，暂按周末推算')}</p>
      <div className="year">
        {MONTHS.map((month) => (
          <Month key={month} calendar={calendar} year={year} month={month} />
        ))}
      </div>
    </>
  );
}

function Month({ calendar, year, month }: { calendar: WorkCalendar; year: number; month: number }) {
  const { t } = useTranslation();
  const first = dateOf(year, month, 1);
  const length = Math.round((Date.parse(dateOf(year, month + 1, 1)) - Date.parse(first)) / DAY_MS);
  const cells = [
    ...Array.from({ length: weekdayOf(first) }, () => null),
    ...Array.from({ length }, (_, index) => dateOf(year, month, index + 1)),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_day, weekday) => cells[week * 7 + weekday] ?? null),
  );
  return (
    <table className="month">
      <caption>{t('{{month}}月', { month })}</caption>
      <WeekHead />
      <tbody>
        {weeks.map((week, index) => (
          <tr key={week.find(Boolean) ?? index}>
            {week.map((date, weekday) =>
              date ? <Day key={date} calendar={calendar} date={date} /> : <td key={WEEK[weekday]} />,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ calendar, date }: { calendar: WorkCalendar; date: string }) {
  const { t } = useTranslation();
  const holiday = calendar.holidays[date];
  const madeUp = calendar.makeUpDays.includes(date);
  const rest = holiday !== undefined || (weekdayOf(date) >= SATURDAY && !madeUp);
  const provisional = date > calendar.validThrough;
  const mark = madeUp ? t('班') : holiday ? t('休') : '';
  return (
    <td
      className={`${rest ? 'is-rest' : 'is-working'}${provisional ? ' is-provisional' : ''}${mark ? ' is-marked' : ''}`}
      title={`${date} ${holiday ?? (madeUp ? t('调休上班') : '')}`}
    >
      {Number(date.slice(8))}
      {mark && <sup>{mark}</sup>}
    </td>
  );
}
