import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { countInterrupted } from '../../db/cases/interrupted.ts';
import { ping } from '../../db/postgres/client.ts';
import { stubbornRows } from '../../db/queries/outbox.ts';
import type { ApiContext, App } from '../context.ts';
import { within } from '../temporal.ts';

const PATIENCE = 2000;

const statusSchema = z.object({
  database: z.boolean(),
  temporal: z.boolean(),
  outbox: z
    .array(z.object({ id: z.int(), kind: z.string(), attempts: z.int() }))
    .nullable()
    .describe('多次未能送出的待发事项（最早的若干条，按其编号可在运行日志中查到原因）；读不到时为空'),
  interrupted: z.int().nullable().describe('已发现流程中断的在办事项件数，待 npm run restore 恢复；读不到时为空'),
});

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
      const [database, temporal, outbox, interrupted] = await Promise.all([
        reaches(ping(api.db)),
        reaches(within(api.temporal, PATIENCE, () => api.temporal.connection.workflowService.getSystemInfo({}))),
        inTime(stubbornRows(api.db)),
        inTime(countInterrupted(api.db)),
      ]);
      return reply.code(database ? 200 : 503).send({ database, temporal, outbox, interrupted });
    },
  );
}

const reaches = async (probe: Promise<unknown>): Promise<boolean> => (await inTime(probe.then(() => true))) ?? false;

/** @returns null if there is no answer in time, or an error. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  const patience = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), PATIENCE).unref();
  });
  return Promise.race([answer.catch(() => null), patience]);
}
