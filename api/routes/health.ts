import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { countInterrupted } from '../../db/cases/interrupted.ts';
import { ping } from '../../db/postgres/client.ts';
import { currentReadings } from '../../db/queries/clock-readings.ts';
import { stubbornRows } from '../../db/queries/outbox.ts';
import { largestSkew, PROCESS_KINDS } from '../../domain/clock/skew.ts';
import type { ApiContext, App } from '../context.ts';
import { within } from '../../temporal/calls.ts';

const PATIENCE = 2000;

const offsetMs = z.int().describe('超前于数据库时钟的毫秒数，负数为落后');
const errorMs = z.int().describe('测量误差（毫秒）');

const clocksSchema = z
  .object({
    largestSkewMs: z.int().describe('任意两个时钟之间的最大偏差（毫秒，已减去测量误差），超过1000须校时'),
    readings: z.array(
      z.object({
        process: z.enum(PROCESS_KINDS),
        measuredAt: z.iso.datetime(),
        offsetMs,
        errorMs,
        temporal: z.object({ offsetMs, errorMs }).nullable().describe('流程引擎的时钟，由 worker 测量；未测得时为空'),
      }),
    ),
  })
  .nullable()
  .describe('各进程与流程引擎的时钟同数据库时钟的偏差，每分钟测量一次；读不到时为空');

const statusSchema = z.object({
  database: z.boolean(),
  temporal: z.boolean(),
  outbox: z
    .array(z.object({ id: z.int(), kind: z.string(), attempts: z.int() }))
    .nullable()
    .describe('多次未能送出的待发事项（最早的若干条，按其编号可在运行日志中查到原因）；读不到时为空'),
  clocks: clocksSchema,
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
      const [database, temporal, outbox, interrupted, clocks] = await Promise.all([
        reaches(ping(api.db)),
        reaches(within(api.temporal, PATIENCE, () => api.temporal.connection.workflowService.getSystemInfo({}))),
        inTime(stubbornRows(api.db)),
        inTime(countInterrupted(api.db)),
        inTime(clocksOf(api)),
      ]);
      return reply.code(database ? 200 : 503).send({ database, temporal, outbox, interrupted, clocks });
    },
  );
}

async function clocksOf({ db }: ApiContext) {
  const readings = await currentReadings(db);
  return {
    largestSkewMs: largestSkew(readings),
    // Hosts are named in the log alone: anybody may ask here.
    readings: readings.map(({ instance: _, measuredAt, ...reading }) => ({
      ...reading,
      measuredAt: measuredAt.toISOString(),
    })),
  };
}

const reaches = async (probe: Promise<unknown>): Promise<boolean> => (await inTime(probe.then(() => true))) ?? false;

/** @returns null if there is no answer in time, or an error. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  const patience = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), PATIENCE).unref();
  });
  return Promise.race([answer.catch(() => null), patience]);
}
