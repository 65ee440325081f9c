import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hashPassword, verifyPassword } from '../../db/passwords.ts';
import { closeSession, findUser, openSession } from '../../db/queries/accounts.ts';
import { Refusal } from '../../domain/errors.ts';
import { ROLES, type Role } from '../../domain/roles.ts';
import type { App } from '../app.ts';
import type { ApiContext } from '../context.ts';
import { SESSION_COOKIE, signedIn, tokenOf } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

const accountSchema = z.object({
  username: z.string(),
  displayName: z.string(),
  role: z.string(),
  roleTitle: z.string(),
  regionCode: z.string(),
  departmentCode: z.string().nullable(),
});

const credentials = z.object({
  username: z.string().min(1, '请填写账号').max(100),
  password: z.string().min(1, '请填写密码').max(200),
});

/** Guessing passwords is made slow per client; the limit is far above what a person mistypes. */
const SIGN_IN_LIMIT = { max: 20, timeWindow: '1 minute' };

export default async function sessionRoutes(app: App, api: ApiContext, options: { cookieSecure: boolean }) {
  // Verified against where the account is unknown, so that the time taken tells nothing about which accounts exist.
  const nobody = await hashPassword('nobody');
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    '/api/v1/session',
    {
      config: { rateLimit: SIGN_IN_LIMIT },
      schema: {
        tags: ['登录'],
        operationId: 'session.open',
        summary: '登录：浏览器得到 Cookie，业务系统使用返回的 token',
        security: [],
        body: credentials,
        response: {
          200: z.object({ token: z.string(), expiresAt: z.iso.datetime(), account: accountSchema }),
          ...problems('input.invalid', 'auth.failed'),
        },
      },
    },
    async (request, reply) => {
      const { username, password } = request.body;
      const user = await findUser(api.db, username);
      const verified = await verifyPassword(password, user?.passwordHash ?? nobody);
      if (!user || !verified) {
        throw new Refusal('auth.failed', '账号或密码错误，或账号已停用', {
          remedy: '请核对后重试；忘记密码请联系平台管理员',
        });
      }
      const { token, expiresAt } = await openSession(api.db, username);
      void reply.setCookie(SESSION_COOKIE, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: options.cookieSecure,
        expires: expiresAt,
      });
      return { token, expiresAt: expiresAt.toISOString(), account: view({ ...user, role: user.role as Role }) };
    },
  );

  routes.get(
    '/api/v1/session',
    {
      schema: {
        tags: ['登录'],
        operationId: 'session.read',
        summary: '当前账号',
        response: { 200: accountSchema, ...problems('auth.required') },
      },
    },
    async (request) => view(signedIn(request)),
  );

  routes.delete(
    '/api/v1/session',
    {
      schema: {
        tags: ['登录'],
        operationId: 'session.close',
        summary: '退出登录',
        response: { 204: z.null().describe('已退出'), ...problems('auth.required') },
      },
    },
    async (request, reply) => {
      signedIn(request);
      await closeSession(api.db, tokenOf(request) ?? '');
      return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send(null);
    },
  );
}

interface Person {
  username: string;
  displayName: string;
  role: Role;
  regionCode: string;
  departmentCode: string | null;
}

function view({ username, displayName, role, regionCode, departmentCode }: Person) {
  return { username, displayName, role, roleTitle: ROLES[role], regionCode, departmentCode };
}
