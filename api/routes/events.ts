import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { accountOfSession } from '../../db/queries/accounts.ts';
import { Refusal } from '../../domain/errors.ts';
import type { ApiContext, App, RouteOptions } from '../context.ts';
import { EventStream } from '../http/event-stream.ts';
import { signedIn, tokenOf } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { streamedText } from '../http/streaming.ts';

/** Open streams of one account in one process: many more than a person opens pages. */
const MOST_STREAMS = 20;
/**
 * Separate from the general limit: when an office's pages all reconnect after a restart, its other requests must not be
 * refused.
 */
const OPENING_LIMIT = { max: 600, timeWindow: '1 minute' };

/** 实时更新：只告知哪类事项有变化，内容由页面另行查询 */
export default async function eventRoutes(app: App, api: ApiContext, { heartbeat }: RouteOptions) {
  const streams = new Set<EventStream>();
  const ofAccount = (username: string) => [...streams].filter(({ actor }) => actor.username === username).length;
  const leave = api.changes.subscribe((change) => streams.forEach((stream) => stream.tell(change)));
  // Ends the streams, for which the server would otherwise wait for ever.
  app.addHook('preClose', async () => {
    leave();
    streams.forEach((stream) => stream.end());
  });

  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/events',
    {
      // A HEAD route would open a stream that nobody reads.
      exposeHeadRoute: false,
      config: { rateLimit: OPENING_LIMIT, isBulk: true },
      schema: {
        tags: ['实时更新'],
        operationId: 'events.listen',
        summary: '本人可见事项的变化（server-sent events）：cases 事项有变化，notices 有新通知；断线重连后请重新查询',
        response: {
          200: {
            description: 'event: cases，data: {"types":["registrationPush"]}；event: notices，data: {}',
            content: { 'text/event-stream': { schema: streamedText } },
          },
          ...problems('auth.required'),
        },
      },
    },
    async (request, reply) => {
      const account = signedIn(request);
      if (ofAccount(account.username) >= MOST_STREAMS) {
        throw new Refusal('rate.limited', `同一账号最多同时打开${MOST_STREAMS}个实时更新的页面`, {
          remedy: '请关闭不用的页面后刷新',
        });
      }
      const stream = new EventStream(account);
      streams.add(stream);
      const token = tokenOf(request) ?? '';
      const check = setInterval(() => void beat(api, stream, token), heartbeat).unref();
      stream.out.on('close', () => {
        streams.delete(stream);
        clearInterval(check);
      });
      return (
        reply
          .type('text/event-stream; charset=utf-8')
          .header('cache-control', 'no-store')
          // Ends the connection with the stream, so that the server need not wait for it when it stops.
          .header('connection', 'close')
          // Keeps nginx from holding events back until its buffer is full.
          .header('x-accel-buffering', 'no')
          .send(stream.out)
      );
    },
  );
}

/** Ends the stream of an account that signed out, expired or was disabled. */
async function beat(api: ApiContext, stream: EventStream, token: string): Promise<void> {
  try {
    const account = await accountOfSession(api.db, token);
    if (!account) return stream.end();
    stream.actor = account;
  } catch {
    // Keep the stream while PostgreSQL is away: no events come anyway, and a browser cut off now would be refused and not
    // return.
  }
  stream.beat();
}
