/**
 * What changes something on the strength of the session's cookie comes from the console's own pages. SameSite=Strict keeps
 * other sites out, but not sister sites: every page under the same registrable domain (*.hunan.gov.cn) is same-site.
 * A bearer token is no cookie: no page of another origin can send one.
 */
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Refusal, type ErrorCode } from '../../domain/errors.ts';
import { bearerOf, cookieOf } from './auth.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Other origins whose pages may call this route with the session. */
    callers?: string[];
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

function isForeign({ headers, host, routeOptions }: FastifyRequest): boolean {
  const { origin } = headers;
  if (origin !== undefined && routeOptions.config.callers?.includes(origin)) return false;
  // Told by the browser itself, whatever names a proxy gives us.
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
  return origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host);
}

/** How a route may refuse the page that asks, for its description. */
export const originErrors = (methods: string | string[]): ErrorCode[] =>
  [methods].flat().every((method) => READS.has(method)) ? [] : ['access.denied'];

export default fp(async (app) => {
  app.addHook('onRequest', async (request) => {
    if (READS.has(request.method) || !cookieOf(request) || bearerOf(request)) return;
    if (!isForeign(request)) return;
    throw new Refusal('access.denied', '请求来自其他网站的页面，没有办理', {
      remedy: '请在本平台的页面上办理；业务系统请使用 Authorization: Bearer',
      article: '第十九条',
    });
  });
});
