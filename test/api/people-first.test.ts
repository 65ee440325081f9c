/** Files give way to people: a batch waits while somebody's request is being answered, for a bounded time. */
import fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import peopleFirst from '../../api/plugins/people-first.ts';
import { eventually } from '../support/product.ts';

const app = fastify({ forceCloseConnections: true });
/** Lets the answers under way go out. */
let answer: () => void = () => undefined;
let served = new Promise<void>(() => undefined);
let arrived = 0;
let url = '';

beforeAll(async () => {
  await app.register(peopleFirst);
  const serve = async () => {
    arrived += 1;
    await served;
    return {};
  };
  app.get('/person', serve);
  app.get('/file', { config: { isBulk: true } }, serve);
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

/** A request that has reached its handler and is not answered yet. */
async function underWay(path: string, signal?: AbortSignal) {
  const before = arrived;
  served = new Promise((resolve) => {
    answer = resolve;
  });
  const asked = fetch(`${url}${path}`, { signal });
  asked.catch(() => undefined);
  await eventually(
    async () => arrived,
    (count) => count > before,
  );
  return { asked };
}

const waited = async (atMost: number) => {
  const began = performance.now();
  await app.giveWay(atMost);
  return performance.now() - began;
};

it('waits for no one where no one is served', async () => {
  expect(await waited(10_000)).toBeLessThan(1000);
});

it('waits until the last person is answered', async () => {
  const { asked } = await underWay('/person');
  let isOver = false;
  const waiting = waited(30_000).then(() => (isOver = true));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isOver).toBe(false);
  answer();
  await asked;
  await waiting;
  expect(await waited(10_000)).toBeLessThan(1000);
});

it('goes on after the time that it is given, though somebody is still being served', async () => {
  const { asked } = await underWay('/person');
  expect(await waited(50)).toBeLessThan(5000);
  answer();
  await asked;
});

it('does not wait for a client that went away', async () => {
  const gone = new AbortController();
  await underWay('/person', gone.signal);
  gone.abort();
  expect(await waited(30_000)).toBeLessThan(10_000);
  answer();
});

it('does not wait for other files', async () => {
  const { asked } = await underWay('/file');
  expect(await waited(10_000)).toBeLessThan(1000);
  answer();
  await asked;
});
