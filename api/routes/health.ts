import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ping } from '../../db/postgres/client.ts';
import type { ApiContext, App } from '../context.ts';
import { within } from '../temporal.ts';

const PATIENCE = 2000;

const statusSchema = z.object({ database: z.boolean(), temporal: z.boolean() });

/** Live: the process answers. Ready: registrations can be accepted, which needs PostgreSQL but not Temporal. */
export default async function healthRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/health/live',
    {
      schema: {
        tags: ['运行状态'],
        operationId: 'health.live',
        summary: '进程存活',
        security: [],
        response: { 200: z.object({ live: z.literal(true) }) },
      },
    },
    async () => ({ live: true as const }),
  );
  routes.get(
    '/health/ready',
    {
      schema: {
        tags: ['运行状态'],
        operationId: 'health.ready',
        summary: '可受理：数据库可用即可受理登记信息，流程引擎停机期间不丢失',
        security: [],
        response: { 200: statusSchema, 503: statusSchema },
      },
    },
    async (_, reply) => {
      const [database, temporal] = await Promise.all([
        reaches(ping(api.db)),
        reaches(within(api.temporal, PATIENCE, () => api.temporal.connection.workflowService.getSystemInfo({}))),
      ]);
      return reply.code(database ? 200 : 503).send({ database, temporal });
    },
  );
}

async function reaches(probe: Promise<unknown>): Promise<boolean> {
  const patience = new Promise<false>((resolve) => {
    setTimeout(() => resolve(false), PATIENCE).unref();
  });
  return Promise.race([probe.then(() => true).catch(() => false), patience]);
}
