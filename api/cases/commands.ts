/** The commands of a case type: each becomes one Update of the case's workflow, singly or for many cases at once. */
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { forgetArrival, stampArrival } from '../../db/intake/arrivals.ts';
import { hashOf, keyReused } from '../../db/intake/idempotency.ts';
import { findCase, findCaseWith, type KeptCommand, type ListedCase } from '../../db/queries/cases.ts';
import type { Account } from '../../db/queries/accounts.ts';
import type { Bodies } from '../../domain/case/bodies.ts';
import type { CaseType } from '../../domain/case/id.ts';
import type { Command, CommandResult } from '../../domain/case/case.ts';
import { CASE_TYPES, NOUNS, transitionOf, verbOf, type Action } from '../../domain/case-types/case-types.ts';
import {
  commandsOf,
  schemaOf,
  TOLD,
  type CommandOf,
  type SentOf,
  type ToldOf,
} from '../../domain/case-types/commands.ts';
import { refuseTransition } from '../../domain/case-types/transitions.ts';
import { ERROR_CODES, Refusal, type ErrorCode } from '../../domain/errors.ts';
import { updateOf, type CommandUpdate } from '../../workflows/lib/updates.ts';
import type { ApiContext, App } from '../context.ts';
import { idempotencyHeader, keyOf } from '../http/idempotency.ts';
import { oneAtATime } from '../http/one-at-a-time.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The commands that a batch may ask for, by case type and action. */
    caseCommands: Map<string, CaseCommand>;
  }
}

export const caseParams = z.object({ caseId: z.string().max(300) });

export const commandResultSchema = z
  .object({
    caseId: z.string(),
    stage: z.string(),
    step: z.number().int().describe('审计日志中的步骤号'),
    late: z.boolean().describe('逾期办理：照常受理，逾期记录保留；是否逾期以同一幂等键首次到达的时刻为准'),
    nextCaseId: z.string().optional().describe('由此产生的事项'),
  })
  .meta({ id: 'CommandResult' });

const COMMAND_ERRORS: ErrorCode[] = [
  'input.invalid',
  'auth.required',
  'access.denied',
  'resource.not-found',
  'transition.refused',
  'case.closed',
  'idempotency.key-reused',
  'process.unavailable',
  'case.interrupted',
];

/** Extra steps of a command in the API, before its body goes to the workflow. */
interface CommandExtras<Sent, Told = Sent> {
  /** Checks what the workflow cannot know: reference data and the case's row. @throws Refusal */
  check?: (body: Sent, row: ListedCase) => void;
  /**
   * Stores what is kept from the workflow, if the case admits the command. @returns what the workflow is told. @throws
   * Refusal
   */
  prepare?: (body: Sent, row: ListedCase, account: Account) => Promise<Told>;
  /** Carries out a command on closed cases, whose workflow has ended. */
  onRecord?: (row: ListedCase, command: Command<Told>) => Promise<KeptCommand>;
  /** A more exact refusal than "not found", for a case that the account may not see or may see no longer. */
  missing?: (account: Account, caseId: string) => Promise<Refusal | undefined>;
}

interface CaseCommand extends CommandExtras<unknown> {
  action: Action;
  update: CommandUpdate<unknown>;
  schema: z.ZodType;
}

type ExtrasOf<T extends CaseType> = { [C in CommandOf<T>]?: CommandExtras<SentOf<T, C>, ToldOf<T, C>> };

/**
 * `POST /api/v1/{noun}/{caseId}/{verb}` for every command of the case type. Each becomes one Update of the case's
 * workflow.
 */
export function registerCaseCommands<T extends CaseType>(
  app: App,
  api: ApiContext,
  caseType: T,
  extras: ExtrasOf<T> = {},
): void {
  const told: Bodies = TOLD[caseType];
  for (const action of commandsOf(caseType)) {
    // The loop cannot relate an action to its type; ExtrasOf has checked that the extras fit the action's body.
    const own = (extras as Record<string, CommandExtras<unknown>>)[action];
    const schema = schemaOf(caseType, action)!;
    registerCaseCommand(app, api, caseType, { ...own, action, update: updateOf(told, action), schema });
  }
}

function registerCaseCommand(app: App, api: ApiContext, caseType: CaseType, command: CaseCommand): void {
  const { action, schema } = command;
  const { title, article } = transitionOf(caseType, action)!;
  app.caseCommands.set(`${caseType}.${action}`, command);
  app.withTypeProvider<ZodTypeProvider>().post(
    `/api/v1/${NOUNS[caseType]}/:caseId/${verbOf(action)}`,
    {
      schema: {
        tags: [CASE_TYPES[caseType]],
        operationId: `${caseType}.${action}`,
        summary: `${title}（${article}）`,
        params: caseParams,
        headers: idempotencyHeader,
        body: schema,
        response: { 200: commandResultSchema, ...problems(...COMMAND_ERRORS) },
      },
    },
    async (request) => {
      const receivedAt = performance.now();
      const account = signedIn(request);
      const { caseId } = request.params;
      return perform(api, account, { caseType, caseId, command, body: request.body, key: keyOf(request), receivedAt });
    },
  );
}

interface Deed {
  caseType: CaseType;
  caseId: string;
  command: CaseCommand;
  body: unknown;
  key: string;
  /** When the process received it, by performance.now(). */
  receivedAt: number;
}

/**
 * One command of one account on one case. Its arrival is stamped before it waits for anything else, and stays stamped until
 * it is decided: by its step, which forgets the arrival, or by a refusal.
 * @throws Refusal
 */
export async function perform(api: ApiContext, account: Account, deed: Deed): Promise<CommandResult> {
  const { caseId, command, body, key, receivedAt } = deed;
  const arrival = { caseId, key, requestHash: hashOf([account.username, command.action, body]) };
  const arrivedAt = await stampArrival(api.db, arrival, performance.now() - receivedAt);
  // Whoever has his answer must not lose it by this. What is left behind is removed later (outbox/forget-done.ts).
  const forget = () => forgetArrival(api.db, arrival).catch(() => undefined);
  try {
    return await inTurn(caseId, async () => {
      const row = await findCaseWith(api.db, account, caseId, key);
      if (row?.case.caseType !== deed.caseType) throw (await command.missing?.(account, caseId)) ?? notFound();
      if (!row.done) return obey(api, account, row, deed, { ...arrival, arrivedAt });
      await forget();
      return sameCommand(row.done, arrival.requestHash);
    });
  } catch (error) {
    if (error instanceof Refusal && ERROR_CODES[error.code].status < 500) await forget();
    throw error;
  }
}

async function obey(
  api: ApiContext,
  account: Account,
  row: ListedCase,
  { caseId, command: { action, update, check, prepare, onRecord }, body }: Deed,
  { key, requestHash, arrivedAt }: Pick<Command<unknown>, 'key' | 'requestHash' | 'arrivedAt'>,
): Promise<CommandResult> {
  // The workflow decides. Accounts that may never act and closed cases are refused here, without calling it.
  const refusal = refuseTransition(row.case, action, account);
  if (refusal && (prepare || refusal.code === 'access.denied' || row.case.status === 'closed')) {
    throw new Refusal(refusal.code, refusal.message, refusal);
  }
  check?.(body, row);
  const { username, role, regionCode, departmentCode } = account;
  const actor = { username, role, regionCode, departmentCode };
  const told = prepare ? await prepare(body, row, account) : body;
  // Temporal gives a second request with the same key the answer of the first while that one is under way. The stored
  // hash shows whether both sent the same content.
  const sent = { actor, key, requestHash, arrivedAt, body: told };
  const kept = onRecord ? await onRecord(row, sent) : await api.commands.send(caseId, update, sent);
  return sameCommand(kept, requestHash);
}

/** @throws Refusal idempotency.key-reused */
function sameCommand(done: KeptCommand, requestHash: string): CommandResult {
  if (done.requestHash === requestHash) return done.result;
  throw keyReused();
}

const inTurn = oneAtATime();

/** @throws Refusal resource.not-found, also for a case of others: whether it exists is not told. */
export async function visibleCase(
  api: ApiContext,
  account: Account,
  caseType: CaseType,
  caseId: string,
): Promise<ListedCase> {
  const row = await findCase(api.db, account, caseId);
  if (row?.case.caseType === caseType) return row;
  throw notFound();
}

const notFound = () =>
  new Refusal('resource.not-found', '没有这个事项，或不属于您的单位', { remedy: '请核对事项编号，或由承办单位办理' });
