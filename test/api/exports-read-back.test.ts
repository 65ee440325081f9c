/** Whatever the product exports as a table of what it imports, it imports again as it was: texts, codes, days, breaks of lines. */
import * as fc from 'fast-check';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registrations } from '../../db/schema.ts';
import { foldedName } from '../../domain/folding.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { Product } from '../support/product.ts';
import { IMPORT, jsonl, NDJSON, newcomer, NOWHERE, readImport } from './support/requests.ts';

/** The same organs, departments and catalogue, and nothing that the first one has. */
let [product, other]: Product[] = [];
let [here, there, elsewhere] = ['', '', ''];
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  other = await Product.start({ worker: false, temporalAddress: NOWHERE });
  here = await product.tokenOf('dengji');
  elsewhere = await other.tokenOf('dengji');
  there = await newcomer(product, 'dengji-there', {
    role: 'registering-authority',
    regionCode: '430102',
    departmentCode: '430102-registration',
  });
});
afterAll(async () => {
  await product?.close();
  await other?.close();
});

const FORMATS = ['csv', 'xlsx'] as const;
/** Without shrinking: what was sent once is there. */
const RUNS = { numRuns: 15, endOnFailure: true };

/** What tables, spreadsheets and people make trouble with. */
const UNITS = [
  ...Array.from('甲乙（）"\'=+-@,;0012٣A<&>|\\_x000D_ 　％。“”—…𠮷'),
  '_x000D_',
  "'=",
  '="1"',
  '00',
  'E5',
  '2026-1-2',
  '\u200B',
  '’',
];
const LINES = [...UNITS, '\n', '\n=', '\n\n', '\n"'];
/** 9E+5 is refused on purpose: what a spreadsheet has cut. */
const written = (units: readonly string[], maxLength: number) =>
  fc
    .string({ unit: fc.constantFrom(...units), maxLength })
    .filter((text) => text === text.trim() && !/^\d(\.\d+)?E\+\d+$/.test(text));
const named = written(UNITS, 12).filter((text) => foldedName(text) !== '');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const DAYS = ['1999-12-31', '2024-02-29', '2026-01-05'];
const day = fc.constantFrom(...DAYS);

let serial = 0;
const registration = (scopes: readonly string[]) =>
  fc.record({
    name: named,
    regionCode: fc.constant('430103'),
    kind: fc.constant('enterprise'),
    origin: fc.constantFrom('in-province', 'out-of-province'),
    scope: fc.tuple(fc.constantFrom(...scopes), written(LINES, 12)).map(([scope, more]) => `${scope}${more}`.trim()),
    registeredOn: day,
    address: maybe(written(LINES, 10)),
    premises: maybe(written(UNITS, 10)),
    representative: maybe(written(UNITS, 10)),
    capital: maybe(fc.constantFrom('500万元人民币', '0500', '=5')),
    industry: maybe(fc.constantFrom('0111', '5226', 'F5226')),
    establishedOn: maybe(day),
    validFrom: maybe(day),
    validUntil: maybe(day),
    registeringOrgan: maybe(written(UNITS, 10)),
    changes: maybe(
      fc.array(fc.record({ item: fc.constant('经营范围'), before: maybe(written(LINES, 9)), after: maybe(named) }), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
  });

/** Each one an enterprise of its own. */
const numbered = (rows: readonly object[]) =>
  rows.map((fields) => {
    serial += 1;
    const uscc = withCheckDigit(`91430103MA7${String(100_000 + serial)}`);
    return { registrationNo: `00${serial}-（甲）`, uscc, ...fields };
  });

async function send(to: Product, token: string, body: string | ArrayBuffer, type: Record<string, string> = NDJSON) {
  const response = await fetch(`${to.url}${IMPORT}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...type },
    body,
  });
  const headers = response.headers;
  const { rows } = readImport(response.status, await response.text());
  return { rows, report: headers.get('location')! };
}

async function fetched(token: string, path: string) {
  const response = await fetch(`${product!.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return { body: await response.arrayBuffer(), type: { 'content-type': response.headers.get('content-type')! } };
}

/** What is kept of registrations, but for how they came. */
async function kept({ handle }: Product, numbers: readonly string[]) {
  const rows = await handle.db
    .select()
    .from(registrations)
    .where(inArray(registrations.registrationNo, [...numbers]))
    .orderBy(registrations.registrationNo);
  return rows.map(({ importId: _, acceptedAt: __, acceptedBy: ___, recordedAt: ____, ...row }) => row);
}

const numbersOf = (rows: readonly { registrationNo: string }[]) => rows.map(({ registrationNo }) => registrationNo);
const resultsOf = (rows: readonly { result: string; message?: string }[]) =>
  new Set(rows.map(({ result, message }) => (result === 'rejected' ? message : result)));

describe.each(FORMATS)('as %s, read back as they were:', (format) => {
  it.each([
    ['published registrations', '/api/v1/published-registrations/download', '一般项目：软件开发。'],
    ['the claim pool', '/api/v1/pool-entries/download', '许可项目：星际航行服务。'],
  ])('%s', async (_, path, scope) => {
    const rows = fc.array(registration([scope]), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, async (found) => {
        const sent = numbered(found);
        expect(resultsOf((await send(product!, here, jsonl(sent))).rows)).toEqual(new Set(['accepted']));
        const file = await fetched(here, `${path}?format=${format}`);
        const numbers = numbersOf(sent);
        const taken = await send(other!, elsewhere, file.body, file.type);
        expect([...resultsOf(taken.rows)].filter((one) => one !== 'duplicate')).toEqual(['accepted']);
        const before = await kept(product!, numbers);
        expect(before).toHaveLength(sent.length);
        expect(await kept(other!, numbers)).toEqual(before);
        // Here they are known, every one of them.
        expect(resultsOf((await send(product!, here, file.body, file.type)).rows)).toEqual(new Set(['duplicate']));
      }),
      RUNS,
    );
  });

  it('rejected rows, corrected or not', async () => {
    const rows = fc.array(registration(['一般项目：软件开发。', '']), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, async (found) => {
        const sent = numbered(found);
        // Of another county's enterprises: each row is right, but not this account's.
        const refused = await send(product!, there, jsonl(sent));
        expect(new Set(refused.rows.map(({ result }) => result))).toEqual(new Set(['rejected']));
        const file = await fetched(there, `${refused.report}/rejections?format=${format}`);
        expect(resultsOf((await send(product!, here, file.body, file.type)).rows)).toEqual(new Set(['accepted']));
        expect(resultsOf((await send(other!, elsewhere, jsonl(sent))).rows)).toEqual(new Set(['accepted']));
        const numbers = numbersOf(sent);
        expect(await kept(product!, numbers)).toEqual(await kept(other!, numbers));
      }),
      RUNS,
    );
  });
});
