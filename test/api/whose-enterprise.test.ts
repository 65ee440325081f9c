/** 登记管辖 (第七条第一款): whose enterprise it is says the record, whatever region a sender writes. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { cases, enterprises, listings, registrations } from '../../db/schema.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import { today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { listingEntry, LISTINGS } from './support/listings.ts';
import {
  expectProblem,
  IMPORT,
  jsonl,
  NDJSON,
  newcomer,
  NOWHERE,
  readImport,
  registration,
  REGISTRATIONS,
  withToken,
} from './support/requests.ts';

const [HERE, THERE] = ['430103', '430102'];
const YESTERDAY = addDays(today(), -1);

let product: Product;
let tokens: Record<string, string>;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  const authority = (regionCode: string) =>
    newcomer(product, `dengji-${regionCode}`, {
      role: 'registering-authority',
      regionCode,
      departmentCode: `${regionCode}-registration`,
    });
  tokens = { [HERE]: await authority(HERE), [THERE]: await authority(THERE), '430100': await authority('430100') };
});
afterAll(() => product.close());

const submit = (regionCode: string, body: unknown, path = REGISTRATIONS) =>
  withToken<{ result: string; message?: string }>(product, tokens[regionCode]!, 'POST', path, body);
const resultOf = async (regionCode: string, body: unknown) => {
  const answer = await submit(regionCode, body);
  return answer.status < 300 ? answer.body.result : (answer.body as unknown as { code: string }).code;
};

/** Sends a file. @returns the result of each row, or why it was refused. */
async function imported(regionCode: string, inputs: unknown[]) {
  const response = await fetch(`${product.url}${IMPORT}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[regionCode]}`, ...NDJSON },
    body: jsonl(inputs),
  });
  const { rows } = readImport(response.status, await response.text());
  return rows.map(({ result, code }) => code ?? result);
}

/** An enterprise that is registered here. */
async function registered(more: object = {}) {
  const input = registration({ regionCode: HERE, registeredOn: YESTERDAY, ...more });
  expect(await resultOf(HERE, input)).toBe('accepted');
  const { uscc, name } = input;
  const later = (regionCode: string, event: string, also: object = {}) =>
    registration({ uscc, name, regionCode, event, registeredOn: today(), ...also });
  const row = async () => (await product.handle.db.select().from(enterprises).where(eq(enterprises.uscc, uscc)))[0]!;
  return { input, uscc, later, row };
}

describe('an enterprise of another authority', () => {
  test.each(['cancel', 'revoke', 'annul', 'change', 'establish', 'dormant', 'filing', 'moveOut'])(
    'is left alone by %s, and its cases go on',
    async (event) => {
      const { input, later, row } = await registered();
      const before = await row();
      const stolen = later(THERE, event, { name: '改名后的企业' });
      const problem = expectProblem(await submit(THERE, stolen), 'access.denied');
      expect(problem.detail).toContain('该企业登记在天心区');
      expect(await row()).toEqual(before);
      const { db } = product.handle;
      expect(
        await db.select().from(registrations).where(eq(registrations.registrationNo, stolen.registrationNo)),
      ).toEqual([]);
      const [push] = await db.select().from(cases).where(eq(cases.caseNo, input.registrationNo));
      expect(push).toMatchObject({ status: 'open', stage: 'pushed' });
    },
  );

  it('is left alone by a file, whose other rows are accepted', async () => {
    const { later } = await registered();
    const own = registration({ regionCode: THERE });
    expect(await imported(THERE, [later(THERE, 'cancel'), own])).toEqual(['access.denied', 'accepted']);
  });

  it('is acted on by the authority that has it, and by those above', async () => {
    const { later, row } = await registered();
    expect(await resultOf(HERE, later(HERE, 'change', { name: '新名称' }))).toBe('accepted');
    expect(await resultOf('430100', later(HERE, 'change', { name: '市局改的名称' }))).toBe('accepted');
    expect(await row()).toMatchObject({ name: '市局改的名称', regionCode: HERE });
  });

  it('that only a list has named is anybody’s to register in his region', async () => {
    const entry = listingEntry();
    expect((await submit(HERE, entry, LISTINGS)).status).toBe(201);
    expect(await resultOf(THERE, registration({ uscc: entry.uscc, regionCode: THERE }))).toBe('accepted');
  });
});

describe('迁移', () => {
  it('is 迁出 by the authority that has the enterprise, then 迁入 by the other: both confirm it, and both see it', async () => {
    const { later, row } = await registered();
    const takenIn = later(THERE, 'moveIn');
    const early = expectProblem(await submit(THERE, takenIn), 'registration.not-moved-out');
    expect(early.detail).toContain('尚未办理迁出');
    const leaving = later(HERE, 'moveOut');
    expect(await resultOf(HERE, leaving)).toBe('accepted');
    expect(await row()).toMatchObject({ regionCode: HERE, movedOutOn: today() });
    // Until it is taken in, it is still its authority's alone.
    expect(await resultOf(THERE, later(THERE, 'change'))).toBe('access.denied');
    const before = expectProblem(
      await submit(THERE, later(THERE, 'moveIn', { registeredOn: YESTERDAY })),
      'registration.not-moved-out',
    );
    expect(before.detail).toContain('晚于迁入日期');

    expect(await resultOf(THERE, takenIn)).toBe('accepted');
    expect(await row()).toMatchObject({ regionCode: THERE, movedOutOn: null });
    expect(await resultOf(HERE, later(HERE, 'change'))).toBe('access.denied');
    expect(await resultOf(THERE, later(THERE, 'change'))).toBe('accepted');
    // What was accepted before is sent again.
    expect(await resultOf(HERE, leaving)).toBe('duplicate');
    const path = `${REGISTRATIONS}/${encodeURIComponent(takenIn.registrationNo)}`;
    expect((await withToken(product, tokens[HERE]!, 'GET', path)).status).toBe(200);
    const { input } = await registered();
    const elsewhere = `${REGISTRATIONS}/${encodeURIComponent(input.registrationNo)}`;
    expectProblem(await withToken(product, tokens[THERE]!, 'GET', elsewhere), 'resource.not-found');
  });

  it('may be followed by more in one file', async () => {
    const { later } = await registered();
    expect(await resultOf(HERE, later(HERE, 'moveOut'))).toBe('accepted');
    expect(await imported(THERE, [later(THERE, 'moveIn'), later(THERE, 'change')])).toEqual(['accepted', 'accepted']);
  });

  it('stays open through another event of the day, and is over once the enterprise is changed on a later one', async () => {
    const { later, row } = await registered({ registeredOn: addDays(YESTERDAY, -1) });
    expect(await resultOf(HERE, later(HERE, 'moveOut', { registeredOn: YESTERDAY }))).toBe('accepted');
    expect(await resultOf(HERE, later(HERE, 'filing', { registeredOn: YESTERDAY }))).toBe('accepted');
    expect(await row()).toMatchObject({ movedOutOn: YESTERDAY });
    expect(await resultOf(HERE, later(HERE, 'change'))).toBe('accepted');
    expect(await row()).toMatchObject({ movedOutOn: null });
    expect(await resultOf(THERE, later(THERE, 'moveIn'))).toBe('registration.not-moved-out');
  });
});

test('of two authorities that register the same new enterprise at once, one has it', async () => {
  const pairs = Array.from({ length: 25 }, () => {
    const one = registration({ regionCode: HERE });
    return [one, registration({ uscc: one.uscc, regionCode: THERE })] as const;
  });
  const results = await Promise.all(
    pairs.map(([here, there]) => Promise.all([resultOf(HERE, here), resultOf(THERE, there)])),
  );
  for (const both of results) expect(both.toSorted()).toEqual(['accepted', 'access.denied']);
  for (const [i, [{ uscc }]] of pairs.entries()) {
    const [row] = await product.handle.db.select().from(enterprises).where(eq(enterprises.uscc, uscc));
    expect(row!.regionCode).toBe(results[i]![0] === 'accepted' ? HERE : THERE);
  }
});

describe('an entry of a list', () => {
  it('is of the region in which the enterprise is registered, whatever it states', async () => {
    const { uscc } = await registered();
    expectProblem(await submit(THERE, listingEntry({ uscc, regionCode: THERE }), LISTINGS), 'access.denied');
    const entry = listingEntry({ uscc, regionCode: THERE });
    expect((await submit('430100', entry, LISTINGS)).status).toBe(201);
    const [row] = await product.handle.db.select().from(listings).where(eq(listings.documentNo, entry.documentNo));
    expect(row!.regionCode).toBe(HERE);
  });
});
