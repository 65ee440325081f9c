/**
 * One running limit of a case: fires the rungs of its ladder in order, each once, until the duty is settled.
 * Budget and dates come from the calendar through the record; here are only timers.
 */
import { condition } from '@temporalio/workflow';
import type { DeadlinePlan } from '../../domain/deadlines.ts';
import { LIMITS, RUNGS, type LimitId, type Rung } from '../../domain/limits.ts';

/** Fires one rung. @returns a new plan where the calendar moved the date and the rung was therefore not fired. */
export type FireRung = (clock: DutyClock, rung: Rung, plannedAt: number) => Promise<DeadlinePlan | undefined>;

export class DutyClock {
  readonly limitId: LimitId;
  /** Engine time, epoch ms. */
  readonly startedAt: number;
  settled = false;
  plan: DeadlinePlan;
  private next = 0;

  constructor(limitId: LimitId, startedAt: number, plan: DeadlinePlan) {
    this.limitId = limitId;
    this.startedAt = startedAt;
    this.plan = plan;
  }

  /** Whether the limit had passed at an instant: the due day has ended (第七条; 24:00, UTC+8). */
  isLate(at: number): boolean {
    return at >= this.plan.dueAt;
  }

  /** Waits for each rung in turn; ends when the duty is settled or the ladder is climbed. */
  async run(inOrder: <T>(work: () => Promise<T>) => Promise<T>, fire: FireRung): Promise<void> {
    for (let rung = this.pending(); rung && !this.settled; rung = this.pending()) {
      const summary = `${LIMITS[this.limitId].title}：${RUNGS[rung.rung].title}（${rung.date}）`;
      const wait = Math.max(rung.at - Date.now(), 1);
      if (await condition(() => this.settled, wait, { summary })) return;
      await inOrder(() => this.firePassed(Date.now(), fire));
    }
  }

  /**
   * Fires, in order, every rung whose time has come and that was not fired yet. The settling command calls it too: a
   * worker that was away over the due date finds timer and command together, and the breach must not be skipped.
   */
  async firePassed(at: number, fire: FireRung): Promise<void> {
    for (let rung = this.pending(); rung && !this.settled && rung.at <= at; rung = this.pending()) {
      const moved = await fire(this, rung.rung, rung.at);
      if (moved) this.plan = moved;
      else this.next += 1;
    }
  }

  private pending() {
    return this.plan.rungs[this.next];
  }
}
