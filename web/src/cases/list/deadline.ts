/** Which limits a case is pressed by, and how much. */
import type { CaseView, DeadlineView } from '../../../../api/cases/view.ts';

export type Pressure = 'breached' | 'today' | 'soon' | 'calm' | 'suspended';

/** Working days that are not many any more: the ladder's first reminder. */
const SOON = 2;

/** The running limit that ends first; what is suspended presses last. */
function byPressure({ deadlines }: Pick<CaseView, 'deadlines'>): DeadlineView[] {
  return deadlines
    .filter(({ settledAt }) => settledAt === null)
    .sort((a, b) => Number(Boolean(a.suspendedAt)) - Number(Boolean(b.suspendedAt)) || a.dueAt.localeCompare(b.dueAt));
}

/** What presses most; behind a breach also the law's next limit, which is still to be kept. */
export function pressing(about: Pick<CaseView, 'deadlines'>): DeadlineView[] {
  const [first, ...others] = byPressure(about);
  if (!first) return [];
  const next = others.find((limit) => limit.kind === 'statutory' && pressureOf(limit) !== 'breached');
  return pressureOf(first) === 'breached' && next ? [first, next] : [first];
}

/** While a limit stands still, no day is its last. */
export const isSuspended = ({ suspendedAt, settledAt }: Pick<DeadlineView, 'suspendedAt' | 'settledAt'>) =>
  suspendedAt !== null && settledAt === null;

export function pressureOf({ suspendedAt, breachedAt, remainingWorkingDays: left }: DeadlineView): Pressure {
  if (suspendedAt) return 'suspended';
  if (breachedAt || left < 0) return 'breached';
  if (left === 0) return 'today';
  return left <= SOON ? 'soon' : 'calm';
}
