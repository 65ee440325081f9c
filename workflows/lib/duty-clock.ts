/**
 * The clock of one limit of a case: fires the rungs of its ladder in order, each once, until the limit is settled.
 * It holds only timers. Its dates are counted in activities, by the calendar in force, and come back as a plan.
 */
import { condition } from '@temporalio/workflow';
import type { LegalDate } from '../../domain/clock/calendar.ts';
import type { DutySnapshot } from '../../domain/case/snapshot.ts';
import type { DeadlinePlan } from '../../domain/clock/deadlines.ts';
import type { RungOutcome } from '../../domain/case/case-step.ts';
import { delayOf } from '../../domain/clock/spread.ts';
import { LIMITS, rungOrder, RUNGS, type LimitId, type Rung } from '../../domain/clock/limits.ts';
import { beginsAfter, newTermBeginsAfter } from './rules.ts';

export type FireRung = (rung: Rung, plannedAt: number) => Promise<Omit<RungOutcome, 'followUps'>>;

export class DutyClock {
  private readonly caseId: string;
  private state: DutySnapshot;
  /** No part of the state, because it is void as soon as the command that sets it is written. */
  private lastInstant = Number.POSITIVE_INFINITY;

  constructor(caseId: string, state: DutySnapshot) {
    this.caseId = caseId;
    this.state = state;
  }

  static begin(caseId: string, limitId: LimitId, plan: DeadlinePlan, now: number): DutyClock {
    const fired = newTermBeginsAfter({ plan, suspended: false }, now);
    return new DutyClock(caseId, { limitId, plan, settled: false, suspended: false, fired, ladder: 1 });
  }

  get limitId(): LimitId {
    return this.state.limitId;
  }

  get plan(): DeadlinePlan {
    return this.state.plan;
  }

  /** The ordinal of the limit's term, counted from 1; `ladder` in snapshots, activities and columns. */
  get term(): number {
    return this.state.ladder;
  }

  get settled(): boolean {
    return this.state.settled;
  }

  /** 中止: no rung fires until it is resumed. */
  get suspended(): boolean {
    return this.state.suspended;
  }

  /** Whether its last day or any rung, supervision included, falls on a day or after it. False once it is settled. */
  reaches(day: LegalDate): boolean {
    const { settled, plan } = this.state;
    return !settled && [plan.dueDate, ...plan.rungs.map(({ date }) => date)].some((date) => date >= day);
  }

  snapshot(): DutySnapshot {
    return this.state;
  }

  /** A change wakes the timer in `run`, which sets it anew. */
  change(change: Partial<Omit<DutySnapshot, 'limitId'>>): void {
    this.state = { ...this.state, ...change };
  }

  /** 延期: a new term with its own reminders, those that lie ahead. A suspended limit stays suspended. */
  extend(plan: DeadlinePlan, now: number): void {
    const fired = newTermBeginsAfter({ plan, suspended: this.suspended }, now);
    this.change({ plan, fired, ladder: this.term + 1 });
  }

  /**
   * Takes over the plan and the term's ordinal (`ladder`) that the database now holds. If the term is another, because a
   * breach was taken back, reminders whose time has passed are skipped: whoever must act was told of the new last day.
   */
  adopt({ plan, ladder: term }: Pick<DutySnapshot, 'plan' | 'ladder'>, now: number): void {
    this.change({ plan, ladder: term, fired: term === this.term ? this.state.fired : beginsAfter(plan, now) });
  }

  /** A command has come that brings the limit to rest, and arrived at this instant: later rungs do not fire. */
  fireUntil(instant: number): void {
    this.lastInstant = instant;
  }

  /**
   * 中止: the clock rests. A breach that fired although the suspension arrived before it is taken back: the term that goes
   * on is another, after the reminders that were sent.
   * @param doneAt when the suspension arrived, if that was earlier than now.
   */
  suspend(doneAt = Number.POSITIVE_INFINITY): void {
    const { plan, fired, ladder: term } = this.state;
    const isBreached = fired !== null && rungOrder(fired) >= rungOrder('due') && doneAt < plan.dueAt;
    const reminders = plan.rungs.filter(({ rung }) => rungOrder(rung) < rungOrder('due'));
    const again = isBreached ? { ladder: term + 1, fired: reminders.at(-1)?.rung ?? null } : {};
    this.change({ suspended: true, ...again });
  }

  /** The limit begins again, with a new term. */
  renew(plan: DeadlinePlan, now: number): void {
    this.lastInstant = Number.POSITIVE_INFINITY;
    this.change({ settled: false, suspended: false });
    this.extend(plan, now);
  }

  /** Whether the limit had passed at an instant: the due day has ended (第七条; 24:00, UTC+8). */
  isLate(at: number): boolean {
    return !this.suspended && at >= this.plan.dueAt;
  }

  /**
   * Waits for each rung in turn, through suspensions and new terms, until the case is over.
   * @param isSteady each timer fires its own rung, whatever the time of the activation. Runs of earlier commits fire all
   *   that have passed.
   */
  async run(
    over: () => boolean,
    inOrder: <T>(work: () => Promise<T>) => Promise<T>,
    fire: FireRung,
    isSteady: boolean,
  ): Promise<void> {
    while (!over()) {
      const { state } = this;
      const changed = () => over() || this.state !== state;
      const rung = this.pending();
      if (!rung) {
        await condition(changed);
        continue;
      }
      const summary = `${LIMITS[this.limitId].title}：${RUNGS[rung.rung].title}（${rung.date}）`;
      const runsAt = rung.at + delayOf(this.caseId, this.plan.spread ?? 0);
      if (await condition(changed, Math.max(runsAt - Date.now(), 1), { summary })) continue;
      // The timer itself shows that the rung's time has come. Core may hand it out with the time of an earlier task.
      const at = isSteady ? rung.at : Math.max(Date.now(), rung.at);
      await inOrder(() => this.firePassed(at, fire));
    }
  }

  /**
   * Fires, in order, every rung whose time has come and that was not fired yet. The settling command calls it too: a
   * worker that was away over the due date finds timer and command together, and the breach must not be skipped.
   */
  async firePassed(at: number, fire: FireRung): Promise<void> {
    const until = Math.min(at, this.lastInstant);
    for (let rung = this.pending(); rung && rung.at <= until; rung = this.pending()) {
      const { fired, ...recorded } = await fire(rung.rung, rung.at);
      this.adopt(recorded, at);
      if (fired) this.change({ fired: rung.rung });
    }
  }

  /** The rung that fires next; none while nothing runs. */
  private pending() {
    const { plan, settled, suspended, fired } = this.state;
    if (settled || suspended) return undefined;
    const last = fired === null ? -1 : rungOrder(fired);
    return plan.rungs.find(({ rung }) => rungOrder(rung) > last);
  }
}
