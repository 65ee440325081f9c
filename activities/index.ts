/** Everything that a worker does outside workflows, made from its dependencies. */
import { createCalendarRollout, type CalendarRolloutDeps } from './calendar-rollout.ts';
import { createCaseRecords } from './case-records.ts';

export function createActivities(deps: CalendarRolloutDeps) {
  return { ...createCaseRecords(deps), ...createCalendarRollout(deps) };
}
