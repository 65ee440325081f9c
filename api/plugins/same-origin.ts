/**
 * Lets only the console's own pages change something with the session cookie. SameSite=Strict keeps other sites out, but
 * not sister sites: all pages under one registrable domain (*.hunan.gov.cn) are same-site.
 * A bearer token needs no check: no page of another origin can send one.
 */
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Refusal, type ErrorCode } from '../../domain/errors.ts';
import { bearerOf, cookieOf } from './auth.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Other origins whose pages may call this route with the session cookie. */
    callers?: string[];
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

function isForeign({ headers, host, routeOptions }: FastifyRequest): boolean {
  const { origin } = headers;
  if (origin !== undefined && routeOptions.config.callers?.includes(origin)) return false;
  // Set by the browser itself, so a proxy that changes host names does not matter.
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
  return origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host);
}

/** The error code of this check, for a route's description. */
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
