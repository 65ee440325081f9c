/** Everything that a worker does outside workflows, made from its dependencies. */
import { createCaseRecords, type CaseRecordDeps } from './case-records.ts';

export function createActivities(deps: CaseRecordDeps) {
  return { ...createCaseRecords(deps) };
}
