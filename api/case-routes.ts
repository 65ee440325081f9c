/** The routes that every case type has: list, counts, one case with its reasons, and its commands. */
import { createHash, randomUUID } from 'node:crypto';
import type { UpdateDefinition } from '@temporalio/common';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  countCases,
  deadlinesOf,
  encodeCursor,
  findCase,
  findCommand,
  listCases,
  type ListedCase,
} from '../db/queries/cases.ts';
import type { Account } from '../db/queries/accounts.ts';
import type { CaseType } from '../domain/case-id.ts';
import type { Command, CommandResult } from '../domain/cases.ts';
import { Refusal, type ErrorCode } from '../domain/errors.ts';
import type { LimitId } from '../domain/limits.ts';
import { extensionOpinionSchema, extensionSchema, resumeSchema, suspendSchema } from '../domain/terms.ts';
import {
  approveExtension,
  refuseExtension,
  requestExtension,
  resumeLimit,
  suspendLimit,
} from '../workflows/messages.ts';
import { refuseTransition, transitionOf, type Action } from '../domain/transitions.ts';
import type { App } from './app.ts';
import { caseDetailSchema, viewCaseDetail } from './case-detail.ts';
import { caseViewSchema, viewCase } from './case-view.ts';
import { legalNow, viewContext, type ApiContext } from './context.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { signedIn } from './plugins/auth.ts';
import { problems } from './plugins/problems.ts';

const caseParams = z.object({ caseId: z.string().max(300) });

export const caseQuery = z.object({
  stage: z.string().max(40).optional().describe('环节'),
  status: z.enum(['open', 'closed']).optional().describe('open 在办；closed 办结'),
  department: z.string().max(60).optional().describe('承办部门代码'),
  region: z
    .string()
    .regex(/^\d{6}$/, '行政区划代码为6位数字')
    .optional()
    .describe('行政区划代码（含下级）'),
  overdue: z.stringbool().optional().describe('是否逾期'),
  q: z.string().trim().max(200).optional().describe('登记编号、统一社会信用代码或名称中的文字'),
  cursor: z.string().max(600).optional().describe('上一页返回的 nextCursor'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const commandResultSchema = z
  .object({
    caseId: z.string(),
    stage: z.string(),
    step: z.number().int().describe('审计日志中的步骤号'),
    late: z.boolean().describe('逾期办理：照常受理，逾期记录保留'),
    nextCaseId: z.string().optional().describe('由此产生的事项'),
  })
  .meta({ id: 'CommandResult' });

const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, '幂等键为1至200个可见 ASCII 字符')
    .optional()
    .describe('幂等键：同一键重复提交只办理一次'),
});

const COMMAND_ERRORS: ErrorCode[] = [
  'input.invalid',
  'auth.required',
  'access.denied',
  'resource.not-found',
  'transition.refused',
  'idempotency.key-reused',
  'process.unavailable',
];

export interface CaseNoun {
  /** Path and tag, e.g. `pushes`. */
  noun: string;
  tag: string;
  caseType: CaseType;
}

export function registerCaseQueries(app: App, api: ApiContext, { noun, tag, caseType }: CaseNoun): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    `/api/v1/${noun}`,
    {
      schema: {
        tags: [tag],
        operationId: `${caseType}.list`,
        summary: `${tag}列表，剩余时间最少的在前`,
        querystring: caseQuery,
        response: {
          200: z.object({
            items: z.array(caseViewSchema),
            nextCursor: z.string().nullable(),
            counts: z.record(z.string(), z.number().int()).describe('按环节计数'),
          }),
          ...problems('input.invalid', 'auth.required'),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const { limit, region } = request.query;
      const filter = { ...request.query, region: region && (api.reference.regions.resolve(region)?.code ?? region) };
      const found = await listCases(api.db, account, caseType, filter, legalNow(api));
      const page = found.slice(0, limit);
      const deadlines = await deadlinesOf(
        api.db,
        page.map((row) => row.case.caseId),
      );
      const context = await viewContext(api, account);
      const last = page.at(-1);
      return {
        items: page.map((row) => viewCase(row, deadlines, context)),
        nextCursor: found.length > limit && last ? encodeCursor(last) : null,
        counts: await countCases(api.db, account, caseType),
      };
    },
  );
  routes.get(
    `/api/v1/${noun}/:caseId`,
    {
      schema: {
        tags: [tag],
        operationId: `${caseType}.read`,
        summary: `${tag}详情：为何、自何时、至何时、如何计算`,
        params: caseParams,
        response: { 200: caseDetailSchema, ...problems('auth.required', 'resource.not-found') },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const row = await visibleCase(api, account, caseType, request.params.caseId);
      return viewCaseDetail(api, row, await viewContext(api, account));
    },
  );
}

export interface CaseCommand<Body> {
  /** Path segment: `claim`. */
  verb: string;
  action: Action;
  update: UpdateDefinition<CommandResult, [Command<Body>]>;
  schema: z.ZodType<Body>;
  /** Checks what only the record knows. @throws Refusal */
  check?: (body: Body, row: ListedCase) => void;
}

/** `POST /api/v1/{noun}/{caseId}/{verb}` becomes one Update of the case's workflow. */
export function registerCaseCommand<Body>(
  app: App,
  api: ApiContext,
  about: CaseNoun,
  command: CaseCommand<Body>,
): void {
  const { noun, tag, caseType } = about;
  const { verb, action, schema } = command;
  const { title, article } = transitionOf(caseType, action)!;
  app.withTypeProvider<ZodTypeProvider>().post(
    `/api/v1/${noun}/:caseId/${verb}`,
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
      const key = keyOf(request);
      return inTurn(caseId, async () => {
        const row = await visibleCase(api, account, caseType, caseId);
        return perform(api, account, row, command, request.body as Body, key);
      });
    },
  );
}

async function perform<Body>(
  api: ApiContext,
  account: Account,
  row: ListedCase,
  { action, update, check }: CaseCommand<Body>,
  body: Body,
  key: string,
): Promise<CommandResult> {
  const { caseId } = row.case;
  const requestHash = createHash('sha256')
    .update(JSON.stringify([account.username, action, body]))
    .digest('hex');
  const done = await findCommand(api.db, caseId, key);
  if (done) {
    if (done.requestHash === requestHash) return done.result as CommandResult;
    throw new Refusal('idempotency.key-reused', '该幂等键已用于内容不同的请求', { remedy: '请换用新的幂等键' });
  }
  // The workflow decides. Who may never act, and what is closed for good, is told here without troubling it.
  const refusal = refuseTransition({ ...row.case, caseType: row.case.caseType as CaseType }, action, account);
  if (refusal && (refusal.code === 'access.denied' || row.case.status === 'closed')) {
    throw new Refusal(refusal.code, refusal.message, refusal);
  }
  check?.(body, row);
  const { username, role, regionCode, departmentCode } = account;
  const actor = { username, role, regionCode, departmentCode };
  return api.commands.send(caseId, update, { actor, key, requestHash, body });
}

/** 中止与延期 of a case type's main limit. */
export function registerTermCommands(app: App, api: ApiContext, about: CaseNoun, limitId: LimitId): void {
  const command = <Body>(entry: CaseCommand<Body>) => registerCaseCommand(app, api, about, entry);
  command({ verb: 'suspend', action: 'suspend', update: suspendLimit, schema: suspendSchema });
  command({ verb: 'resume', action: 'resume', update: resumeLimit, schema: resumeSchema });
  const schema = extensionSchema(limitId);
  command({ verb: 'request-extension', action: 'requestExtension', update: requestExtension, schema });
  for (const [verb, action, update] of [
    ['approve-extension', 'approveExtension', approveExtension],
    ['refuse-extension', 'refuseExtension', refuseExtension],
  ] as const) {
    command({ verb, action, update, schema: extensionOpinionSchema });
  }
}

const inTurn = oneAtATime();

const keyOf = (request: FastifyRequest) => (request.headers['idempotency-key'] as string | undefined) ?? randomUUID();

/** @throws Refusal resource.not-found also for what exists but is another's: its existence is not told. */
async function visibleCase(api: ApiContext, account: Account, caseType: CaseType, caseId: string): Promise<ListedCase> {
  const row = await findCase(api.db, account, caseId);
  if (row?.case.caseType === caseType) return row;
  throw new Refusal('resource.not-found', '没有这个事项，或不属于您的单位', {
    remedy: '请核对事项编号，或由承办单位办理',
  });
}
