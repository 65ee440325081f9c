/** The one way in which a workflow writes to PostgreSQL. */
import {
  proxyActivities,
  proxyLocalActivities,
  TemporalFailure,
  type ActivityOptions,
  type LocalActivityOptions,
} from '@temporalio/workflow';
import type { CaseRecordActivities } from '../../activities/case-records.ts';
import type { Successors } from '../../domain/case-types/sanction-lifting/successors.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { LIMITS, RUNGS } from '../../domain/clock/limits.ts';
import type { CaseStep, ReprojectionStep, RungStep } from '../../domain/case/case-step.ts';
import { transitionOf } from '../../domain/case-types/case-types.ts';

/**
 * A command's acceptance is in history only when its workflow task is done. Its step is therefore written by an ordinary
 * activity, which begins after that. If the step were written earlier and the acceptance got lost, another command could
 * be accepted in its place. Retries have no limit, because a case must never end for want of a database.
 */
const ORDINARY: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
};
const ordinary = proxyActivities<CaseRecordActivities>(ORDINARY);

/**
 * A step whose cause is in history already (a start, a signal, a timer that fired) is written by a local activity, which
 * saves two workflow tasks.
 */
const LOCAL: LocalActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', maximumAttempts: 4 },
};
const local = proxyLocalActivities<CaseRecordActivities>(LOCAL);

/**
 * Writes by the local activity and, after some seconds without success, by the ordinary one. Retries of an ordinary
 * activity add no events; a local one would add six a try, and Temporal terminates a workflow with 51,200 events. The
 * step's token makes sure that both write the same step once.
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

export function recordStep(caseType: CaseType, step: CaseStep) {
  const summary = transitionOf(caseType, step.action)?.title ?? OPENING;
  const elsewhere = () => ordinary.recordStep.executeWithOptions({ ...ORDINARY, summary }, [step]);
  if (step.command) return elsewhere();
  return persist(() => local.recordStep.executeWithOptions({ ...LOCAL, summary }, [step]), elsewhere);
}

export function recordRung(step: RungStep) {
  const summary = `${LIMITS[step.limitId].title}：${RUNGS[step.rung].title}`;
  return persist(
    () => local.recordRung.executeWithOptions({ ...LOCAL, summary }, [step]),
    () => ordinary.recordRung.executeWithOptions({ ...ORDINARY, summary }, [step]),
  );
}

export function recordReprojection(step: ReprojectionStep) {
  const summary = `工作日历${step.calendarVersion}：期限重新计算`;
  return persist(
    () => local.recordReprojection.executeWithOptions({ ...LOCAL, summary }, [step]),
    () => ordinary.recordReprojection.executeWithOptions({ ...ORDINARY, summary }, [step]),
  );
}

/** Who lifts in place of retired departments, where no API has found them: the system itself ends the listing. */
export function findSuccessors(departmentCodes: string[], regionCode: string): Promise<Successors> {
  const summary = '查找已撤销部门的承接部门';
  return persist(
    () => local.findSuccessors.executeWithOptions({ ...LOCAL, summary }, [departmentCodes, regionCode]),
    () => ordinary.findSuccessors.executeWithOptions({ ...ORDINARY, summary }, [departmentCodes, regionCode]),
  );
}
