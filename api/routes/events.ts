import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { accountOfSession } from '../../db/queries/accounts.ts';
import { Refusal } from '../../domain/errors.ts';
import type { ApiContext, App, RouteOptions } from '../context.ts';
import { EventStream } from '../http/event-stream.ts';
import { signedIn, tokenOf } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { streamedText } from '../http/streaming.ts';

/** Pages of one account at once, in one process: many more than a person has open. */
const MOST_STREAMS = 20;
/** Apart from the general limit: an office whose pages all return after a restart must not lose its other requests. */
const OPENING_LIMIT = { max: 600, timeWindow: '1 minute' };

/** 实时更新：只告知哪类事项有变化，内容由页面另行查询 */
export default async function eventRoutes(app: App, api: ApiContext, { heartbeat }: RouteOptions) {
  const streams = new Set<EventStream>();
  const ofAccount = (username: string) => [...streams].filter(({ actor }) => actor.username === username).length;
  const leave = api.changes.subscribe((change) => streams.forEach((stream) => stream.tell(change)));
  // Else the server would wait for pages that never end by themselves.
  app.addHook('preClose', async () => {
    leave();
    streams.forEach((stream) => stream.end());
  });

  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/events',
    {
      // HEAD would open a stream that nobody reads.
      exposeHeadRoute: false,
      config: { rateLimit: OPENING_LIMIT },
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
          // The connection serves nothing else, and is not to be waited for when the server stops.
          .header('connection', 'close')
          // nginx would keep events back until its buffer is full.
          .header('x-accel-buffering', 'no')
          .send(stream.out)
      );
    },
  );
}

/** Who has signed out, whose time is up and who was disabled hears no more. */
async function beat(api: ApiContext, stream: EventStream, token: string): Promise<void> {
  try {
    const account = await accountOfSession(api.db, token);
    if (!account) return stream.end();
    stream.actor = account;
  } catch {
    // While PostgreSQL is away nothing is told either; a browser that is cut off now would be refused and not return.
  }
  stream.beat();
}
