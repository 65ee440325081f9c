/** Which limits press a case, and how much. */
import type { CaseView, DeadlineView } from '../../../../api/cases/view.ts';

export type Pressure = 'breached' | 'today' | 'soon' | 'calm' | 'suspended';

/** Working days left at the ladder's first reminder. */
const SOON = 2;

/** The running limits, the first to end first and suspended ones last. */
function byPressure({ deadlines }: Pick<CaseView, 'deadlines'>): DeadlineView[] {
  return deadlines
    .filter(({ settledAt }) => settledAt === null)
    .sort((a, b) => Number(Boolean(a.suspendedAt)) - Number(Boolean(b.suspendedAt)) || a.dueAt.localeCompare(b.dueAt));
}

/** The most pressing limit; if that is breached, also the next statutory one that can still be kept. */
export function pressing(about: Pick<CaseView, 'deadlines'>): DeadlineView[] {
  const [first, ...others] = byPressure(about);
  if (!first) return [];
  const next = others.find((limit) => limit.kind === 'statutory' && pressureOf(limit) !== 'breached');
  return pressureOf(first) === 'breached' && next ? [first, next] : [first];
}

/** A suspended limit has no last day. */
export const isSuspended = ({ suspendedAt, settledAt }: Pick<DeadlineView, 'suspendedAt' | 'settledAt'>) =>
  suspendedAt !== null && settledAt === null;

export function pressureOf({ suspendedAt, breachedAt, remainingWorkingDays: left }: DeadlineView): Pressure {
  if (suspendedAt) return 'suspended';
  if (breachedAt || left < 0) return 'breached';
  if (left === 0) return 'today';
  return left <= SOON ? 'soon' : 'calm';
}
