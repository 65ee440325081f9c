/** A database, a time-skipping Temporal server and a worker: what a case needs to live a month in a second. */
import { randomUUID } from 'node:crypto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import type { UpdateDefinition } from '@temporalio/common';
import { asc, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { inject } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { auditLog, cases, deadlines, restrictions, rungs } from '../../db/schema.ts';
import { seedReference } from '../../db/seed.ts';
import type { Command, CommandResult, NewCase } from '../../domain/case/case.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { openedPush, type RegistrationPushInput } from '../../domain/case-types/registration-push/opening.ts';
import type { NoticePayload } from '../../domain/notices/notices.ts';
import { endOfDay } from '../../domain/clock/calendar.ts';
import type { Rung } from '../../domain/clock/limits.ts';
import { wantedAttributes } from '../../scripts/lib/search-attributes.ts';
import { insertCases } from '../../db/cases/opened.ts';
import { beginningsOf } from '../../db/queries/case-snapshot.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { startDispatcher } from '../../outbox/dispatcher.ts';
import type { OutboxLoops } from '../../outbox/loops.ts';
import { SPREAD_MS } from '../../domain/clock/spread.ts';
import { startCases } from '../../outbox/start-cases.ts';
import { tellCases } from '../../outbox/tell-cases.ts';
import { closeClient, within } from '../../temporal/calls.ts';
import { caseStart } from '../../workflows/lib/starting.ts';
import { noticesOfCase } from './notices.ts';
import { productBundle } from './bundles.ts';
import { pushInput } from './push.ts';
import { closeDatabase, createTestDatabase, openDatabase } from './servers.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export const DAY = 86_400_000;
/** In ms. A call without an answer ends, and says so, before its test does (`testTimeout` of vitest.config.ts). */
const PATIENCE = 45_000;
/** Started; the first workflow task scheduled, started and completed. */
const EVENTS_OF_A_START = 4;
export const COUNTY = '430103';

export function actor(role: Actor['role'], sector: string | null, regionCode = COUNTY): Actor {
  return { username: `${role}-${sector ?? ''}`, role, regionCode, departmentCode: sector && `${regionCode}-${sector}` };
}

export const OFFICER = actor('department-officer', 'agriculture');
export const LEAD = actor('department-lead', 'agriculture');
export const AUTHORITY = actor('registering-authority', 'registration');
export const SUPERVISOR = actor('supervisor', null);

type Activities = ReturnType<typeof createActivities>;

interface WorldOptions {
  /** Wraps the activities, to make them fail. */
  disturb?: (activities: Activities) => Activities;
  bundled?: Promise<WorkflowBundle>;
}

export class CaseWorld {
  readonly handle: DatabaseHandle;
  readonly env: TestWorkflowEnvironment;
  private readonly databaseUrl: string;
  private readonly worker: Worker;
  private readonly running: Promise<void>;
  private readonly dispatcher: OutboxLoops;

  private constructor(databaseUrl: string, handle: DatabaseHandle, env: TestWorkflowEnvironment, worker: Worker) {
    this.databaseUrl = databaseUrl;
    this.handle = handle;
    this.env = env;
    this.worker = worker;
    this.running = worker.run();
    // Cases are started and told of each other; other effects of the outbox are dropped.
    const none = async () => new Map<number, Error>();
    const deliver = {
      'start-case': startCases({ client: env.client, db: handle.db, clock: realClock, taskQueue: 'cases' }),
      'tell-case': tellCases(env.client, handle.db),
      'calendar-rollout': none,
      notice: none,
    };
    this.dispatcher = startDispatcher({ handle, log: pino({ level: 'silent' }), deliver });
  }

  static async create({ disturb = (own) => own, bundled = productBundle() }: WorldOptions = {}): Promise<CaseWorld> {
    const databaseUrl = await createTestDatabase();
    await seedReference(databaseUrl);
    const handle = connectDatabase(databaseUrl);
    const env = await startTimeSkipping();
    // The time-skipping server can add attributes but not list them.
    const searchAttributes = wantedAttributes();
    await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: 'cases',
      workflowBundle: await bundled,
      activities: disturb(
        createActivities({ db: handle.db, clock: realClock, client: env.client, taskQueue: 'cases' }),
      ),
    });
    return new CaseWorld(databaseUrl, handle, env, worker);
  }

  async close(): Promise<void> {
    this.worker.shutdown();
    await Promise.all([this.running, this.dispatcher.stop()]);
    // A call that is tried again on a closed connection would throw in another file's test.
    await closeClient(this.env.client);
    await this.env.teardown();
    await this.handle.close();
  }

  /** The server's time, which is the engine time of all cases here. */
  now(): Promise<number> {
    return this.env.currentTimeMs();
  }

  /** Lets time pass until this instant (epoch ms); returns at once if it is past. */
  async until(instant: number): Promise<void> {
    const left = instant - (await this.now());
    if (left > 0) await this.env.sleep(left);
  }

  /** Lets time pass until the rung's day has ended and its timer has run; the calendar decides how many days that are. */
  async passes(caseId: string, limitId: string, rung: Rung = 'due'): Promise<void> {
    await this.begun(caseId);
    const { dueDate, rungDates } = await this.deadline(caseId, limitId);
    await this.until(endOfDay(rung === 'due' ? dueDate : rungDates[rung]!) + SPREAD_MS + 60_000);
  }

  /** Opens a case as an intake does, and starts its workflow. */
  async start(workflow: CaseType, opened: NewCase, input: unknown) {
    const { db } = this.handle;
    await db.transaction((tx) => insertCases(tx, [{ workflow, opened, input }], realClock));
    const { begun } = await beginningsOf(db, [opened.caseId], realClock, await this.now());
    const options = { ...caseStart(opened, begun[opened.caseId]), taskQueue: 'cases', args: [input] };
    const started = await this.env.client.workflow.start(workflow, options);
    await this.awake(opened.caseId);
    return started;
  }

  /** Starts a workflow that writes its case's row and first step itself, as cases of earlier commits do. */
  async startUnrecorded(workflow: CaseType, opened: NewCase, input: unknown) {
    const options = { ...caseStart(opened), taskQueue: 'cases', args: [input] };
    const started = await this.env.client.workflow.start(workflow, options);
    await this.awake(opened.caseId);
    return started;
  }

  async startPush(overrides: Partial<RegistrationPushInput> = {}) {
    const input = pushInput({
      registrationNo: `REG-${randomUUID().slice(0, 8)}`,
      itemIds: ['PA047'],
      pushedAt: await this.now(),
      ...overrides,
    });
    const workflow = await this.start('registrationPush', openedPush(input), input);
    return { input, caseId: workflow.workflowId, workflow };
  }

  command<Body>(
    caseId: string,
    update: UpdateDefinition<CommandResult, [Command<Body>]>,
    who: Actor,
    body: Body,
    key: string = randomUUID(),
  ): Promise<CommandResult> {
    return this.obey(caseId, update, { actor: who, key, requestHash: 'test', body });
  }

  /** Sends a command as the API does. */
  obey<Body>(
    caseId: string,
    update: UpdateDefinition<CommandResult, [Command<Body>]>,
    command: Command<Body>,
  ): Promise<CommandResult> {
    const { client } = this.env;
    const asked = { args: [command] as [typeof command], updateId: command.key };
    return within(client, PATIENCE, () => client.workflow.getHandle(caseId).executeUpdate(update, asked));
  }

  /** The workflow's status, once it runs no more. Waits in real time, so that no timer of the case runs meanwhile. */
  async ended(caseId: string): Promise<string> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { status } = await this.env.client.workflow.getHandle(caseId).describe();
      if (status.name !== 'RUNNING') return status.name;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${caseId} still runs`);
  }

  /** Runs the work while PostgreSQL refuses connections; existing ones are closed. */
  async withoutDatabase<T>(work: () => Promise<T>): Promise<T> {
    await closeDatabase(this.databaseUrl);
    try {
      return await work();
    } finally {
      await openDatabase(this.databaseUrl);
    }
  }

  /** Waits, in real time, until a case has begun: its first step is in the database, and its workflow runs. */
  async begun(caseId: string, step = 1): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      const row = await this.case(caseId);
      if (row && row.step >= step && (await this.isAwake(caseId))) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${caseId} did not begin`);
  }

  /** Waits, in real time, for a workflow's first task: the time-skipping server loses it if an update arrives during it. */
  private async awake(caseId: string): Promise<void> {
    for (let tries = 0; tries < 1000; tries += 1) {
      if (await this.isAwake(caseId)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${caseId} was started and does not run`);
  }

  private isAwake(caseId: string): Promise<boolean> {
    const described = this.env.client.workflow.getHandle(caseId).describe();
    return described.then(
      ({ historyLength }) => historyLength >= EVENTS_OF_A_START,
      () => false,
    );
  }

  async case(caseId: string) {
    const [row] = await this.handle.db.select().from(cases).where(eq(cases.caseId, caseId));
    return row!;
  }

  async deadline(caseId: string, limitId: string) {
    const rows = await this.handle.db.select().from(deadlines).where(eq(deadlines.caseId, caseId));
    return rows.find((row) => row.limitId === limitId)!;
  }

  async audit(caseId: string) {
    return this.handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseId)).orderBy(asc(auditLog.step));
  }

  async rungs(caseId: string) {
    const rows = await this.handle.db.select().from(rungs).where(eq(rungs.caseId, caseId)).orderBy(asc(rungs.firedAt));
    return rows.map((row) => `${row.limitId} ${row.rung}`);
  }

  /** E.g. `ZB01 executed`: the measures that a case decided, with their state. */
  async restrictions(caseId: string) {
    const rows = await this.handle.db
      .select()
      .from(restrictions)
      .where(eq(restrictions.caseId, caseId))
      .orderBy(asc(restrictions.measureId));
    const state = (row: (typeof rows)[number]) => (row.liftedAt ? 'lifted' : row.executedAt ? 'executed' : 'decided');
    return rows.map((row) => `${row.measureId} ${state(row)}`);
  }

  /** Waits, in real time, for the stage that a signal leads to. */
  async comesTo(caseId: string, stage: string): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await this.case(caseId)).stage === stage) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${caseId} did not come to ${stage}, but stands at ${(await this.case(caseId)).stage}`);
  }

  async notices(caseId: string): Promise<NoticePayload[]> {
    return noticesOfCase(this.handle.db, caseId);
  }
}

/**
 * Starts the time-skipping server. The SDK gives it five seconds, which may not be enough on a busy machine, so try
 * again.
 */
export async function startTimeSkipping(tries = 10): Promise<TestWorkflowEnvironment> {
  const path = inject('testServerPath');
  if (!path) throw new Error('no time-skipping server');
  try {
    return await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
    });
  } catch (error) {
    if (tries === 1) throw error;
    return startTimeSkipping(tries - 1);
  }
}
