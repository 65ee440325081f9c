/**
 * Refuses what a command or query says and no schema reads: a misspelt condition would otherwise list everything, a misspelt
 * field be lost. Registrations are official data with fields of their own: there the answer names what was not read (第六条:
 * 准确性、完整性).
 */
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { unknownKeys } from '../../domain/unknown-keys.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Fields of the body that were not read. Empty unless the route names them. */
    unreadFields: string[];
  }
  interface FastifyContextConfig {
    /** What becomes of fields of the body that the schema does not know. Absent: they are refused. */
    unknownFields?: 'named';
  }
}

/** Keys that are named: a sender may have written thousands. */
const MOST_NAMED = 20;
const LONGEST = 100;

export default fp(async (app) => {
  app.decorateRequest('unreadFields', null as unknown as string[]);
  app.addHook('preValidation', async (request) => {
    request.unreadFields = [];
    const { schema, url = '' } = request.routeOptions;
    if (!url.startsWith('/api/') || request.is404) return;
    // A route without conditions takes none.
    refuse(unread(schema?.querystring ?? NOTHING, request.query), '查询条件');
    const fields = unread(schema?.body, request.body);
    if (request.routeOptions.config.unknownFields === 'named') request.unreadFields = named(fields);
    else refuse(fields, '字段');
  });
});

const NOTHING = z.object({});

const unread = (schema: unknown, value: FastifyRequest['query']): string[] =>
  schema instanceof z.ZodType ? unknownKeys(schema, value) : [];

const named = (keys: readonly string[]): string[] => keys.slice(0, MOST_NAMED).map((key) => key.slice(0, LONGEST));

/** @throws Refusal input.invalid naming the keys. */
export function refuse(keys: readonly string[], noun: '查询条件' | '字段'): void {
  if (keys.length === 0) return;
  const some = named(keys);
  const rest = keys.length > some.length ? `等${keys.length}个` : '';
  throw new Refusal('input.invalid', `没有名为${some.map((key) => `“${key}”`).join('、')}${rest}的${noun}，没有办理`, {
    remedy: '请对照接口文档（/docs）核对名称，更正或删除后重新提交',
    details: some.map((key) => ({ path: `/${key.replaceAll('.', '/')}`, message: `没有这个${noun}，请更正或删除` })),
  });
}
