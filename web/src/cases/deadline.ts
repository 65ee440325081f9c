/** Which limit a case is pressed by, and how much. */
import type { CaseView, DeadlineView } from '../../../api/case-view.ts';

export type Pressure = 'breached' | 'today' | 'soon' | 'calm' | 'suspended';

/** Working days that are not many any more: the ladder's first reminder. */
const SOON = 2;

/** The running limit that ends first; what is suspended presses last. */
export function pressing({ deadlines }: Pick<CaseView, 'deadlines'>): DeadlineView | undefined {
  const running = deadlines.filter(({ settledAt }) => settledAt === null);
  return running.sort(
    (a, b) => Number(Boolean(a.suspendedAt)) - Number(Boolean(b.suspendedAt)) || a.dueAt.localeCompare(b.dueAt),
  )[0];
}

export function pressureOf({ suspendedAt, breachedAt, remainingWorkingDays: left }: DeadlineView): Pressure {
  if (suspendedAt) return 'suspended';
  if (breachedAt || left < 0) return 'breached';
  if (left === 0) return 'today';
  return left <= SOON ? 'soon' : 'calm';
}
