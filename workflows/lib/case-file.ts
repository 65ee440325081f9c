/**
 * The mechanism that every case shares, so that a case's own file can read as its article does: commands judged by the
 * table of transitions, steps written in order, limits kept, follow-up cases started.
 */
import { condition, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { SearchAttributeUpdatePair, UpdateDefinition } from '@temporalio/common';
import type { z } from 'zod';
import { SYSTEM, type Actor, type Command, type CommandResult, type NewCase } from '../../domain/cases.ts';
import { RUNGS, type LimitId, type Rung } from '../../domain/limits.ts';
import type { NoticeRequest } from '../../domain/notices.ts';
import type { StepRecord } from '../../domain/step-record.ts';
import { isFinal, transitionOf, type Action } from '../../domain/transitions.ts';
import { renderDetails } from './details.ts';
import { DutyClock } from './duty-clock.ts';
import { startFollowUp, type FollowUp } from './follow-up.ts';
import { judge } from './judge.ts';
import { recordRung, recordStep } from './record.ts';
import { CASE_STATUS, DUE_AT, STAGE } from './starting.ts';

/** What a deed brings with it beyond the table's row. */
export interface Effects {
  facts?: Record<string, unknown>;
  notify?: NoticeRequest[];
  followUp?: FollowUp;
  /** The department that holds the case from now on. */
  holder?: string;
  /** Limits that begin with the deed. */
  arm?: LimitId[];
}

type Change = Pick<StepRecord, 'action' | 'actor' | 'article' | 'at' | 'stage'> & Partial<StepRecord>;

export class CaseFile {
  readonly opened: NewCase;
  stage: string;
  private step = 0;
  private clocks: DutyClock[] = [];
  private supervise: Partial<Record<LimitId, (at: number) => FollowUp>> = {};
  /**
   * Steps are written one after another, so that their numbers are the order of the audit log. The opening goes first: a
   * command that arrives together with the start is handled before the workflow's main function calls `open`.
   */
  private queue: Promise<unknown>;
  private begin: (opening: Promise<unknown>) => void = () => undefined;

  constructor(opened: NewCase) {
    this.opened = opened;
    this.stage = opened.stage;
    this.queue = new Promise((resolve) => {
      this.begin = resolve;
    });
  }

  get isClosed(): boolean {
    return isFinal(this.opened.caseType, this.stage);
  }

  /** Step 1: the row, the limits that begin with it, the first notices. */
  async open(article: string, notify: NoticeRequest[], limits: LimitId[]): Promise<void> {
    const { openedAt: at, stage } = this.opened;
    const arm = limits.map((limitId) => ({ limitId, startedAt: at }));
    const opening = this.write({
      action: 'open',
      actor: SYSTEM,
      article,
      at,
      stage: { before: null, after: stage },
      open: this.opened,
      arm,
      notify,
    });
    this.begin(opening.catch(() => undefined));
    await opening;
  }

  /** Takes a command by Update. Register every handler before `open`, so that none can arrive unheard. */
  handle<Body>(
    update: UpdateDefinition<CommandResult, [Command<Body>]>,
    action: Action,
    schema: z.ZodType<Body>,
    effects: (body: Body, actor: Actor, at: number) => Effects = () => ({}),
  ): void {
    setHandler(update, (command) => this.obey(action, command, effects), {
      validator: (command) => judge({ ...this.opened, stage: this.stage }, action, schema, command),
    });
  }

  /** Keeps a limit: its ladder is climbed until the duty is done. @returns at once where the case closes without it. */
  async keep(limitId: LimitId): Promise<void> {
    const find = () => this.clocks.find((clock) => clock.limitId === limitId);
    await condition(() => find() !== undefined || this.isClosed);
    const clock = find();
    await clock?.run(
      (work) => this.inOrder(work),
      (_, rung, plannedAt) => this.fire(clock, rung, plannedAt),
    );
  }

  /** Says how a neglected limit becomes a supervision case at its last rung (第十七条). */
  superviseBy(limitId: LimitId, followUp: (at: number) => FollowUp): void {
    this.supervise[limitId] = followUp;
  }

  private obey<Body>(
    action: Action,
    command: Command<Body>,
    effects: (body: Body, actor: Actor, at: number) => Effects,
  ): Promise<CommandResult> {
    const at = Date.now();
    const before = this.stage;
    const { to, article, settles } = transitionOf(this.opened.caseType, action)!;
    // Before the first await: the second of two claims in one workflow task already meets the new stage.
    this.stage = to;
    return this.inOrder(async () => {
      const late = await this.settle(settles, at);
      const { followUp, arm = [], notify = [], facts = {}, holder } = effects(command.body, command.actor, at);
      const result: CommandResult = { caseId: this.opened.caseId, stage: to, step: this.step + 1, late };
      if (followUp) result.nextCaseId = followUp.opened.caseId;
      await this.write({
        action,
        actor: command.actor,
        article,
        at,
        stage: { before, after: to },
        arm: arm.map((limitId) => ({ limitId, startedAt: at })),
        settle: [...settles],
        facts,
        holder,
        notify,
        followUps: followUp ? [followUp.opened] : [],
        command: { key: command.key, requestHash: command.requestHash, result },
      });
      if (followUp) await startFollowUp(followUp);
      return result;
    });
  }

  /** @returns whether any of the limits had passed: the deed is accepted, the breach stays on record. */
  private async settle(limits: readonly LimitId[], at: number): Promise<boolean> {
    let late = false;
    for (const clock of this.clocks.filter((c) => !c.settled && limits.includes(c.limitId))) {
      await clock.firePassed(at, (_, rung, plannedAt) => this.fire(clock, rung, plannedAt));
      clock.settled = true;
      late ||= clock.isLate(at);
    }
    return late;
  }

  private async fire(clock: DutyClock, rung: Rung, plannedAt: number) {
    const { limitId, startedAt } = clock;
    const supervise = RUNGS[rung].effect === 'supervise' ? this.supervise[limitId] : undefined;
    const followUp = supervise?.(Date.now());
    const outcome = await recordRung({
      caseId: this.opened.caseId,
      step: this.step + 1,
      at: Date.now(),
      limitId,
      rung,
      startedAt,
      plannedAt,
      followUps: followUp ? [followUp.opened] : [],
    });
    this.step += 1;
    if (outcome.moved) {
      clock.plan = outcome.moved;
      this.publish();
      return outcome.moved;
    }
    if (followUp) await startFollowUp(followUp);
    this.publish();
    return undefined;
  }

  private async write(change: Change): Promise<void> {
    this.step += 1;
    const { opened, step } = this;
    const record = {
      arm: [],
      settle: [],
      facts: {},
      notify: [],
      followUps: [],
      ...change,
      caseId: opened.caseId,
      step,
    };
    const { plans } = await recordStep(record);
    for (const { limitId, startedAt } of record.arm) {
      const plan = plans[limitId];
      if (plan) this.clocks.push(new DutyClock(limitId, startedAt, plan));
    }
    this.publish();
  }

  /** Shows the case as it now stands to whoever looks at it in Temporal. */
  private publish(): void {
    setCurrentDetails(renderDetails(this.opened, this.stage, this.clocks, Date.now()));
    const due = this.clocks.filter((clock) => !clock.settled).map((clock) => clock.plan.dueAt);
    const attributes: SearchAttributeUpdatePair[] = [
      { key: DUE_AT, value: due.length > 0 ? new Date(Math.min(...due)) : null },
      { key: STAGE, value: this.stage },
    ];
    if (this.isClosed) attributes.push({ key: CASE_STATUS, value: 'closed' });
    upsertSearchAttributes(attributes);
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }
}
