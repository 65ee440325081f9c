/** The one way from a workflow to the record. */
import type { RetryPolicy } from '@temporalio/common';
import {
  proxyActivities,
  proxyLocalActivities,
  type ActivityOptions,
  type LocalActivityOptions,
} from '@temporalio/workflow';
import type { CaseRecordActivities } from '../../activities/case-records.ts';
import type { CaseType } from '../../domain/case-id.ts';
import { LIMITS, RUNGS } from '../../domain/limits.ts';
import type { ReprojectionRecord, RungRecord, StepRecord } from '../../domain/step-record.ts';
import { transitionOf } from '../../domain/transitions.ts';

// A case must never end for want of a database: retried without limit. Only a record that can never be written is not.
const RETRY: RetryPolicy = {
  initialInterval: '500 milliseconds',
  maximumInterval: '1 minute',
  nonRetryableErrorTypes: ['InvalidRecord'],
};

/**
 * What has its cause in history (a start, a signal, a timer that fired) is written by local activities, which save two
 * workflow tasks each. After some seconds they wait by timers: a database that is away for a day must not fill histories
 * with heartbeats.
 */
const LOCAL: LocalActivityOptions = {
  startToCloseTimeout: '30 seconds',
  localRetryThreshold: '5 seconds',
  retry: RETRY,
};
const local = proxyLocalActivities<CaseRecordActivities>(LOCAL);

/**
 * A command's acceptance is in history only when its workflow task is done. Its step is therefore written by an ordinary
 * activity, which begins after that: written earlier, it could outlive an acceptance that was lost, and another command
 * would be accepted in its place.
 */
const OPENING = '立案';

const ORDINARY: ActivityOptions = { startToCloseTimeout: '30 seconds', retry: RETRY };
const ordinary = proxyActivities<CaseRecordActivities>(ORDINARY);

export function recordStep(caseType: CaseType, record: StepRecord) {
  const summary = transitionOf(caseType, record.action)?.title ?? OPENING;
  if (record.command) return ordinary.recordStep.executeWithOptions({ ...ORDINARY, summary }, [record]);
  return local.recordStep.executeWithOptions({ ...LOCAL, summary }, [record]);
}

export function recordRung(record: RungRecord) {
  const summary = `${LIMITS[record.limitId].title}：${RUNGS[record.rung].title}`;
  return local.recordRung.executeWithOptions({ ...LOCAL, summary }, [record]);
}

export function recordReprojection(record: ReprojectionRecord) {
  const summary = `工作日历${record.calendarVersion}：期限重新计算`;
  return local.recordReprojection.executeWithOptions({ ...LOCAL, summary }, [record]);
}
