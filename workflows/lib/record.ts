/** The one way from a workflow to the record. */
import { proxyLocalActivities, type LocalActivityOptions } from '@temporalio/workflow';
import type { CaseRecordActivities } from '../../activities/case-records.ts';
import type { ReprojectionRecord, RungRecord, StepRecord } from '../../domain/step-record.ts';

// Short database writes: local activities save two workflow tasks each. They are retried without limit, because a case
// must never end for want of a database; only a record that can never be written is not retried.
const OPTIONS: LocalActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    maximumInterval: '1 minute',
    nonRetryableErrorTypes: ['InvalidRecord'],
  },
};

const activities = proxyLocalActivities<CaseRecordActivities>(OPTIONS);

export function recordStep(record: StepRecord) {
  return activities.recordStep.executeWithOptions({ ...OPTIONS, summary: `${record.step}. ${record.action}` }, [
    record,
  ]);
}

export function recordRung(record: RungRecord) {
  const summary = `${record.step}. ${record.limitId} ${record.rung}`;
  return activities.recordRung.executeWithOptions({ ...OPTIONS, summary }, [record]);
}

export function recordReprojection(record: ReprojectionRecord) {
  const summary = `${record.step}. ${record.calendarVersion}`;
  return activities.recordReprojection.executeWithOptions({ ...OPTIONS, summary }, [record]);
}
