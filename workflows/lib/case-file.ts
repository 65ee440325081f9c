/**
 * The mechanism that every case shares, so that a case's own file can read as its article does: commands judged by the
 * table of transitions, steps written in order, limits kept, follow-up cases started.
 */
import { allHandlersFinished, CancellationScope, condition, setHandler, workflowInfo } from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import type { z } from 'zod';
import { SYSTEM, type Actor, type Command, type CommandResult, type NewCase } from '../../domain/cases.ts';
import { LIMITS, type Limit, type LimitId, type Rung } from '../../domain/limits.ts';
import type { NoticeRequest } from '../../domain/notices.ts';
import type { LimitChange, StepRecord } from '../../domain/step-record.ts';
import { isFinal, transitionOf, type Action } from '../../domain/transitions.ts';
import { calendarChanged } from '../messages.ts';
import { showCase } from './details.ts';
import { DutyClock, type DutySnapshot } from './duty-clock.ts';
import { startFollowUps, type FollowUp } from './follow-up.ts';
import { judge } from './judge.ts';
import type { Effects } from './effects.ts';
import { superviseNeglect } from './neglect.ts';
import { openingChanges, type OpeningLimit } from './opening-limits.ts';
import { recordReprojection, recordRung, recordStep } from './record.ts';

type EffectsOf<Body> = (body: Body, actor: Actor, at: number) => Effects;

/** What goes over into the next run of a case that lives for years. */
export interface CaseSnapshot {
  stage: string;
  step: number;
  /** Who holds the case by now. */
  departmentCode: string | null;
  facts: Record<string, unknown>;
  clocks: DutySnapshot[];
}

type Change = Pick<StepRecord, 'action' | 'actor' | 'article' | 'at' | 'stage'> & Partial<StepRecord>;

/** Long lives are cut before their history grows heavy. */
const EVENTS_PER_RUN = 2000;

const stateOf = ({ stage, departmentCode, facts }: NewCase) => ({ stage, departmentCode, facts });

export class CaseFile {
  readonly opened: NewCase;
  private state: Omit<CaseSnapshot, 'clocks'>;
  private readonly clocks: DutyClock[];
  private readonly isContinued: boolean;
  private failure: unknown;
  private answers: Partial<Record<LimitId, () => string>> = {};
  /**
   * Steps are written one after another, so that their numbers are the order of the audit log. The opening goes first: a
   * command that arrives together with the start is handled before the workflow's main function calls `open`.
   */
  private queue: Promise<unknown>;
  private begin: (opening: Promise<unknown>) => void = () => undefined;

  constructor(opened: NewCase, continued?: CaseSnapshot) {
    this.opened = opened;
    this.isContinued = continued !== undefined;
    this.state = continued ?? { ...stateOf(opened), step: 0 };
    this.clocks = (continued?.clocks ?? []).map((clock) => new DutyClock(clock));
    this.queue = new Promise((resolve) => {
      this.begin = resolve;
    });
    setHandler(calendarChanged, (version) => this.reproject(version));
  }

  get stage(): string {
    return this.state.stage;
  }

  get facts(): Record<string, unknown> {
    return this.state.facts;
  }

  get isClosed(): boolean {
    return isFinal(this.opened.caseType, this.stage);
  }

  /** Takes a command by Update. Register every handler before `live`, so that none can arrive unheard. */
  handle<Body>(
    update: UpdateDefinition<CommandResult, [Command<Body>]>,
    action: Action,
    schema: z.ZodType<Body>,
    effects: EffectsOf<Body> = () => ({}),
  ): void {
    setHandler(update, (command) => this.obey(action, command, effects), {
      validator: (command) => judge(this.standing(), action, schema, command),
    });
  }

  /** Says which department answers for a neglected limit, where it is not simply the one that holds the case (第十七条). */
  answersFor(limitId: LimitId, department: () => string): void {
    this.answers[limitId] = department;
  }

  /**
   * From step 1 (the row, the limits that begin with it, the first notices) until the case is closed. Nobody can cancel
   * a duty in the Temporal UI: only the table's commands end a case.
   * @returns the stage in which the case was closed.
   */
  live(article: string, notify: NoticeRequest[], limits: OpeningLimit[], followUps: FollowUp[] = []): Promise<string> {
    return CancellationScope.nonCancellable(async () => {
      await this.start(article, notify, limits, followUps);
      await condition(() => this.failure !== undefined || (this.isClosed && allHandlersFinished()));
      if (this.failure !== undefined) throw this.failure;
      return this.stage;
    });
  }

  /** As `live`, for a case that lives for years: comes back when the run should be continued as a new one. */
  async liveOn(
    article: string,
    notify: NoticeRequest[],
    limits: OpeningLimit[],
    followUps: FollowUp[] = [],
    eventsPerRun = EVENTS_PER_RUN,
  ): Promise<CaseSnapshot | undefined> {
    return CancellationScope.nonCancellable(async () => {
      if (!this.isContinued) await this.start(article, notify, limits, followUps);
      else this.resume();
      const isHeavy = () => workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > eventsPerRun;
      await this.rest(() => this.isClosed || isHeavy());
      if (this.failure !== undefined) throw this.failure;
      return this.isClosed ? undefined : { ...this.state, clocks: this.clocks.map((clock) => clock.snapshot()) };
    });
  }

  /** The system's own deed, by a row of the table; nothing where the stage no longer admits it. */
  async act(action: Action, effects: () => Effects = () => ({})): Promise<void> {
    const { from, to, article } = transitionOf(this.opened.caseType, action)!;
    if (!from.includes(this.stage)) return;
    const at = Date.now();
    const before = this.stage;
    this.enter(to);
    await this.inOrder(async () => {
      const { followUps = [], ...rest } = effects();
      const settled = await this.settle(this.atRest(action), at);
      await this.write({
        action,
        actor: SYSTEM,
        article,
        at,
        stage: { before, after: this.stage },
        followUps: followUps.map(({ opened }) => opened),
        ...this.changesOf(rest, settled.limits, at),
      });
      await startFollowUps(followUps);
    });
  }

  /** Waits for a moment in which nothing is under way: a step in flight would be lost to the next run. */
  private async rest(isDue: () => boolean): Promise<void> {
    for (;;) {
      await condition(() => this.failure !== undefined || (isDue() && allHandlersFinished()));
      const { queue } = this;
      await queue;
      if (this.failure !== undefined || (queue === this.queue && isDue() && allHandlersFinished())) return;
    }
  }

  private standing() {
    const now = Date.now();
    const lapsed = this.clocks.filter((clock) => !clock.settled && clock.isLate(now)).map((clock) => clock.limitId);
    const { departmentCode } = this.state;
    return { ...this.opened, departmentCode, stage: this.stage, facts: { ...this.facts, lapsed } };
  }

  private async start(article: string, notify: NoticeRequest[], limits: OpeningLimit[], followUps: FollowUp[]) {
    const opening = this.open(article, notify, limits, followUps);
    // Commands wait until the cases that follow have started: what they cause may have to reach those.
    const begun = followUps.length > 0 ? opening.then(() => startFollowUps(followUps)) : opening;
    this.begin(begun.catch(() => undefined));
    await begun;
  }

  private async open(article: string, notify: NoticeRequest[], limits: OpeningLimit[], followUps: FollowUp[]) {
    const { openedAt: at, stage } = this.opened;
    const { changes, atRest } = openingChanges(limits, at);
    await this.write({
      action: 'open',
      actor: SYSTEM,
      article,
      at,
      stage: { before: null, after: stage },
      open: this.opened,
      limits: changes,
      notify,
      followUps: followUps.map(({ opened }) => opened),
    });
    // What had passed by then goes on record with the opening.
    await this.settle(atRest, at);
  }

  private resume(): void {
    this.begin(Promise.resolve());
    for (const clock of this.clocks) this.keep(clock);
    this.publish();
  }

  private obey<Body>(action: Action, command: Command<Body>, effects: EffectsOf<Body>): Promise<CommandResult> {
    const at = Date.now();
    const before = this.stage;
    const { to, article } = transitionOf(this.opened.caseType, action)!;
    // Before the first await: the second of two claims in one workflow task already meets the new stage.
    this.enter(to);
    const after = this.stage;
    return this.inOrder(async () => {
      const { late, limits } = await this.settle(this.atRest(action), at);
      const { followUps = [], ...rest } = effects(command.body, command.actor, at);
      const result: CommandResult = { caseId: this.opened.caseId, stage: after, step: this.state.step + 1, late };
      const [next] = followUps;
      if (next) result.nextCaseId = next.opened.caseId;
      await this.write({
        action,
        actor: command.actor,
        article,
        at,
        stage: { before, after },
        followUps: followUps.map(({ opened }) => opened),
        command: { key: command.key, requestHash: command.requestHash, result },
        ...this.changesOf(rest, limits, at),
      });
      await startFollowUps(followUps);
      return result;
    });
  }

  /** Null: the deed leaves the stage as it is. */
  private enter(stage: string | null): void {
    if (stage !== null) this.state = { ...this.state, stage };
  }

  /** What the table's row settles; a case that closes leaves nothing running. */
  private atRest(action: Action): readonly LimitId[] {
    const { settles } = transitionOf(this.opened.caseType, action)!;
    return this.isClosed ? this.clocks.map((clock) => clock.limitId) : settles;
  }

  private changesOf(
    { arm = [], limits = [], facts = {}, notify = [], effects = [], holder }: Effects,
    settled: LimitChange[],
    at: number,
  ) {
    const armed = arm.map((limitId): LimitChange => ({ limitId, change: 'arm', startedAt: at }));
    return { limits: [...settled, ...armed, ...limits], facts, notify, effects, holder };
  }

  /** Late: a limit had passed. The deed is accepted, the breach stays on record. */
  private async settle(limitIds: readonly LimitId[], at: number) {
    const limits: LimitChange[] = [];
    let late = false;
    for (const clock of this.clocks.filter((c) => !c.settled && limitIds.includes(c.limitId))) {
      await clock.firePassed(at, (_, rung, plannedAt) => this.fire(clock, rung, plannedAt));
      late ||= clock.isLate(at);
      clock.change({ settled: true });
      limits.push({ limitId: clock.limitId, change: 'settle' });
    }
    return { late, limits };
  }

  private async fire(clock: DutyClock, rung: Rung, plannedAt: number) {
    const { limitId } = clock;
    const at = Date.now();
    const followUp = superviseNeglect(this.opened, this.answering(limitId), limitId, rung, at);
    const outcome = await recordRung({
      ...this.nextStep(at),
      limitId,
      rung,
      plannedAt,
      followUps: followUp ? [followUp.opened] : [],
    });
    this.countStep();
    if (!outcome.moved && followUp) await startFollowUps([followUp]);
    this.publish();
    return outcome.moved;
  }

  private answering(limitId: LimitId): string | null {
    const { obliged }: Limit = LIMITS[limitId];
    return this.answers[limitId]?.() ?? (obliged ? null : this.state.departmentCode);
  }

  /** A calendar that was loaded while the case runs: its dates are counted again, whatever timer waits. */
  private reproject(calendarVersion: string): Promise<void> {
    return this.inOrder(async () => {
      if (this.isClosed) return;
      const { plans } = await recordReprojection({ ...this.nextStep(Date.now()), calendarVersion, followUps: [] });
      const moved = this.clocks.filter((clock) => plans[clock.limitId] && !clock.settled);
      for (const clock of moved) clock.change({ plan: plans[clock.limitId]! });
      if (moved.length > 0) this.countStep();
      this.publish();
    });
  }

  private nextStep(at: number) {
    return { caseId: this.opened.caseId, step: this.state.step + 1, at };
  }

  private countStep(): void {
    this.state = { ...this.state, step: this.state.step + 1 };
  }

  private async write(change: Change): Promise<void> {
    const record = {
      limits: [],
      facts: {},
      notify: [],
      effects: [],
      followUps: [],
      ...change,
      ...this.nextStep(change.at),
    };
    this.countStep();
    this.state = {
      ...this.state,
      departmentCode: record.holder ?? this.state.departmentCode,
      facts: { ...this.facts, ...record.facts },
    };
    const { plans } = await recordStep(record);
    for (const one of record.limits) this.follow(one, plans[one.limitId]);
    this.publish();
  }

  private follow({ limitId, change }: LimitChange, plan: DutySnapshot['plan'] | undefined): void {
    const clock = this.clocks.find((c) => c.limitId === limitId);
    if (change === 'suspend') clock?.change({ suspended: true });
    if (!plan) return;
    if (!clock) {
      const begun = DutyClock.begin(limitId, plan);
      this.clocks.push(begun);
      this.keep(begun);
    } else if (change === 'resume') clock.change({ plan, suspended: false });
    else if (change !== 'settle') clock.renew(plan);
  }

  private keep(clock: DutyClock): void {
    const run = clock.run(
      () => this.isClosed,
      (work) => this.inOrder(work),
      (_, rung, plannedAt) => this.fire(clock, rung, plannedAt),
    );
    run.catch((error: unknown) => {
      this.failure = error;
    });
  }

  private publish(): void {
    showCase(this.opened, this.stage, this.clocks);
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }
}
