/**
 * The demonstration meets a system that answers "later": it waits as told, repeats the same request, and gives up after a
 * while.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { describeFailure } from '../../runtime/describe-failure.ts';
import { Story } from '../../scripts/lib/demo/story.ts';

interface Answer {
  status: number;
  retryAfter?: string;
  body?: unknown;
}

const OK: Answer = { status: 200, body: { stage: 'claimed' } };
const later = (retryAfter?: string): Answer => ({
  status: 503,
  ...(retryAfter !== undefined && { retryAfter }),
  body: { detail: '流程引擎暂时没有应答', remedy: '请用同一幂等键重试' },
});

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that gives these answers in order and repeats the last; `broken` closes the connection instead. */
async function system(...answers: (Answer | 'broken')[]) {
  const keys: unknown[] = [];
  const waits: number[] = [];
  const told: string[] = [];
  server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    if (answer === 'broken') return request.socket.destroy();
    if (answer.retryAfter !== undefined) response.setHeader('retry-after', answer.retryAfter);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    return response.end(JSON.stringify(answer.body ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const wait = async (ms: number) => void waits.push(ms);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const story = new Story(url, (line) => told.push(line), wait);
  return { story, keys, waits, told };
}

test('what is put off is asked again when the server says so, under the same key', async () => {
  const { story, keys, waits, told } = await system(later('7'), later('2'), { ...later('3'), status: 429 }, OK);
  expect(await story.post(null, '/api/v1/pushes/x/claim')).toEqual({ stage: 'claimed' });
  expect(waits).toEqual([7000, 2000, 3000]);
  expect(keys).toHaveLength(4);
  expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
  expect(new Set(keys).size).toBe(1);
  expect(told[0]).toContain('流程引擎暂时没有应答，7秒后重试（第1次）');
});

test('two requests have two keys, and reading has none', async () => {
  const { story, keys } = await system(OK);
  await story.post(null, '/a');
  await story.post(null, '/a');
  await story.get(null, '/a');
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBeUndefined();
});

test('a date is understood, and where the server does not say when, some seconds go by', async () => {
  const at = new Date(Date.now() + 30_000).toUTCString();
  const { story, waits } = await system(later(at), later('soon'), later(), 'broken', OK);
  await story.get(null, '/a');
  expect(waits[0]).toBeGreaterThan(20_000);
  expect(waits[0]).toBeLessThanOrEqual(30_000);
  expect(waits.slice(1)).toEqual([5000, 5000, 5000]);
});

test.each([
  ['too often', '1', 12],
  ['for too long', '50', 3],
])('what is put off %s is given up with cause and remedy', async (_, retryAfter, tries) => {
  const { story, keys } = await system(later(retryAfter));
  const told = await story.post(null, '/a').then(() => '', describeFailure);
  expect(told).toMatch(new RegExp(`^流程引擎暂时没有应答：试了${tries}次，共等待\\d+秒，仍不能办理。\\n`));
  expect(told).toContain('  · 请用同一幂等键重试\n  · 查看运行 npm start 的窗口');
  expect(keys).toHaveLength(tries);
});

test('a refusal is no delay: it is told at once', async () => {
  const { story, keys, waits } = await system({ status: 409, body: { code: 'case.closed', detail: '事项已办结' } });
  expect(await story.refused(null, '/a')).toBe('case.closed');
  expect([keys.length, waits]).toEqual([1, []]);
});
