/** The commands of a case type: each becomes one Update of the case's workflow, singly or for many cases at once. */
import type { UpdateDefinition } from '@temporalio/common';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hashOf, keyReused } from '../../db/intake/idempotency.ts';
import { findCase, findCommand, type ListedCase } from '../../db/queries/cases.ts';
import type { Account } from '../../db/queries/accounts.ts';
import type { CaseType } from '../../domain/case/id.ts';
import type { Command, CommandResult } from '../../domain/case/case.ts';
import { Refusal, type ErrorCode } from '../../domain/errors.ts';
import type { LimitId } from '../../domain/clock/limits.ts';
import { extensionBodies, suspensionBodies } from '../../domain/case-types/terms.ts';
import { refuseTransition, transitionOf, type Action } from '../../domain/case-types/transitions.ts';
import {
  approveExtension,
  refuseExtension,
  requestExtension,
  resumeLimit,
  suspendLimit,
} from '../../workflows/messages.ts';
import type { ApiContext, App } from '../context.ts';
import { idempotencyHeader, keyOf } from '../http/idempotency.ts';
import { oneAtATime } from '../http/one-at-a-time.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** By case type and action: what a batch may ask for. */
    caseCommands: Map<string, CaseCommand<unknown>>;
  }
}

export const caseParams = z.object({ caseId: z.string().max(300) });

export interface CaseNoun {
  /** Path and tag, e.g. `pushes`. */
  noun: string;
  tag: string;
  caseType: CaseType;
}

export const commandResultSchema = z
  .object({
    caseId: z.string(),
    stage: z.string(),
    step: z.number().int().describe('审计日志中的步骤号'),
    late: z.boolean().describe('逾期办理：照常受理，逾期记录保留'),
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

type UpdateOf<Sent> = UpdateDefinition<CommandResult, [Command<Sent>]>;

export interface CaseCommand<Body, Sent = Body> {
  action: Action;
  update: UpdateOf<Sent>;
  schema: z.ZodType<Body>;
  /** Checks what only the record knows. @throws Refusal */
  check?: (body: Body, row: ListedCase) => void;
  /** Writes what the workflow is not told, where the case admits the command. @returns what it is told. @throws Refusal */
  prepare?: (body: Body, row: ListedCase, account: Account) => Promise<Sent>;
  /** Says more than "not found" of a case that the account may not see, or may no longer. */
  missing?: (account: Account, caseId: string) => Promise<Refusal | undefined>;
}

/** Path segment: `requestExtension` is `request-extension`, and `feedBack` the one word that it is as a noun. */
const verbOf = (action: Action) =>
  action === 'feedBack' ? 'feedback' : action.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `POST /api/v1/{noun}/{caseId}/{verb}` becomes one Update of the case's workflow. */
export function registerCaseCommand<Body, Sent = Body>(
  app: App,
  api: ApiContext,
  about: CaseNoun,
  command: CaseCommand<Body, Sent>,
): void {
  const { noun, tag, caseType } = about;
  const { action, schema } = command;
  const { title, article } = transitionOf(caseType, action)!;
  app.caseCommands.set(`${caseType}.${action}`, command as unknown as CaseCommand<unknown>);
  app.withTypeProvider<ZodTypeProvider>().post(
    `/api/v1/${noun}/:caseId/${verbOf(action)}`,
    {
      schema: {
        tags: [tag],
        operationId: `${caseType}.${action}`,
        summary: `${title}（${article}）`,
        params: caseParams,
        headers: idempotencyHeader,
        body: schema,
        response: { 200: commandResultSchema, ...problems(...COMMAND_ERRORS) },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const { caseId } = request.params;
      return perform(api, account, { caseType, caseId, command, body: request.body as Body, key: keyOf(request) });
    },
  );
}

/** Those of a case type that need no more than their schema. */
export function registerCaseCommands<Bodies extends Readonly<Record<string, z.ZodType>>>(
  app: App,
  api: ApiContext,
  about: CaseNoun,
  bodies: Bodies,
  updates: { readonly [Name in keyof Bodies & Action]?: UpdateOf<z.output<Bodies[Name]>> },
): void {
  for (const [action, update] of Object.entries(updates) as [keyof Bodies & Action, UpdateOf<unknown>][]) {
    registerCaseCommand(app, api, about, { action, update, schema: bodies[action] });
  }
}

interface Deed<Body, Sent> {
  caseType: CaseType;
  caseId: string;
  command: CaseCommand<Body, Sent>;
  body: Body;
  key: string;
}

/** One command of one account on one case. @throws Refusal */
export function perform<Body, Sent = Body>(
  api: ApiContext,
  account: Account,
  deed: Deed<Body, Sent>,
): Promise<CommandResult> {
  return inTurn(deed.caseId, async () => {
    const row = await findCase(api.db, account, deed.caseId);
    if (row?.case.caseType === deed.caseType) return obey(api, account, row, deed);
    throw (await deed.command.missing?.(account, deed.caseId)) ?? notFound();
  });
}

async function obey<Body, Sent>(
  api: ApiContext,
  account: Account,
  row: ListedCase,
  { caseId, command: { action, update, check, prepare }, body, key }: Deed<Body, Sent>,
): Promise<CommandResult> {
  const requestHash = hashOf([account.username, action, body]);
  const done = await findCommand(api.db, caseId, key);
  if (done) return sameCommand(done, requestHash);
  // The workflow decides. Who may never act, and what is closed for good, is told here without troubling it.
  const refusal = refuseTransition({ ...row.case, caseType: row.case.caseType as CaseType }, action, account);
  if (refusal && (prepare || refusal.code === 'access.denied' || row.case.status === 'closed')) {
    throw new Refusal(refusal.code, refusal.message, refusal);
  }
  check?.(body, row);
  const { username, role, regionCode, departmentCode } = account;
  const actor = { username, role, regionCode, departmentCode };
  const sent = prepare ? await prepare(body, row, account) : (body as unknown as Sent);
  const result = await api.commands.send(caseId, update, { actor, key, requestHash, body: sent });
  // Temporal knows an update by its key alone: while one is under way, another request with its key gets its answer.
  const kept = await findCommand(api.db, caseId, key);
  return kept ? sameCommand(kept, requestHash) : result;
}

/** @throws Refusal idempotency.key-reused */
function sameCommand(done: { requestHash: string; result: unknown }, requestHash: string): CommandResult {
  if (done.requestHash === requestHash) return done.result as CommandResult;
  throw keyReused();
}

/** 中止与延期 of a case type's main limit. */
export function registerTermCommands(app: App, api: ApiContext, about: CaseNoun, limitId: LimitId): void {
  registerSuspensionCommands(app, api, about);
  registerExtensionCommands(app, api, about, limitId);
}

/** 延期 alone, where a limit cannot be suspended. */
export function registerExtensionCommands(app: App, api: ApiContext, about: CaseNoun, limitId: LimitId): void {
  registerCaseCommands(app, api, about, extensionBodies(limitId), {
    requestExtension,
    approveExtension,
    refuseExtension,
  });
}

/** 中止 alone, where no article allows 延期. */
export function registerSuspensionCommands(app: App, api: ApiContext, about: CaseNoun): void {
  registerCaseCommands(app, api, about, suspensionBodies, { suspend: suspendLimit, resume: resumeLimit });
}

const inTurn = oneAtATime();

/** @throws Refusal resource.not-found also for what exists but is another's: its existence is not told. */
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
