/**
 * Sign-in state: one opaque token, sent as a cookie by browsers or as a bearer token by department systems. The cookie is
 * SameSite=Strict and HttpOnly, so that other sites cannot act for a signed-in official.
 */
import cookie from '@fastify/cookie';
import type { FastifyContextConfig, FastifyRequest, FastifySchema } from 'fastify';
import fp from 'fastify-plugin';
import type { Database } from '../../db/postgres/client.ts';
import { accountOfSession, type Account } from '../../db/queries/accounts.ts';
import { Refusal, type ErrorCode } from '../../domain/errors.ts';
import { isProvince } from '../../domain/organs/region-code.ts';
import { ROLES, type Role } from '../../domain/organs/roles.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The session cookie's name. */
    sessionCookie: string;
  }
  interface FastifyRequest {
    account: Account | null;
  }
  interface FastifyContextConfig {
    /** Also open to accounts that have not yet changed the password an administrator gave them. */
    oneTimePassword?: boolean;
  }
}

/** The bearer token of department systems. Pages of other origins cannot send one. */
export const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];

export const cookieOf = ({ cookies, server }: FastifyRequest): string | undefined => cookies[server.sessionCookie];

export const tokenOf = (request: FastifyRequest): string | undefined => bearerOf(request) ?? cookieOf(request);

/** The account that asks, for the session's own routes. @throws Refusal auth.required */
export function identified(request: FastifyRequest): Account {
  if (!request.account) {
    throw new Refusal('auth.required', '您尚未登录或登录已失效', { remedy: '请在 POST /api/v1/session 登录后重试' });
  }
  return request.account;
}

/**
 * The account that asks. Accounts that still have an administrator's password must change it first.
 * @throws Refusal auth.required, auth.password-change-required
 */
export function signedIn(request: FastifyRequest): Account {
  const account = identified(request);
  if (!account.mustChangePassword) return account;
  throw new Refusal('auth.password-change-required', '您正在使用一次性密码，须先修改密码', {
    remedy: '请修改密码（PUT /api/v1/session/password）后继续',
  });
}

/**
 * Lets only these roles in. Used as a route's `preParsing`: after its rate limit, and before the body is read, so that
 * refusals do not show what the route takes.
 * @throws Refusal auth.required, access.denied
 */
export function requireRole(...roles: Role[]) {
  return async (request: FastifyRequest) => {
    const { role } = signedIn(request);
    if (roles.includes(role)) return;
    const allowed = roles.map((r) => ROLES[r]).join('、');
    throw new Refusal('access.denied', `此操作只能由${allowed}办理，您的角色是${ROLES[role]}`, {
      remedy: '请由有权人员登录后办理',
      article: '第四条第二款',
    });
  };
}

/**
 * For what the whole province shares (calendar, limits, catalogue, dead letters): a county's administrator manages only
 * the county's accounts and departments. Use after `requireRole`. @throws Refusal access.denied
 */
export async function requireProvince(request: FastifyRequest): Promise<void> {
  if (isProvince(signedIn(request).regionCode)) return;
  throw new Refusal('access.denied', '此操作影响全省，只能由省级平台管理员办理', {
    remedy: '请报请省级平台管理员办理',
    article: '第四条第一款',
  });
}

/** Open routes say `security: []`; pages and documents are hidden from the description. All others need sign-in. */
export const isOpen = (schema: FastifySchema | undefined): boolean =>
  schema?.security?.length === 0 || schema?.hide === true;

/** The access errors that a route may answer with, for its description. */
export function accessErrors(schema: FastifySchema, config: FastifyContextConfig = {}): ErrorCode[] {
  if (isOpen(schema)) return [];
  return config.oneTimePassword ? ['auth.required'] : ['auth.required', 'auth.password-change-required'];
}

export default fp<{ db: Database; cookieSecure: boolean }>(async (app, { db, cookieSecure }) => {
  await app.register(cookie);
  // Browsers accept the `__Host-` prefix only over HTTPS and from this very host: no sister site can set the cookie.
  app.decorate('sessionCookie', cookieSecure ? '__Host-xietong_session' : 'xietong_session');
  app.decorateRequest('account', null);
  // Runs before a route's own preParsing (requireRole), and before the body is parsed or validated.
  app.addHook('preParsing', async (request) => {
    const { schema, config } = request.routeOptions;
    // Open routes skip the session: the liveness check must answer signed-in browsers while PostgreSQL is away.
    if (request.is404 || isOpen(schema)) return;
    const token = tokenOf(request);
    if (token) request.account = (await accountOfSession(db, token)) ?? null;
    if (config.oneTimePassword) identified(request);
    else signedIn(request);
  });
});
