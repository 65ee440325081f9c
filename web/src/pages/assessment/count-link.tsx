/**
 * A figure of the assessment that opens the cases behind it. A case with two breached limits counts twice but is listed
 * once.
 */
import { Link } from 'react-router';
import type { CaseConditions } from '../../../../domain/worklist/case-filter.ts';
import { withQuery } from '../../api/client.ts';

export type Counted = 'breaches' | 'supervised' | 'criticised' | 'corrected';

/** @param month e.g. 2026-11 */
export function listOf(name: Counted, month: string, whose: CaseConditions): CaseConditions | undefined {
  const [from, to] = [`${month}-01`, lastDayOf(month)];
  switch (name) {
    case 'breaches':
      return { ...whose, breachedFrom: from, breachedTo: to };
    case 'supervised':
      return { ...whose, caseType: 'supervision', openedFrom: from, openedTo: to };
    case 'corrected':
      return { ...whose, caseType: 'correction', stage: 'corrected', closedFrom: from, closedTo: to };
    case 'criticised':
      // No list can be filtered by the day of a criticism.
      return undefined;
  }
}

function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

export function CountLink({ count, query }: { count: number; query: CaseConditions | undefined }) {
  if (count === 0 || !query) return <span className="numbers">{count}</span>;
  return (
    <Link className="numbers" to={withQuery('/cases', { status: 'all', ...query })}>
      {count}
    </Link>
  );
}
