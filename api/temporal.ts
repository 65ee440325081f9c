/** How the API reaches a case: an Update that the workflow answers, or a clear 503 with nothing lost. */
import {
  Client,
  Connection,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, type PayloadCodec, type UpdateDefinition } from '@temporalio/common';
import { noteInterrupted } from '../db/cases/interrupted.ts';
import { isStartOverdue, openingOf } from '../db/cases/opened.ts';
import type { Database } from '../db/postgres/client.ts';
import { findCommand, statusOf, type KeptCommand } from '../db/queries/cases.ts';
import type { Command, CommandResult } from '../domain/case/case.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { ERROR_CODES, Refusal } from '../domain/errors.ts';
import { isKeyOf } from '../domain/keys.ts';
import { startOf } from '../outbox/start-cases.ts';
import { within } from '../temporal/calls.ts';
import { dataConverterWith } from '../temporal/data-converter.ts';
import type { RefusalDetails } from '../workflows/lib/judge.ts';

/** How long an official waits for an answer before the request is refused with "try again", in ms. */
const PATIENCE = 10_000;

const MAX_TRIES = 5;
/**
 * gRPC RESOURCE_EXHAUSTED, ABORTED, and FAILED_PRECONDITION, which is the answer after a workflow task that just failed.
 */
const PUT_OFF_CODES = new Set([8, 9, 10]);

export interface CaseCommands {
  /**
   * Has the workflow carry a command out. @returns what the ledger holds under its key, which may be the answer to another
   * request with that key: its hash tells. @throws Refusal
   */
  send<Body>(
    caseId: string,
    update: UpdateDefinition<CommandResult, [Command<Body>]>,
    command: Command<Body>,
  ): Promise<KeptCommand>;
}

export interface CaseCommandsDeps {
  client: Client;
  db: Database;
  clock: Clock;
  taskQueue: string;
  patience?: number;
}

/** @param patience how long an official waits for an answer, in ms. */
export function createCaseCommands({
  client,
  db,
  clock,
  taskQueue,
  patience = PATIENCE,
}: CaseCommandsDeps): CaseCommands {
  return {
    async send(caseId, update, command) {
      const [done] = await Promise.allSettled([carryOut(caseId, update, command)]);
      // Asked also where it was refused: the same command may have been written and have closed the case, by another API's
      // request or before its workflow was ended.
      const kept = await findCommand(db, caseId, command.key);
      if (kept) return kept;
      if (done.status === 'rejected') throw done.reason;
      // Temporal knows the answer, but the record has lost the step with a backup.
      await noteInterrupted(db, caseId, 'record-behind');
      throw interrupted();
    },
  };

  async function carryOut(...[caseId, update, command]: Parameters<CaseCommands['send']>): Promise<CommandResult> {
    const asked = { args: [command] as [typeof command], updateId: command.key };
    const execute = () =>
      within(client, patience, () => client.workflow.getHandle(caseId).executeUpdate(update, asked));
    try {
      return await persist(execute);
    } catch (error) {
      if (isOver(error)) throw await gone(caseId);
      if (!(error instanceof WorkflowNotFoundError)) throw asRefusal(error);
    }
    const accepted = await openingOf(db, caseId);
    if (!accepted) throw await gone(caseId);
    // The command may arrive before the dispatcher has started the case. It then starts it, and does not wait its turn.
    const start = accepted.started ? undefined : await startOf({ db, clock, taskQueue }, accepted.opening);
    const executeWithStart = () =>
      within(client, patience, () =>
        client.workflow.executeUpdateWithStart(update, { ...asked, startWorkflowOperation: start!() }),
      );
    try {
      return await persist(start ? executeWithStart : execute);
    } catch (error) {
      throw isGone(error) ? await gone(caseId) : asRefusal(error);
    }
  }

  /** Whether the workflow ended or was lost; if its case is open, it will not go on by itself. */
  async function hasEnded(caseId: string): Promise<boolean> {
    try {
      const { status } = await within(client, patience, () => client.workflow.getHandle(caseId).describe());
      return status.name !== 'RUNNING';
    } catch (error) {
      return error instanceof WorkflowNotFoundError && isStartOverdue(db, caseId);
    }
  }

  /** Why no workflow runs: the case is closed or interrupted, or the workflow of an earlier step is about to start it. */
  async function gone(caseId: string): Promise<Refusal> {
    // Asked before the record is: a case is closed there before its workflow ends.
    const isEnded = await hasEnded(caseId);
    if ((await statusOf(db, caseId)) !== 'open') {
      return new Refusal('case.closed', '事项已办结，不能再办理', { remedy: '请刷新后查看办理结果' });
    }
    if (!isEnded) return unavailable();
    await noteInterrupted(db, caseId, 'workflow-gone');
    return interrupted();
  }
}

/** No workflow runs that could answer, and none may be started. */
const isGone = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError || isOver(error);

/**
 * The command was accepted, and the workflow ended without having carried it out: its step, or one before it, can never be
 * recorded (activities/out-of-step.ts).
 */
function isOver(error: unknown): boolean {
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  const { cause } = error;
  if (cause instanceof ApplicationFailure) return cause.type === 'AcceptedUpdateCompletedWorkflow';
  return cause instanceof ActivityFailure;
}

/** Tries again, under the same update id, what the server put off without deciding. */
async function persist<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPutOff(error) || tries === MAX_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** tries * 25 * (0.5 + Math.random())));
    }
  }
}

/** In a rush the server drops some updates unprocessed, and one workflow takes only so many at once. */
function isPutOff(error: unknown): boolean {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    return error.cause.type === 'UnprocessedUpdate';
  }
  const code = grpcCodeOf(error);
  return code !== undefined && PUT_OFF_CODES.has(code);
}

/** The gRPC code of the server's answer, which the SDK wraps in an error of its own. */
function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && isGrpcServiceError(error.cause) ? error.cause.code : undefined;
}

const unavailable = () =>
  new Refusal('process.unavailable', '流程引擎暂时没有应答，您的操作可能尚未生效', {
    remedy: '请稍后用同一幂等键（Idempotency-Key）重试，不会重复办理',
  });

const interrupted = () =>
  new Refusal('case.interrupted', '该事项的流程在流程引擎中被终止、丢失，或与登记簿不一致，登记的内容和期限仍在', {
    remedy: '请联系运行人员恢复流程（npm run restore）；恢复后请核对登记的内容，可用同一幂等键重试',
  });

/** Turns Temporal's errors into refusals. Unknown ones stay internal errors. */
function asRefusal(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type, message, details } = error.cause;
    if (type === 'UnprocessedUpdate') return unavailable();
    if (type && isKeyOf(ERROR_CODES, type)) {
      const { remedy, article } = (details?.[0] ?? {}) as Partial<RefusalDetails>;
      return new Refusal(type, message, { remedy, article });
    }
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || grpcCodeOf(error) !== undefined) {
    return unavailable();
  }
  return error;
}

/** Connects on first use, so that the API starts and accepts registrations while Temporal is down. */
export function lazyClient(
  options: Parameters<typeof Connection.lazy>[0],
  namespace: string,
  payloadCodecs: PayloadCodec[],
): Client {
  return new Client({
    connection: Connection.lazy(options),
    namespace,
    dataConverter: dataConverterWith(payloadCodecs),
  });
}
