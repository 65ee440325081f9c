/** Rows of the rollup for one figure and period: as few as it needs, and what was appended since the last fold. */
import { and, sql, type SQL } from 'drizzle-orm';
import type { LegalDate } from '../../domain/clock/calendar.ts';
import type { TallyFigure, TallyGrain } from '../../domain/oversight/tallies.ts';

export interface Tallied {
  figure: TallyFigure;
  /** Both days included; absent for figures of all time. */
  period?: { from: LegalDate; to: LegalDate };
  /** What is told apart. A prefecture's rows have the first four digits of its code in place of the region's. */
  by: 'department' | 'region' | 'prefecture';
  /** Whether the days are told apart, so that no month stands for them. */
  everyDay?: boolean;
}

/** A part of a period, at the coarsest grain that holds it. */
interface Stretch {
  grain: TallyGrain;
  days: SQL | undefined;
}

const monthAfter = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${month.slice(0, 5)}${String(number + 1).padStart(2, '0')}`;
};

const isLastOfMonth = (day: LegalDate): boolean => {
  const [year = 0, month = 0, number = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate() === number;
};

/** Whole months, and the days before and after them. */
function stretchesOf({ from, to }: { from: LegalDate; to: LegalDate }): Stretch[] {
  const first = from.endsWith('-01') ? from.slice(0, 7) : monthAfter(from.slice(0, 7));
  /** The first month that is not whole. */
  const end = isLastOfMonth(to) ? monthAfter(to.slice(0, 7)) : to.slice(0, 7);
  if (first >= end) return [{ grain: 'day', days: sql`day between ${from} and ${to}` }];
  const [begins, ends] = [`${first}-01`, `${end}-01`];
  return [
    { grain: 'day', days: sql`day >= ${from} and day < ${begins}` },
    { grain: 'month', days: sql`day >= ${begins} and day < ${ends}` },
    { grain: 'day', days: sql`day >= ${ends} and day <= ${to}` },
  ];
}

/**
 * The rows as a query with all columns of a tally; a row for each grain that it reads from, to be summed.
 * @param where on case_type, department_code, region_code, due_at or detail.
 */
export function tallied({ figure, period, by, everyDay }: Tallied, where: SQL | undefined): SQL {
  const days = period && sql`day between ${period.from} and ${period.to}`;
  const stretches: Stretch[] =
    by === 'department' && period && !everyDay
      ? stretchesOf(period)
      : [{ grain: period ? (by === 'department' ? 'day' : by) : 'ever', days }];
  const columns = sql`select case_type, department_code, region_code, day, due_at, detail, count`;
  const folded = stretches.map(
    (one) =>
      sql`${columns} from tallies where ${and(sql`grain = ${one.grain} and figure = ${figure}`, one.days, where)}`,
  );
  const since = sql`${columns} from tally_changes where ${and(sql`figure = ${figure}`, days, where)}`;
  return sql.join([...folded, since], sql` union all `);
}
