/** The one way from a workflow to the record. */
import {
  proxyActivities,
  proxyLocalActivities,
  TemporalFailure,
  type ActivityOptions,
  type LocalActivityOptions,
} from '@temporalio/workflow';
import type { CaseRecordActivities } from '../../activities/case-records.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { LIMITS, RUNGS } from '../../domain/clock/limits.ts';
import type { ReprojectionRecord, RungRecord, StepRecord } from '../../domain/case/step-record.ts';
import { transitionOf } from '../../domain/case-types/case-types.ts';
/**
 * A command's acceptance is in history only when its workflow task is done. Its step is therefore written by an ordinary
 * activity, which begins after that: written earlier, it could outlive an acceptance that was lost, and another command
 * would be accepted in its place. Retried without limit: a case must never end for want of a database.
 */
const ORDINARY: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
};
const ordinary = proxyActivities<CaseRecordActivities>(ORDINARY);

/**
 * What has its cause in history (a start, a signal, a timer that fired) is written by local activities, which save two
 * workflow tasks each.
 */
const LOCAL: LocalActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', maximumAttempts: 4 },
};
const local = proxyLocalActivities<CaseRecordActivities>(LOCAL);

/**
 * After some seconds the ordinary activity takes over, by whose retries no history grows: a local one would cost six events
 * a try, and Temporal ends what has 51,200. The token makes it the same step, whether or not the first had been written.
 */
async function persist<T>(here: () => Promise<T>, elsewhere: () => Promise<T>): Promise<T> {
  try {
    return await here();
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    return elsewhere();
  }
}

const OPENING = '立案';

export function recordStep(caseType: CaseType, record: StepRecord) {
  const summary = transitionOf(caseType, record.action)?.title ?? OPENING;
  const elsewhere = () => ordinary.recordStep.executeWithOptions({ ...ORDINARY, summary }, [record]);
  if (record.command) return elsewhere();
  return persist(() => local.recordStep.executeWithOptions({ ...LOCAL, summary }, [record]), elsewhere);
}

export function recordRung(record: RungRecord) {
  const summary = `${LIMITS[record.limitId].title}：${RUNGS[record.rung].title}`;
  return persist(
    () => local.recordRung.executeWithOptions({ ...LOCAL, summary }, [record]),
    () => ordinary.recordRung.executeWithOptions({ ...ORDINARY, summary }, [record]),
  );
}

export function recordReprojection(record: ReprojectionRecord) {
  const summary = `工作日历${record.calendarVersion}：期限重新计算`;
  return persist(
    () => local.recordReprojection.executeWithOptions({ ...LOCAL, summary }, [record]),
    () => ordinary.recordReprojection.executeWithOptions({ ...ORDINARY, summary }, [record]),
  );
}
