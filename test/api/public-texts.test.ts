/** What goes to the public goes through one check, whatever was kept before intakes refused it (第十九条). */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enterprises, listings, registrations } from '../../db/schema.ts';
import { Product } from '../support/product.ts';
import { listingEntry, LISTINGS } from './support/listings.ts';
import { accept, expectProblem, NOWHERE, registration, REGISTRATIONS } from './support/requests.ts';

const ID = '430103190102030054';
const WRITTEN = [ID, '430103 19010203 0054', '４３０１０３１９０１０２０３００５４'];

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

it('masks citizens’ numbers in what was kept of an enterprise, and in nothing that a department reads', async () => {
  const { db } = product.handle;
  const { input } = await accept(product);
  const { uscc, registrationNo } = input;
  const { status } = await product.post('shengju', LISTINGS, listingEntry({ uscc }));
  expect(status).toBe(201);
  await db
    .update(listings)
    .set({ authority: `某局${WRITTEN[0]}`, grounds: `李某${WRITTEN[1]}` })
    .where(eq(listings.uscc, uscc));
  await db
    .update(registrations)
    .set({ name: `李某${WRITTEN[2]}` })
    .where(eq(registrations.registrationNo, registrationNo));
  await db
    .update(enterprises)
    .set({ name: `李某${WRITTEN[2]}` })
    .where(eq(enterprises.uscc, uscc));

  const page = await product.get(null, `/api/v1/public/enterprises/${uscc}`);
  expect(page.status).toBe(200);
  const shown = JSON.stringify(page.body);
  expect(shown.match(/430103\*{12}/g)!.length).toBeGreaterThanOrEqual(3);
  for (const id of WRITTEN) expect(shown).not.toContain(id);
  // Also for an official who looks at the public page.
  expect(JSON.stringify((await product.get('shengju', `/api/v1/public/enterprises/${uscc}`)).body)).toBe(shown);

  const read = await product.get(`shengju`, `${REGISTRATIONS}/${encodeURIComponent(registrationNo)}`);
  expect(JSON.stringify(read.body)).toContain(WRITTEN[2]);
});

it('is kept free of them at every intake: a person’s number is no code, and stands in no text', async () => {
  const person = registration({ uscc: '430103190001010468' });
  expect(expectProblem(await product.post('shengju', REGISTRATIONS, person), 'uscc.invalid').detail).toContain(
    '公民身份号码',
  );
  for (const more of [{ name: `李某${ID}` }, { scope: `农药零售，联系人${WRITTEN[1]}` }]) {
    const problem = expectProblem(await product.post('shengju', REGISTRATIONS, registration(more)), 'input.invalid');
    expect(problem.detail).toContain('含有公民身份号码');
    expect(JSON.stringify(problem)).not.toContain('19010203');
  }
  const entry = listingEntry({ uscc: '430103190001010468' });
  expectProblem(await product.post('shengju', LISTINGS, entry), 'listing.natural-person');
});
