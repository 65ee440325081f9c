/** What is shown about a listing: measures of the edition that was in force at its intake, also after a newer one (第九条). */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listings, restrictions, sanctionMeasures } from '../../db/schema.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { Product } from '../support/product.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from './support/listings.ts';
import { casePath, NOWHERE } from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

it('measures are those of its own edition, and so are the restrictions that rest on it', async () => {
  const { db } = product.handle;
  const entry = listingEntry();
  const { caseId: listingId } = (await product.post<AcceptedListing>('dengji', LISTINGS, entry)).body;
  const [latest] = await db.select().from(sanctionMeasures);
  const { content } = latest!;
  const measures = content.measures.map((measure) => ({ ...measure, measure: `原${measure.measure}` }));
  const earlier = { version: 'earlier', content: { ...content, version: 'earlier', measures } };
  await db.insert(sanctionMeasures).values({ ...earlier, recordedAt: new Date('2020-01-01T00:00:00Z') });
  await db.update(listings).set({ measuresVersion: 'earlier' }).where(eq(listings.listingId, listingId));
  const { uscc } = entry;
  const decided = { caseId: `sanctionNotice~${listingId}`, departmentCode: '430103-health', decidedAt: new Date() };
  const decidedOn = legalDateOf(Date.now());
  await db.insert(restrictions).values({ ...decided, decidedOn, uscc, measureId: 'SP01', listingId });

  const earlierOnly = { measure: expect.stringMatching(/^原/) as string };
  const { body } = await product.get<{ measures: object[] }>('dengji', casePath('listings', listingId, 'listing'));
  expect(body).toMatchObject({ measuresVersion: 'earlier' });
  expect(body.measures).not.toEqual([]);
  for (const measure of body.measures) expect(measure).toMatchObject(earlierOnly);
  const inForce = await product.get('nongye', `/api/v1/enterprises/${uscc}/restrictions`);
  expect(inForce.body).toMatchObject({ items: [{ measureId: 'SP01', ...earlierOnly }] });
});
