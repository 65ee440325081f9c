import { Readable } from 'node:stream';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { decideOnList } from '../../db/accounts/list-decisions.ts';
import { collectPasswords, issuePasswords } from '../../db/accounts/list-passwords.ts';
import { accountListRowsAfter, findAccountList, listAccountLists } from '../../db/queries/account-lists.ts';
import { Refusal } from '../../domain/errors.ts';
import { keysOf } from '../../domain/keys.ts';
import {
  ACCOUNT_LIST_ACTS,
  ACCOUNT_LIST_STATES,
  mayReadList,
  passphraseSchema,
} from '../../domain/organs/account-lists.ts';
import { reasonSchema } from '../../domain/organs/accounts.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { normaliseReceipt } from '../../domain/receipts/receipt-number.ts';
import { passwordFile } from '../accounts/password-file.ts';
import type { ApiContext, App, RouteOptions } from '../context.ts';
import { cursorPage, cursorPageQuery, cursorPageSchema } from '../http/cursor-pages.ts';
import { streamedText } from '../http/streaming.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { accountListRowSchema, accountListSchema, viewAccountList, viewAccountListRow } from '../views/account-list.ts';

const TAG = '账号名册';
const PATH = '/api/v1/admin/account-lists';
/** Lists whose passwords are collected in one file: those of a province's regions. */
const MOST_COLLECTED = 200;
/** Each guess of a passphrase costs as much as one of a password. */
const TRIES = { rateLimit: { max: 60, timeWindow: '1 minute' } };

const HOLDERS = ['department-lead', 'platform-administrator'] as const;
const readers = requireRole('department-lead', 'registering-authority', 'platform-administrator', 'auditor');
const params = z.object({ no: z.string().max(60).describe('名册编号') });
const pageSchema = cursorPageSchema(accountListSchema);
const rowsSchema = cursorPageSchema(accountListRowSchema);
const READ_ERRORS = ['input.invalid', 'auth.required', 'access.denied', 'resource.not-found'] as const;
const ACT_ERRORS = [...READ_ERRORS, 'account-list.not-at-stage', 'review.same-person'] as const;

export type AccountListPage = z.infer<typeof pageSchema>;
export type AccountListRowsPage = z.infer<typeof rowsSchema>;

/** 账号名册：部门负责人成批申请账号，经同级登记机关审核，由平台管理员开通 (第四条第二款) */
export default async function accountListRoutes(app: App, api: ApiContext, options: RouteOptions) {
  registerReading(app, api);
  for (const verb of ['endorse', 'open', 'refuse'] as const) registerDecision(app, api, verb);
  registerIssue(app, api, options.oneTimePasswordDays);
  registerCollect(app, api);
}

/** @throws Refusal resource.not-found, also for a list that the account may not read. */
async function readable(api: ApiContext, reader: Actor, typed: string) {
  const list = await findAccountList(api.db, numberOf(typed));
  if (list && mayReadList(reader, list)) return list;
  throw new Refusal('resource.not-found', '没有这个名册，或不由您办理', { remedy: '请核对名册编号' });
}

const numberOf = (typed: string): string => normaliseReceipt(typed) ?? '';

function registerReading(app: App, api: ApiContext): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    PATH,
    {
      preParsing: readers,
      schema: {
        tags: [TAG],
        operationId: 'accountList.list',
        summary: '账号名册：部门负责人查看本部门的，其他人员查看本区域的，后上报的在前',
        querystring: z.object({
          state: z.enum(keysOf(ACCOUNT_LIST_STATES)).optional().describe('状态'),
          ...cursorPageQuery(z.coerce.number().int().positive()),
        }),
        response: { 200: pageSchema, ...problems('input.invalid', 'auth.required', 'access.denied') },
      },
    },
    async (request) => {
      const reader = signedIn(request);
      const found = await listAccountLists(api.db, reader, request.query);
      return cursorPage(found, request.query.limit, {
        show: (list) => viewAccountList(api.reference, reader, list),
        cursorOf: ({ id }) => String(id),
      });
    },
  );
  routes.get(
    `${PATH}/:no`,
    {
      preParsing: readers,
      schema: {
        tags: [TAG],
        operationId: 'accountList.read',
        summary: '一份账号名册',
        params,
        response: { 200: accountListSchema, ...problems(...READ_ERRORS) },
      },
    },
    async (request) => {
      const reader = signedIn(request);
      return viewAccountList(api.reference, reader, await readable(api, reader, request.params.no));
    },
  );
  routes.get(
    `${PATH}/:no/rows`,
    {
      preParsing: readers,
      schema: {
        tags: [TAG],
        operationId: 'accountList.rows',
        summary: '名册中的账号，按文件中的次序',
        params,
        querystring: z.object(cursorPageQuery(z.coerce.number().int().positive())),
        response: { 200: rowsSchema, ...problems(...READ_ERRORS) },
      },
    },
    async (request) => {
      const reader = signedIn(request);
      const { cursor = 0, limit } = request.query;
      const { id } = await readable(api, reader, request.params.no);
      const found = await accountListRowsAfter(api.db, id, cursor, limit);
      return cursorPage(found, limit, {
        show: (row) => viewAccountListRow(api.reference, reader, row),
        cursorOf: ({ row }) => String(row.line),
      });
    },
  );
}

const SUMMARIES = {
  endorse: '同级登记机关审核同意；本级没有账号的，由上级登记机关审核',
  open: '开通名册中的账号；上报人、审核人和开通人不得为同一人。账号随即陆续开通，密码由上报单位另行生成',
  refuse: '不予开通；理由告知上报单位',
} as const;

function registerDecision(app: App, api: ApiContext, verb: keyof typeof SUMMARIES): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `${PATH}/:no/${verb}`,
    {
      preParsing: requireRole(...ACCOUNT_LIST_ACTS[verb].roles),
      schema: {
        tags: [TAG],
        operationId: `accountList.${verb}`,
        summary: SUMMARIES[verb],
        params,
        body: z.object({ reason: verb === 'refuse' ? reasonSchema : reasonSchema.default('同意') }),
        response: { 200: accountListSchema, ...problems(...ACT_ERRORS, 'account.own') },
      },
    },
    async (request) => {
      const actor = signedIn(request);
      const { reason } = request.body;
      const list = await decideOnList(api, actor, verb, { no: numberOf(request.params.no), reason });
      return viewAccountList(api.reference, actor, list);
    },
  );
}

function registerIssue(app: App, api: ApiContext, workingDays: number): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `${PATH}/:no/issue`,
    {
      preParsing: requireRole(...HOLDERS),
      config: TRIES,
      schema: {
        tags: [TAG],
        operationId: 'accountList.issue',
        summary: '为名册中新开、尚未启用的账号生成一次性密码，以文件口令密封；再次生成的，此前的密码作废',
        params,
        body: z.object({ passphrase: passphraseSchema, reason: reasonSchema.default('生成一次性密码') }),
        response: { 200: accountListSchema, ...problems(...ACT_ERRORS, 'account-list.nothing-to-issue') },
      },
    },
    async (request) => {
      const actor = signedIn(request);
      const list = await issuePasswords(api, actor, {
        ...request.body,
        no: numberOf(request.params.no),
        workingDays,
      });
      return viewAccountList(api.reference, actor, list);
    },
  );
}

function registerCollect(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `${PATH}/collect`,
    {
      preParsing: requireRole(...HOLDERS),
      config: TRIES,
      schema: {
        tags: [TAG],
        operationId: 'accountList.collect',
        summary: '领取一次性密码：以文件口令加密的 ZIP（AES-256），每份名册一个工作簿。只能领取一次，领取后平台即删除',
        body: z.object({
          nos: z.array(z.string().max(60)).min(1).max(MOST_COLLECTED).describe('名册编号；须为同一口令'),
          passphrase: z.string().min(1, '请填写文件口令').max(100).describe('生成密码时填写的文件口令'),
        }),
        response: {
          200: { description: '加密的 ZIP 文件', content: { 'application/zip': { schema: streamedText } } },
          ...problems(...ACT_ERRORS, 'account-list.passphrase-wrong', 'account-list.passwords-expired'),
        },
      },
    },
    async (request, reply) => {
      const { passphrase } = request.body;
      const order = { nos: request.body.nos.map(numberOf), passphrase };
      const file = await collectPasswords(api, signedIn(request), order, (lists) =>
        passwordFile(api.reference, passphrase.normalize('NFKC'), lists),
      );
      return (
        reply
          .header('content-type', 'application/zip')
          .header('content-disposition', 'attachment; filename="passwords.zip"')
          // It is handed out once; no cache may keep it.
          .header('cache-control', 'no-store')
          .send(Readable.from([file]))
      );
    },
  );
}
