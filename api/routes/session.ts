import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { replacePassword } from '../../db/accounts/changes.ts';
import { hashPassword, verifyPassword } from '../../db/accounts/passwords.ts';
import { closeSession, enabledAmong, findUser, openVerifiedSession } from '../../db/queries/accounts.ts';
import { demoAccountsOf } from '../../db/seed.ts';
import { Refusal } from '../../domain/errors.ts';
import { passwordSchema, tellsUsername } from '../../domain/organs/passwords.ts';
import { accountSchema, viewAccount } from '../views/account.ts';
import { legalNow, type ApiContext, type App, type RouteOptions } from '../context.ts';
import { identified, tokenOf } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

const optionsSchema = z.object({
  demo: z.boolean().describe('是否为演示'),
  demoAccounts: z
    .array(z.object({ username: z.string(), password: z.string(), title: z.string() }))
    .describe('演示账号；正式使用时为空'),
  workingDaySeconds: z.number().nullable().describe('加速时钟每个工作日的秒数；真实时钟为空'),
  province: z
    .object({
      code: z.string(),
      name: z.string(),
      platform: z.string().describe('平台的名称'),
      legalBasis: z.string().describe('办事规则所依的文件'),
    })
    .describe('平台所属的省、自治区、直辖市'),
});

export type SessionOptions = z.infer<typeof optionsSchema>;

const openedSchema = z.object({ token: z.string(), expiresAt: z.iso.datetime(), account: accountSchema });

const credentials = z.object({
  username: z.string().min(1, '请填写账号').max(100),
  password: z.string().min(1, '请填写密码').max(200),
});

const WINDOW = '1 minute';

/**
 * Slows down guessing of passwords, per client address and account, far above what a person mistypes. Counted by account
 * because a whole office may share one proxy: exhausting one account's tries locks nobody else out. Whoever tries one
 * password on many accounts meets the second limit, by address alone.
 */
function signInLimits(app: App, max: number) {
  const count = app.createRateLimit({
    max: 20,
    timeWindow: WINDOW,
    keyGenerator: ({ ip, account, body }: FastifyRequest) =>
      `${normalizeIP(ip)} ${account?.username ?? (body as z.infer<typeof credentials>).username}`,
  });
  const preHandler = async (request: FastifyRequest, reply: FastifyReply) => {
    const tried = await count(request);
    if (tried.isAllowed || !tried.isExceeded) return;
    void reply.header('retry-after', tried.ttlInSeconds);
    throw new Refusal('rate.limited', '该账号尝试过于频繁', { remedy: '请稍后再试' });
  };
  return { config: { rateLimit: { max, timeWindow: WINDOW } }, preHandler };
}

type SignInLimits = ReturnType<typeof signInLimits>;

export default async function sessionRoutes(app: App, api: ApiContext, options: RouteOptions) {
  const { cookieSecure, demo, signInLimit } = options;
  const limits = signInLimits(app, signInLimit);
  registerOptions(app, api, demo);
  registerPassword(app, api, limits);
  // Unknown accounts are verified against this hash, so that the time taken does not tell which accounts exist.
  const nobody = await hashPassword('nobody');
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    '/api/v1/session',
    {
      ...limits,
      schema: {
        tags: ['登录'],
        operationId: 'session.open',
        summary: '登录：浏览器得到 Cookie，业务系统使用返回的 token',
        security: [],
        body: credentials,
        response: {
          200: openedSchema,
          ...problems('input.invalid', 'auth.failed', 'auth.password-expired'),
        },
      },
    },
    async (request, reply) => {
      const { username, password } = request.body;
      const user = await findUser(api.db, username);
      const verified = await verifyPassword(password, user?.passwordHash || nobody);
      if (verified && user) refuseExpired(user, legalNow(api));
      const opened = user && verified ? await openVerifiedSession(api.db, user) : undefined;
      if (!user || !opened) {
        throw new Refusal('auth.failed', '账号或密码错误，或账号已停用', {
          remedy: '请核对后重试；忘记密码请联系平台管理员',
        });
      }
      const { token, expiresAt } = opened;
      void reply.setCookie(app.sessionCookie, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: cookieSecure,
        expires: expiresAt,
      });
      return {
        token,
        expiresAt: expiresAt.toISOString(),
        account: viewAccount(api.reference, user),
      };
    },
  );

  routes.get(
    '/api/v1/session',
    {
      config: { oneTimePassword: true },
      schema: {
        tags: ['登录'],
        operationId: 'session.read',
        summary: '当前账号',
        response: { 200: accountSchema, ...problems('auth.required') },
      },
    },
    async (request) => viewAccount(api.reference, identified(request)),
  );

  routes.delete(
    '/api/v1/session',
    {
      config: { oneTimePassword: true },
      schema: {
        tags: ['登录'],
        operationId: 'session.close',
        summary: '退出登录',
        response: { 204: z.null().describe('已退出'), ...problems('auth.required') },
      },
    },
    async (request, reply) => {
      await closeSession(api.db, tokenOf(request) ?? '');
      return reply.clearCookie(app.sessionCookie, { path: '/', secure: cookieSecure }).code(204).send(null);
    },
  );
}

/** Told only to whoever knows the password. @throws Refusal auth.password-expired */
function refuseExpired(
  { mustChangePassword, passwordExpiresAt }: { mustChangePassword: boolean; passwordExpiresAt: Date | null },
  now: Date,
): void {
  if (!mustChangePassword || !passwordExpiresAt || passwordExpiresAt > now) return;
  throw new Refusal('auth.password-expired', '一次性密码已过有效期', {
    remedy: '请由本部门负责人重新生成，或由平台管理员重置密码',
  });
}

function registerOptions(app: App, api: ApiContext, demo: boolean): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/session/options',
    {
      schema: {
        tags: ['登录'],
        operationId: 'session.options',
        summary: '登录页须知：平台所属的省、是否为演示、演示账号、加速时钟',
        security: [],
        response: { 200: optionsSchema, ...problems() },
      },
    },
    async () => {
      const { province, regions } = api.reference;
      const county = regions.resolve(province.demoCounty)?.name ?? province.name;
      const demoAccounts = demo ? await enabledAmong(api.db, demoAccountsOf(province, county)) : [];
      return { demo, demoAccounts, workingDaySeconds: api.clock.secondsPerWorkingDay, province };
    },
  );
}

const ownPasswordSchema = z.object({
  oldPassword: z.string('请填写原密码').min(1, '请填写原密码').max(200),
  newPassword: passwordSchema,
});

function registerPassword(app: App, api: ApiContext, { config, preHandler }: SignInLimits): void {
  app.withTypeProvider<ZodTypeProvider>().put(
    '/api/v1/session/password',
    {
      config: { ...config, oneTimePassword: true },
      preHandler,
      schema: {
        tags: ['登录'],
        operationId: 'session.changePassword',
        summary: '修改本人的密码；其他地方的登录随即失效',
        body: ownPasswordSchema,
        response: {
          200: accountSchema,
          ...problems('input.invalid', 'auth.required', 'auth.password-mismatch'),
        },
      },
    },
    async (request) => {
      const account = identified(request);
      const { oldPassword, newPassword } = request.body;
      const { username } = account;
      if (newPassword === oldPassword || tellsUsername(newPassword, username)) {
        throw new Refusal('input.invalid', '新密码不得与原密码相同，也不得含有账号', { remedy: '请另选密码' });
      }
      const from = (await findUser(api.db, username))?.passwordHash ?? '';
      const token = tokenOf(request) ?? '';
      const isVerified = await verifyPassword(oldPassword, from);
      if (!isVerified || !(await replacePassword(api, account, { from, to: await hashPassword(newPassword), token }))) {
        throw new Refusal('auth.password-mismatch', '原密码不正确，密码没有修改', {
          remedy: '请核对后重试；忘记密码请联系平台管理员',
        });
      }
      return viewAccount(api.reference, { ...account, mustChangePassword: false });
    },
  );
}
