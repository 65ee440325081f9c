/** Lets files wait while people's requests are being answered, because both share this process and its connections. */
import type { ServerResponse } from 'node:http';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyInstance {
    /** Waits until no person's request is being answered. @param atMost in ms, so that a file goes on all the same. */
    giveWay: (atMost: number) => Promise<void>;
  }
  interface FastifyContextConfig {
    /** A file, or an answer without an end: nothing gives way to it. */
    isBulk?: boolean;
  }
}

export default fp(async (app) => {
  const underWay = new Set<ServerResponse>();
  const waiting = new Set<() => void>();
  app.addHook('onRequest', async ({ routeOptions }, { raw }) => {
    if (routeOptions.config.isBulk) return;
    underWay.add(raw);
    // Also emitted where the client went away and no answer was sent.
    raw.once('close', () => {
      underWay.delete(raw);
      if (underWay.size === 0) waiting.forEach((goOn) => goOn());
    });
  });
  app.decorate('giveWay', async (atMost: number) => {
    if (underWay.size === 0) return;
    await new Promise<void>((resolve) => {
      const goOn = () => {
        clearTimeout(timer);
        waiting.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, atMost);
      waiting.add(goOn);
    });
  });
});
