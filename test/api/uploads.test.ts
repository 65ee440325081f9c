/** How much senders of files, some of them anonymous, can make us store. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachments } from '../../db/schema.ts';
import { Product } from '../support/product.ts';
import { expectProblem, IMPORT, jsonl, NOWHERE, readImport, registration } from './support/requests.ts';

const PUBLIC = '/api/v1/public/attachments';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE, app: { publicUploads: 1000 } });
});
afterAll(() => product.close());

const part = (disposition: string, content: string, type = 'text/plain') =>
  `--xt\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;

const FILE = part('name="file"; filename="材料.txt"', '情况属实');

function send(path: string, parts: string[], as: string | null = null) {
  const headers = { 'content-type': 'multipart/form-data; boundary=xt' };
  return product.request<string>(as, 'POST', path, `${parts.join('')}--xt--\r\n`, headers);
}

describe('a form', () => {
  it('with a file and nothing else is taken', async () => {
    const { status, body } = await send(PUBLIC, [FILE]);
    expect([status, body]).toEqual([201, expect.objectContaining({ filename: '材料.txt' })]);
  });

  it.each([
    ['a field', [part('name="note"', '甲')]],
    ['a thousand fields', Array.from({ length: 1000 }, (_, index) => part(`name="f${index}"`, 'x'.repeat(1000)))],
    ['a field that is JSON', [part('name="note"', '{"a": 1}', 'application/json')]],
  ])('with %s before the file is refused: it would be kept in memory', async (_, fields) => {
    const problem = expectProblem(await send(PUBLIC, [...fields, FILE]), 'input.too-large');
    expect(problem.detail).toContain('文件以外');
    expectProblem(await send(IMPORT, [...fields, FILE], 'shengju'), 'input.too-large');
  });

  it.each([
    ['a field', part('name="note"', '甲')],
    ['a second file', part('name="more"; filename="b.txt"', '另一份')],
  ])('takes the file, and %s after it is not looked at', async (_, second) => {
    const { status, body } = await send(PUBLIC, [FILE, second]);
    expect([status, body]).toEqual([201, expect.objectContaining({ filename: '材料.txt' })]);
  });

  it.each([
    ['NUL', 'name="file"; filename="a\0.jsonl"', 'a_.jsonl'],
    ['a path', 'name="file"; filename="../../etc/a.jsonl"', 'a.jsonl'],
    ['nothing', 'name="file"', '附件'],
  ])('whose file’s name holds %s is read, and the name kept without it', async (_, disposition, kept) => {
    const file = part(disposition, jsonl([registration()]), 'application/octet-stream');
    const answer = await send(IMPORT, [file], 'shengju');
    const { summary } = readImport(answer.status, answer.body);
    expect(summary).toMatchObject({ accepted: 1, rejected: 0 });
    const report = await product.get<string>('shengju', `/api/v1/imports/${summary.importId}`);
    expect(JSON.parse(report.body)).toMatchObject({ filename: kept });
  });
});

it('the public may upload only so much without handing it in, and officials are not held up by it', async () => {
  const large = part('name="file"; filename="材料.txt"', 'x'.repeat(1000));
  expect((await send(PUBLIC, [large])).status).toBe(201);
  const refused = await send(PUBLIC, [FILE]);
  expectProblem(refused, 'attachment.full');
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect((await send('/api/v1/attachments', [FILE], 'nongye')).status).toBe(201);
  await product.handle.db.update(attachments).set({ caseId: 'taken-up' });
  expect((await send(PUBLIC, [FILE])).status).toBe(201);
});
