/**
 * Sign-in state: one opaque token, sent as cookie by browsers or as bearer by department systems. The cookie is
 * SameSite=Strict and HttpOnly, which is what keeps other sites from acting for a signed-in official.
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
    /** Open to whoever still has the password that an administrator told. */
    oneTimePassword?: boolean;
  }
}

/** What department systems send, and no page of another origin can. */
export const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];

export const cookieOf = ({ cookies, server }: FastifyRequest): string | undefined => cookies[server.sessionCookie];

export const tokenOf = (request: FastifyRequest): string | undefined => bearerOf(request) ?? cookieOf(request);

/** Who asks, for the routes of the session itself. @throws Refusal auth.required */
export function identified(request: FastifyRequest): Account {
  if (!request.account) {
    throw new Refusal('auth.required', '您尚未登录或登录已失效', { remedy: '请在 POST /api/v1/session 登录后重试' });
  }
  return request.account;
}

/**
 * Whoever signed in with a password that an administrator told does nothing before it is changed.
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
 * Lets only these roles in. As a route's `preParsing`: after its limit of requests, and before anything that was sent is
 * read, so that nobody learns from a refusal what a route takes that is not theirs. @throws Refusal auth.required, access.denied
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
 * For what is one for the whole province (calendar, limits, catalogue, dead letters): an administrator of a
 * county administers the county's accounts and departments. After `requireRole`. @throws Refusal access.denied
 */
export async function requireProvince(request: FastifyRequest): Promise<void> {
  if (isProvince(signedIn(request).regionCode)) return;
  throw new Refusal('access.denied', '此操作影响全省，只能由省级平台管理员办理', {
    remedy: '请报请省级平台管理员办理',
    article: '第四条第一款',
  });
}

/** Said by `security: []`; pages and documents, which no description lists, are for all. Whatever says nothing needs sign-in. */
const isOpen = (schema: FastifySchema | undefined): boolean => schema?.security?.length === 0 || schema?.hide === true;

/** How a route may refuse who asks, for its description. */
export function accessErrors(schema: FastifySchema, config: FastifyContextConfig = {}): ErrorCode[] {
  if (isOpen(schema)) return [];
  return config.oneTimePassword ? ['auth.required'] : ['auth.required', 'auth.password-change-required'];
}

export default fp<{ db: Database; cookieSecure: boolean }>(async (app, { db, cookieSecure }) => {
  await app.register(cookie);
  // By this prefix browsers let nobody else set it: no sister site, and no page that came in the clear.
  app.decorate('sessionCookie', cookieSecure ? '__Host-xietong_session' : 'xietong_session');
  app.decorateRequest('account', null);
  // Before a route's own preParsing (requireRole), and before its body is parsed or validated.
  app.addHook('preParsing', async (request) => {
    const { schema, config } = request.routeOptions;
    // What is open to all needs no account, and liveness must answer a signed-in browser while PostgreSQL is away.
    if (request.is404 || isOpen(schema)) return;
    const token = tokenOf(request);
    if (token) request.account = (await accountOfSession(db, token)) ?? null;
    if (config.oneTimePassword) identified(request);
    else signedIn(request);
  });
});
