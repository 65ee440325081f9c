/**
 * The mechanism that every case shares, so that a case's own file can read as its article does: commands judged by the
 * table of transitions, steps written in order, limits kept, follow-up cases started. Its private verbs, in order:
 * - start, open: write the first step. resume: goes on from a snapshot instead. rest: waits until nothing is under way.
 * - obey (a command), act (the system itself) → deed: changes stage and facts at once, then queues (inOrder) what follows.
 * - settle: for limits that come to rest, fires the rungs that have passed (fire), then stops their clocks.
 * - write: writes the step to PostgreSQL → follow: begins or changes the clocks by the plans that come back → publish.
 * - keep: runs a new clock, which calls fire for each rung in its time. reproject: counts again by a new calendar.
 */
import { allHandlersFinished, CancellationScope, condition, setHandler } from '@temporalio/workflow';
import type { LegalDate } from '../../domain/clock/calendar.ts';
import type { Bodies, BodyOf } from '../../domain/case/bodies.ts';
import type { CaseSnapshot, DutySnapshot } from '../../domain/case/snapshot.ts';
import { type Command, type CommandResult, type NewCase } from '../../domain/case/case.ts';
import { firstChanges, OPEN, type FirstStep } from '../../domain/case/first-step.ts';
import type { LimitId, Rung } from '../../domain/clock/limits.ts';
import type { CaseStep, LimitChange } from '../../domain/case/case-step.ts';
import type { Action } from '../../domain/case-types/case-types.ts';
import { keysOf } from '../../domain/keys.ts';
import { calendarChanged } from '../messages.ts';
import { Display } from './display.ts';
import { DutyClock } from './duty-clock.ts';
import { startFollowUps } from './follow-up.ts';
import { judge } from './judge.ts';
import { continuedFrom, continueIn, isHeavy } from './next-run.ts';
import type { Effects } from './effects.ts';
import { recordReprojection, recordRung, recordStep } from './record.ts';
import { endsIn, rowOf } from './rules.ts';
import type { StepOutcome } from '../../domain/case/case-step.ts';
import { firstStepOf } from '../../domain/case-types/first-steps.ts';
import { Trail } from './trail.ts';
import { updateOf } from './updates.ts';
import { SYSTEM, type Actor } from '../../domain/organs/actor.ts';

type EffectsOf<Body> = (body: Body, actor: Actor, at: number) => Effects;

type Change = Pick<CaseStep, 'action' | 'actor' | 'token' | 'article' | 'at' | 'stage'> & Partial<CaseStep>;

/** Cancel in the Temporal UI must not end a case or interrupt a step: only the table's commands end a case. */
const uncancelled = <T>(work: () => Promise<T>) => CancellationScope.nonCancellable(work);

const stateOf = ({ stage, departmentCode, facts }: NewCase) => ({ stage, departmentCode, facts });

export class CaseFile {
  readonly opened: NewCase;
  private state: Omit<CaseSnapshot, 'clocks' | 'steps'>;
  private readonly input: unknown;
  private readonly clocks: DutyClock[];
  private readonly isContinued: boolean;
  private readonly trail: Trail;
  private readonly display: Display;
  private failure: unknown;
  /** When the last command of this run arrived. */
  private lastArrival = 0;
  /**
   * Steps are written one after another, so that their numbers follow the order of the audit log. The queue begins with
   * the opening (`begin`), because a command that arrives together with the start is handled before `live` is called.
   */
  private queue: Promise<unknown>;
  private begin: (opening: Promise<unknown>) => void = () => undefined;

  /** @param input the workflow's own input, which is passed on when it continues as new. */
  constructor(opened: NewCase, input: unknown) {
    const continued = continuedFrom();
    this.opened = opened;
    this.input = input;
    this.isContinued = continued !== undefined;
    this.trail = new Trail(continued);
    this.display = new Display(opened, continued);
    this.state = continued ?? { ...stateOf(opened), acts: 0 };
    this.clocks = (continued?.clocks ?? []).map((clock) => new DutyClock(opened.caseId, clock));
    this.queue = new Promise((resolve) => {
      this.begin = resolve;
    });
    setHandler(calendarChanged, (version, from) => uncancelled(() => this.reproject(version, from)));
  }

  get stage(): string {
    return this.state.stage;
  }

  get facts(): Record<string, unknown> {
    return this.state.facts;
  }

  get isClosed(): boolean {
    return endsIn(this.opened.caseType, this.stage);
  }

  /** Whether nothing more will be done: the case is closed, or a step of it could not be written. */
  get isOver(): boolean {
    return this.isClosed || this.failure !== undefined;
  }

  /** The limit's clock, unless the limit is settled. */
  clockOf(limitId: LimitId): DutyClock | undefined {
    return this.clocksOf([limitId])[0];
  }

  /** Takes a command by Update. Register every handler before `live`: an Update without a handler is rejected. */
  handle<B extends Bodies, A extends keyof B & Action>(
    bodies: B,
    action: A,
    effects: EffectsOf<BodyOf<B, A>> = () => ({}),
  ): void {
    setHandler(updateOf(bodies, action), (command) => uncancelled(() => this.obey(action, command, effects)), {
      // Look up the body inside the validator: its schema is built at first use, not when the workflow loads.
      validator: (command) => judge(this.standing(this.arrivalOf(command)), action, bodies[action]!, command),
    });
  }

  /**
   * Runs the case until it is closed. Its first step is in the record already, unless a limit had passed before the opening
   * or the case is of an earlier commit: then the workflow writes it.
   * @returns the stage in which the case was closed.
   */
  live(): Promise<string> {
    return uncancelled(async () => {
      if (this.isContinued) this.resume();
      else await this.start(firstStepOf({ workflow: this.opened.caseType, input: this.input }, Date.now()));
      await this.rest(() => this.isClosed || isHeavy());
      if (!this.isClosed) await continueIn(this.input, this.snapshot());
      return this.stage;
    });
  }

  /**
   * The system's own deed, by a row of the table. Does nothing where the stage no longer admits it.
   * @param doneAt the instant by which it is dated, engine time, epoch ms, where its timer runs after it (spread.ts).
   */
  act(action: Action, effects: () => Effects = () => ({}), doneAt?: number): Promise<void> {
    return uncancelled(async () => {
      const { from } = rowOf(this.opened.caseType, action);
      if (!from.includes(this.stage)) return;
      const token = `act:${action}:${this.state.acts}`;
      this.state = { ...this.state, acts: this.state.acts + 1 };
      await this.deed(action, SYSTEM, token, effects, undefined, doneAt);
    });
  }

  /** Waits until `isDue` holds and no step is under way, because a step in flight would be lost to the next run. */
  private async rest(isDue: () => boolean): Promise<void> {
    for (;;) {
      await condition(() => this.failure !== undefined || (isDue() && allHandlersFinished()));
      const { queue } = this;
      // After a failed step, do not wait for the queue: the later steps build on a step that was never written.
      if (this.failure === undefined) await queue;
      if (this.failure !== undefined) throw this.failure;
      if (queue === this.queue && isDue() && allHandlersFinished()) return;
    }
  }

  private standing(at: number) {
    const lapsed = this.clocks.filter((clock) => !clock.settled && clock.isLate(at)).map((clock) => clock.limitId);
    const { departmentCode } = this.state;
    return { ...this.opened, departmentCode, stage: this.stage, facts: { ...this.facts, lapsed } };
  }

  private async start(first: FirstStep) {
    const opening = this.open(first);
    // Hold commands until the follow-up cases have started, because a command may have to reach one of them.
    const begun =
      first.followUps.length > 0 ? opening.then((states) => startFollowUps(first.followUps, states)) : opening;
    this.begin(begun.catch(() => undefined));
    await begun;
  }

  private async open({ article, notify, limits, followUps }: FirstStep) {
    const { openedAt: at, stage } = this.opened;
    const { changes, atRest } = firstChanges(limits, at);
    const { begun } = await this.write({
      action: OPEN,
      actor: SYSTEM,
      token: OPEN,
      article,
      at,
      stage: { before: null, after: stage },
      open: this.opened,
      limits: changes,
      notify,
      followUps,
    });
    // Fire the rungs of limits that were met before the opening, so that a late one is recorded as a breach at once.
    await this.settle(atRest, at);
    return begun;
  }

  private snapshot(): CaseSnapshot {
    return { ...this.state, clocks: this.clocks.map((clock) => clock.snapshot()), steps: this.trail.snapshot() };
  }

  private resume(): void {
    this.begin(Promise.resolve());
    for (const clock of this.clocks) this.keep(clock);
    // A command that came with the start may have changed the case already; its step publishes what it changed.
    this.display.begin(this.stage, this.clocks, this.state.steady === true);
  }

  private obey<Body>(action: Action, command: Command<Body>, effects: EffectsOf<Body>): Promise<CommandResult> {
    const { key, actor, body } = command;
    return this.deed(action, actor, `cmd:${key}`, (at) => effects(body, actor, at), command);
  }

  /**
   * When a command counts as done: at its arrival. Not in the future, should the clocks differ, and not before the command
   * that the case obeyed last, because deeds follow one another.
   */
  private arrivalOf({ arrivedAt }: Pick<Command<unknown>, 'arrivedAt'>): number {
    const now = Date.now();
    return Math.max(Math.min(arrivedAt ?? now, now), this.lastArrival);
  }

  /**
   * Stage and facts change before the first await, so that the second of two claims in one workflow task already meets
   * what the first has done. The rest waits for its turn in the queue.
   */
  private deed(
    action: Action,
    actor: Actor | typeof SYSTEM,
    token: string,
    effects: (at: number) => Effects,
    command?: Pick<Command<unknown>, 'key' | 'requestHash' | 'arrivedAt'>,
    plannedAt = Date.now(),
  ): Promise<CommandResult> {
    const at = Date.now();
    const doneAt = command ? this.arrivalOf(command) : Math.min(plannedAt, at);
    if (command) this.lastArrival = doneAt;
    const { to, article, settles } = rowOf(this.opened.caseType, action);
    const before = this.stage;
    const after = to ?? before;
    const { followUps = [], ...did } = effects(at);
    this.learn({ stage: after, facts: { ...this.facts, ...did.facts } });
    // A timer that is due already must not record a breach which the command came in time to prevent.
    if (doneAt < at) for (const clock of this.clocksOf(this.atRest(action, after))) clock.fireUntil(doneAt);
    const done = this.inOrder(async () => {
      const { late, limits } = await this.settle(this.atRest(action, after), doneAt, settles);
      const result: Omit<CommandResult, 'step'> = { caseId: this.opened.caseId, stage: after, late };
      const [next] = followUps;
      if (next) result.nextCaseId = next.opened.caseId;
      const { step, begun } = await this.write({
        action,
        actor,
        token,
        article,
        at,
        ...(doneAt < at ? { doneAt } : {}),
        stage: { before, after },
        followUps,
        ...(command ? { command: { key: command.key, requestHash: command.requestHash, result } } : {}),
        ...this.changesOf(did, limits, at),
      });
      await startFollowUps(followUps, begun);
      return { ...result, step };
    });
    this.failsWith(done);
    return done;
  }

  private learn(change: Partial<typeof this.state>): void {
    this.state = { ...this.state, ...change };
  }

  /** The limits that come to rest: those that the table's row settles, or all if the deed closes the case. */
  private atRest(action: Action, after: string): readonly LimitId[] {
    const { settles } = rowOf(this.opened.caseType, action);
    return endsIn(this.opened.caseType, after) ? this.clocks.map((clock) => clock.limitId) : settles;
  }

  private changesOf(
    { arm = [], limits = [], facts = {}, notify = [], effects = [], holder }: Effects,
    settled: LimitChange[],
    at: number,
  ) {
    const armed = arm.map((limitId): LimitChange => ({ limitId, change: 'arm', startedAt: at }));
    return { limits: [...settled, ...armed, ...limits], facts, notify, effects, holder };
  }

  /**
   * Brings limits to rest, after firing their rungs that have passed. A breach stays recorded, also that of a limit which
   * merely ends with the case.
   * @param answered the limits that the deed meets.
   * @returns `late`: one of the answered limits had passed. The deed is accepted all the same.
   */
  private async settle(limitIds: readonly LimitId[], at: number, answered: readonly LimitId[] = []) {
    const limits: LimitChange[] = [];
    let late = false;
    for (const clock of this.clocksOf(limitIds)) {
      await clock.firePassed(at, (rung, plannedAt) => this.fire(clock, rung, plannedAt));
      late ||= answered.includes(clock.limitId) && clock.isLate(at);
      clock.change({ settled: true });
      limits.push({ limitId: clock.limitId, change: 'settle' });
    }
    return { late, limits };
  }

  /** The clocks of these limits that are not settled. */
  private clocksOf(limitIds: readonly LimitId[]): DutyClock[] {
    return this.clocks.filter((clock) => !clock.settled && limitIds.includes(clock.limitId));
  }

  private async fire(clock: DutyClock, rung: Rung, plannedAt: number) {
    const { limitId, term } = clock;
    const at = Date.now();
    const token = `rung:${limitId}:${term}:${rung}`;
    const { followUps, begun, ...outcome } = await recordRung({
      caseId: this.opened.caseId,
      token,
      at,
      ...this.trail.before,
      limitId,
      rung,
      ladder: term,
      plannedAt,
    });
    if (outcome.fired) this.trail.add({ token, action: `rung:${rung}`, actor: SYSTEM, at });
    await startFollowUps(followUps, begun);
    this.publish();
    return outcome;
  }

  /**
   * Counts the dates again by a calendar that was loaded while the case runs. Most calendars change nothing for most
   * cases; then no activity runs, and history does not grow.
   * @param from the first day that differs; left out, the case always asks the database.
   */
  private reproject(calendarVersion: string, from?: LegalDate): Promise<void> {
    return this.inOrder(async () => {
      const isTouched = from === undefined || this.clocks.some((clock) => clock.reaches(from));
      if (this.isClosed || !isTouched) return;
      const token = `calendar:${calendarVersion}`;
      const { caseId } = this.opened;
      const at = Date.now();
      const { recounted } = await recordReprojection({ caseId, token, at, ...this.trail.before, calendarVersion });
      // Where no date moved, no step was written.
      if (keysOf(recounted).length > 0) this.trail.add({ token, action: 'deadline.reprojected', actor: SYSTEM, at });
      const moved = this.clocks.filter((clock) => !clock.settled && recounted[clock.limitId]);
      for (const clock of moved) clock.adopt(recounted[clock.limitId]!, Date.now());
      if (moved.length > 0) this.publish();
    });
  }

  /** @returns the step's number, and the state in which its follow-up cases begin. */
  private async write(change: Change): Promise<Pick<StepOutcome, 'step' | 'begun'>> {
    const { caseId } = this.opened;
    const none = { limits: [], facts: {}, notify: [], effects: [], followUps: [] };
    const caseStep = { ...none, ...this.trail.before, ...change, caseId };
    if (caseStep.holder) this.learn({ departmentCode: caseStep.holder });
    const { step, plans, begun } = await recordStep(this.opened.caseType, caseStep);
    const { token, action, actor, at } = caseStep;
    this.trail.add({ token, action, actor: actor === SYSTEM ? actor : actor.username, at });
    for (const one of caseStep.limits) this.follow(one, plans[one.limitId], caseStep.doneAt);
    this.publish();
    return { step, ...(begun && { begun }) };
  }

  private follow({ limitId, change }: LimitChange, plan: DutySnapshot['plan'] | undefined, doneAt?: number): void {
    const clock = this.clocks.find((c) => c.limitId === limitId);
    if (change === 'suspend') clock?.suspend(doneAt);
    if (!plan) return;
    if (!clock) {
      const begun = DutyClock.begin(this.opened.caseId, limitId, plan, Date.now());
      this.clocks.push(begun);
      this.keep(begun);
    } else if (change === 'resume') clock.change({ plan, suspended: false });
    else if (change === 'extend') clock.extend(plan, Date.now());
    else if (change === 'arm') clock.renew(plan, Date.now());
  }

  private keep(clock: DutyClock): void {
    const run = clock.run(
      () => this.isClosed,
      (work) => this.inOrder(work),
      (rung, plannedAt) => this.fire(clock, rung, plannedAt),
      this.state.steady === true,
    );
    this.failsWith(run);
  }

  /**
   * Fails the workflow when a step cannot be written for good: the case is then ahead of the database. It is restored from
   * the database (outbox/restore-cases.ts).
   */
  private failsWith(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.failure = error;
    });
  }

  private publish(): void {
    this.display.show(this.stage, this.clocks);
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }
}
