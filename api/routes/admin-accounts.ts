import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { regionCodeField } from '../../domain/fields.ts';
import { cursorPage, cursorPageQuery, cursorPageSchema } from '../http/cursor-pages.ts';
import { listAccounts, resetPassword, setAccount, switchAccount } from '../../db/accounts/changes.ts';
import { changeSchema, reasonSchema } from '../../domain/organs/accounts.ts';
import { ROLES } from '../../domain/organs/roles.ts';
import { managedAccountSchema, viewManagedAccount } from '../views/account.ts';
import type { ApiContext, App, RouteOptions } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { keysOf } from '../../domain/keys.ts';

const TAG = '账号管理';
const PATH = '/api/v1/admin/accounts';

const roles = keysOf(ROLES);
const params = z.object({ username: z.string().max(100) });
const reasoned = z.object({ reason: reasonSchema });
const pageSchema = cursorPageSchema(managedAccountSchema);
const resetSchema = z.object({ password: z.string().describe('一次性密码：只显示这一次，登录后须先修改') });
const administrators = requireRole('platform-administrator');
const ERRORS = ['input.invalid', 'auth.required', 'access.denied', 'resource.not-found', 'account.own'] as const;

export type AccountPage = z.infer<typeof pageSchema>;
export type PasswordReset = z.infer<typeof resetSchema>;

/** 账号管理：变更、停用、恢复、重置密码，均留痕 (第四条第二款) */
export default async function adminAccountRoutes(app: App, api: ApiContext, options: RouteOptions) {
  registerList(app, api);
  registerChange(app, api);
  registerSwitch(app, api, 'disable', '停用账号，其登录立即失效');
  registerSwitch(app, api, 'enable', '恢复停用的账号');
  registerReset(app, api, options.oneTimePasswordDays);
}

function registerList(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    PATH,
    {
      preParsing: requireRole('platform-administrator', 'department-lead', 'registering-authority'),
      schema: {
        tags: [TAG],
        operationId: 'account.list',
        summary: '账号：部门负责人查看本部门的，登记机关和平台管理员查看本区域的',
        querystring: z.object({
          q: z.string().trim().max(100).optional().describe('账号或姓名中的文字'),
          role: z.enum(roles).optional().describe('角色'),
          region: regionCodeField().optional().describe('行政区划代码（含下级）'),
          department: z.string().max(60).optional().describe('部门代码'),
          disabled: z.stringbool().optional().describe('是否停用'),
          ...cursorPageQuery(z.string().max(100)),
        }),
        response: { 200: pageSchema, ...problems('input.invalid', 'auth.required', 'access.denied') },
      },
    },
    async (request) => {
      const { limit } = request.query;
      const found = await listAccounts(api.db, signedIn(request), request.query);
      return cursorPage(found, limit, {
        show: (row) => viewManagedAccount(api.reference, row),
        cursorOf: ({ username }) => username,
      });
    },
  );
}

function registerChange(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().patch(
    `${PATH}/:username`,
    {
      preParsing: administrators,
      schema: {
        tags: [TAG],
        operationId: 'account.change',
        summary: '变更账号的姓名、角色、区域、部门；平台管理员也由此设定',
        params,
        body: changeSchema,
        response: {
          200: managedAccountSchema,
          ...problems(...ERRORS, 'region.unknown', 'department.unknown'),
        },
      },
    },
    async (request) => {
      const changed = await setAccount(api, signedIn(request), request.params.username, request.body);
      return viewManagedAccount(api.reference, changed);
    },
  );
}

function registerSwitch(app: App, api: ApiContext, verb: 'disable' | 'enable', summary: string): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `${PATH}/:username/${verb}`,
    {
      preParsing: requireRole('platform-administrator', 'department-lead'),
      schema: {
        tags: [TAG],
        operationId: `account.${verb}`,
        summary: `${summary}；部门负责人限本部门经办人`,
        params,
        body: reasoned,
        response: { 200: managedAccountSchema, ...problems(...ERRORS) },
      },
    },
    async (request) => {
      const to = verb === 'disable' ? 'off' : 'on';
      const { username } = request.params;
      const changed = await switchAccount(api, signedIn(request), username, to, request.body.reason);
      return viewManagedAccount(api.reference, changed);
    },
  );
}

function registerReset(app: App, api: ApiContext, workingDays: number): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `${PATH}/:username/reset-password`,
    {
      preParsing: administrators,
      schema: {
        tags: [TAG],
        operationId: 'account.resetPassword',
        summary: '重置密码：返回一次性密码，其登录立即失效',
        params,
        body: reasoned,
        response: { 200: resetSchema, ...problems(...ERRORS) },
      },
    },
    async (request, reply) => {
      const order = { ...request.body, workingDays };
      const password = await resetPassword(api, signedIn(request), request.params.username, order);
      // The password is told once; no cache may keep it.
      return reply.header('cache-control', 'no-store').send({ password });
    },
  );
}
