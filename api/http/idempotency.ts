/** The Idempotency-Key header: a request sent again with its key is done once. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, '幂等键为1至200个可见 ASCII 字符')
    .optional()
    .describe('幂等键：同一键重复提交只办理一次'),
});

/** The sender's key, or a new one if none was sent. */
export const keyOf = (request: FastifyRequest) =>
  (request.headers['idempotency-key'] as string | undefined) ?? randomUUID();
