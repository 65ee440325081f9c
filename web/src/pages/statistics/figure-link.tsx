/** A figure that opens the list from which it was counted. */
import { Link } from 'react-router';
import type { Figure } from '../../../../api/statistics/statistics.ts';
import { withQuery } from '../../api/client.ts';

export function FigureLink({ figure }: { figure: Figure | null }) {
  if (!figure) return '—';
  const { count, list } = figure;
  if (count === 0) return <span className="numbers">0</span>;
  // Without `status`, the list page shows only open cases.
  const query = list.noun === 'cases' ? { status: 'all', ...list.query } : list.query;
  return (
    <Link className="numbers" to={withQuery(`/${list.noun}`, query)}>
      {count}
    </Link>
  );
}

export const percentOf = (rate: number | null): string => (rate === null ? '—' : `${(rate * 100).toFixed(1)}%`);
