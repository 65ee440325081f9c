/** Carries a published calendar to every running case (民法典第二百零一条), so that no case keeps counting by the old one. */
import { patched, proxyActivities, sleep } from '@temporalio/workflow';
import type { CalendarRolloutActivities } from '../activities/calendar-rollout.ts';
import type { LegalDate } from '../domain/clock/calendar.ts';

const { signalByBatch, signalLaggards, forgiveSettledLimits, finishRollout } =
  proxyActivities<CalendarRolloutActivities>({
    startToCloseTimeout: '1 hour',
    heartbeatTimeout: '1 minute',
    retry: { maximumInterval: '1 minute' },
  });

/** Rounds in which cases may count again. A case that still has old dates after them has lost its workflow; it is reported. */
const ROUNDS = 12;

/**
 * @param from the first day that the calendar counts differently.
 * @returns how many cases still had old dates at the end: 0, unless someone terminated a workflow by hand.
 */
export async function calendarRollout(version: string, from?: LegalDate): Promise<number> {
  await signalByBatch(version, from);
  let left = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    // Ask PostgreSQL which cases are left: visibility lags, and a case may have opened while the calendar was published.
    await sleep(1000 * 2 ** Math.min(round, 6), { summary: `第${round + 1}次核对` });
    left = await signalLaggards(version);
    if (left === 0) break;
  }
  // After the running cases: what is settled by now was settled by the old dates or the new ones, and does not change again.
  if (patched('settled-limits-are-counted-again')) await forgiveSettledLimits(from);
  await finishRollout(version, left);
  return left;
}
