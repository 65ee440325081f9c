/** Weeks of legal days, which have no time zone. Monday is 0. */
import { useTranslation } from 'react-i18next';

export const DAY_MS = 86_400_000;

/** Headings of the columns, also used as keys of blank cells. */
export const WEEK = ['一', '二', '三', '四', '五', '六', '日'];

export const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

export function WeekHead() {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        {WEEK.map((name) => (
          <th key={name} scope="col">
            {t(name)}
          </th>
        ))}
      </tr>
    </thead>
  );
}
