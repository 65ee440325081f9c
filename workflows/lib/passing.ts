/** Terms whose passing is no breach but leads on, such as a right to speak. */
import { CancellationScope, condition } from '@temporalio/workflow';
import type { Action } from '../../domain/case-types/case-types.ts';
import { LIMITS, type LimitId } from '../../domain/clock/limits.ts';
import type { CaseFile } from './case-file.ts';
import type { Effects } from './effects.ts';

/**
 * The system's own deed, each time that a term of the limit has passed without an answer. Sets no timer while the limit does
 * not run.
 * @param isUnanswered whether the case still waits for the answer: a command's step may be under way.
 */
export function actWhenPassed(
  file: CaseFile,
  limitId: LimitId,
  action: Action,
  isUnanswered: () => boolean,
  effects: () => Effects,
): Promise<void> {
  const waiting = () => (isUnanswered() ? file.clockOf(limitId) : undefined);
  return CancellationScope.nonCancellable(async () => {
    for (;;) {
      await condition(() => file.isOver || waiting() !== undefined);
      const clock = waiting();
      if (file.isOver || !clock) return;
      const { plan } = clock;
      const isChanged = () => file.isOver || waiting() !== clock || clock.plan !== plan;
      const summary = `${LIMITS[limitId].title}：期满（${plan.dueDate}）`;
      if (await condition(isChanged, Math.max(plan.dueAt - Date.now(), 1), { summary })) continue;
      await file.act(action, effects);
    }
  });
}
