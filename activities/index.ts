/** Everything that a worker does outside workflows, made from its dependencies. */
import { withoutValues } from '../db/postgres/failed-query.ts';
import { createCalendarRollout, type CalendarRolloutDeps } from './calendar-rollout.ts';
import { createCaseRecords } from './case-records.ts';

export function createActivities(deps: CalendarRolloutDeps) {
  return keepingValues({ ...createCaseRecords(deps), ...createCalendarRollout(deps) });
}

/** Strips the statement's values from errors, because Temporal keeps an activity's failure in history. */
function keepingValues<Activities extends Record<string, (...args: never[]) => Promise<unknown>>>(
  activities: Activities,
): Activities {
  const kept = Object.entries(activities).map(([name, run]) => [
    name,
    (...args: never[]) =>
      run(...args).catch((error: unknown) => {
        throw withoutValues(error);
      }),
  ]);
  return Object.fromEntries(kept) as Activities;
}
