/**
 * Imports over real connections: large, cut off half-way, or from clients that read nothing until they have sent
 * everything.
 */
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IMPORT_BATCH } from '../../api/import/row-import.ts';
import { imports, registrations } from '../../db/schema.ts';
import { eventually, Product } from '../support/product.ts';
import { IMPORT, importFile, jsonl, NDJSON, NOWHERE, readImport, registration } from './support/requests.ts';

const BATCH = IMPORT_BATCH;
/** Long enough that a batch of rows is more than the reader wants to see before it tells the file's encoding. */
const LONG = `许可项目：农药零售；一般项目：${'日用百货销售；'.repeat(400)}`;

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const some = (n: number, more: Record<string, unknown> = { scope: LONG }) =>
  Array.from({ length: n }, () => registration(more));

async function accepted(): Promise<number> {
  return (await product.handle.db.select({ n: count() }).from(registrations))[0]!.n;
}

async function open(headers: Record<string, string> = NDJSON): Promise<ClientRequest> {
  const authorization = `Bearer ${await product.tokenOf('shengju')}`;
  return httpRequest(product.url + IMPORT, { method: 'POST', headers: { authorization, ...headers } });
}

/** The answer's text. Nothing flows before `whenToRead`: a response without a data listener is paused. */
async function textOf(sending: ClientRequest, whenToRead: Promise<void>): Promise<string> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sending.on('error', reject);
    sending.on('response', resolve);
  });
  await whenToRead;
  return (await response.setEncoding('utf8').toArray()).join('');
}

describe('an upload cut off half-way', () => {
  const forms: [string, Record<string, string>, string][] = [
    ['as the body itself', NDJSON, ''],
    [
      'in a form',
      { 'content-type': 'multipart/form-data; boundary=xtb' },
      '--xtb\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\nContent-Type: application/x-ndjson\r\n\r\n',
    ],
  ];
  it.each(forms)(
    '%s leaves whole batches only, says so, and is completed by sending it again',
    async (_, headers, head) => {
      const before = await accepted();
      const rows = some(3 * BATCH);
      const sending = await open(headers);
      sending.on('error', () => undefined);
      sending.write(head + jsonl(rows.slice(0, BATCH + BATCH / 2)));
      await eventually(accepted, (n) => n > before);
      sending.destroy();

      const [last] = await eventually(
        () => product.handle.db.select().from(imports).where(eq(imports.accepted, BATCH)),
        (found) => found.some((row) => row.finishedAt !== null),
      );
      expect(last).toMatchObject({
        accepted: BATCH,
        duplicate: 0,
        rejected: 0,
        failure: expect.stringContaining('中断'),
      });
      expect((await accepted()) - before).toBe(BATCH);
      await product.handle.db.delete(imports);

      const { summary } = await importFile(product, jsonl(rows));
      expect(summary).toMatchObject({ accepted: 2 * BATCH, duplicate: BATCH, rejected: 0 });
      expect((await accepted()) - before).toBe(3 * BATCH);
    },
  );

  it('in the middle of a row registers no half of it', async () => {
    const [row] = some(1);
    const sending = await open({ ...NDJSON, 'content-length': '100000' });
    sending.on('error', () => undefined);
    sending.write(JSON.stringify(row));
    await new Promise((resolve) => setTimeout(resolve, 200));
    sending.destroy();
    await eventually(
      () => product.handle.db.select().from(imports),
      (found) => found.every((each) => each.finishedAt !== null),
    );
    const stored = await product.handle.db
      .select()
      .from(registrations)
      .where(eq(registrations.registrationNo, row!.registrationNo));
    expect(stored).toEqual([]);
  });
});

it('a client that goes away before the answer ends leaves a finished report and whole batches', async () => {
  const before = await accepted();
  const sending = await open();
  sending.on('error', () => undefined);
  const answered = new Promise<void>((resolve) => {
    sending.on('response', (response) => {
      response.once('data', () => {
        sending.destroy();
        resolve();
      });
    });
  });
  sending.write(jsonl(some(BATCH)));
  await answered;
  const found = await eventually(
    () => product.handle.db.select().from(imports),
    (rows) => rows.every((row) => row.finishedAt !== null),
  );
  expect((await accepted()) - before).toBe(BATCH);
  expect(found.some((row) => row.accepted === BATCH && row.failure !== null)).toBe(true);
});

it('results are answered while the file is still being sent', async () => {
  const sending = await open();
  const first = new Promise<string>((resolve, reject) => {
    sending.on('error', reject);
    sending.on('response', (response) => {
      response.once('data', (chunk: Buffer) => resolve(chunk.toString()));
      response.resume();
    });
  });
  sending.write(jsonl(some(BATCH)));
  expect(await first).toContain('"result":"accepted"');
  sending.end();
});

it('a client that reads nothing until it has sent everything gets its answer', async () => {
  // Forty megabytes of upload, and a longer answer than a connection's buffers hold.
  const line = `${'x'.repeat(1000)}\n`;
  const lines = 40_000;
  const sending = await open();
  const sent = new Promise<void>((resolve) => {
    sending.on('finish', () => resolve());
  });
  const text = textOf(sending, sent);
  for (let i = 0; i < lines; i += 1000) {
    if (!sending.write(line.repeat(1000))) await new Promise((resolve) => sending.once('drain', resolve));
  }
  sending.end();
  const { rows, summary } = readImport(200, await text);
  expect([rows.length, summary.rejected, summary.failure]).toEqual([lines, lines, undefined]);
}, 60_000);

it('a file of 5,000 rows is accepted without standing in memory', async () => {
  const filler = '；一般项目：日用百货销售'.repeat(40);
  const content = jsonl(some(5000, { scope: `许可项目：农药零售${filler}。` }));
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const { rows, summary } = await importFile(product, content);
  const seconds = (performance.now() - started) / 1000;
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  process.stdout.write(
    `5,000 rows, ${(content.length / 2 ** 20).toFixed(1)} M characters: ${seconds.toFixed(1)} s, RSS +${grown.toFixed(0)} MB\n`,
  );
  expect([rows.length, summary.accepted]).toEqual([5000, 5000]);
  expect(grown).toBeLessThan(400);
}, 60_000);
