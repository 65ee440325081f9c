/** Limits that begin with a case: at its opening, or counted from an event that lies before it. */
import type { LegalDate } from '../../domain/clock/calendar.ts';
import type { LimitId } from '../../domain/clock/limits.ts';
import type { LimitChange } from '../../domain/case/case-step.ts';

/** `from`: the earlier day to count from. `atRest`: the limit was met by the opening, in time or late. */
export type OpeningLimit = LimitId | { limitId: LimitId; from: LegalDate; atRest?: boolean };

export function openingChanges(limits: readonly OpeningLimit[], startedAt: number) {
  const atRest: LimitId[] = [];
  const armed = limits.map((limit): LimitChange => {
    if (typeof limit === 'string') return { limitId: limit, change: 'arm', startedAt };
    if (limit.atRest) atRest.push(limit.limitId);
    return { limitId: limit.limitId, change: 'arm', startedAt, startDate: limit.from };
  });
  const changes = [...armed, ...atRest.map((limitId): LimitChange => ({ limitId, change: 'settle' }))];
  return { changes, atRest };
}
