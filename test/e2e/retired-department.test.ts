/** 解除限制 where the department that restricted was retired meanwhile: its successor is told, and can confirm (第九条). */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cases } from '../../db/schema.ts';
import { sanctionCaseId } from '../../domain/case/id.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from '../api/support/listings.ts';
import { casePath, expectProblem, newcomer, withToken } from '../api/support/requests.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { eventually, Product } from '../support/product.ts';

const HEALTH = '430103-health';
const SUCCESSOR = '430100-health';

interface View {
  stage: string;
}
interface Content {
  measures: { id: string }[];
  inPlaceOf: string | null;
}

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

const caseRow = async (caseId: string) =>
  (await product.handle.db.select().from(cases).where(eq(cases.caseId, caseId)))[0];

it('its restrictions are lifted by the successor, and the listing counts it', async () => {
  const entry = listingEntry();
  const { body: listed } = await product.post<AcceptedListing>('dengji', LISTINGS, entry);
  const notice = sanctionCaseId('sanctionNotice', { ...entry, departmentCode: HEALTH });
  const step = (verb: string, body: object) =>
    product.post<View>('weijian', casePath('sanction-notices', notice, verb), body);
  await eventually(
    () => step('fetch', {}),
    ({ status }) => status === 200,
  );
  const decision = { measureIds: ['SP01'], decidedOn: legalDateOf(Date.now()) };
  expect((await step('decide', decision)).status).toBe(200);

  const name = '天心区卫生健康主管部门';
  const retired = { name, retired: true, reason: '机构改革' };
  expect((await product.request('admin', 'PUT', `/api/v1/admin/departments/${HEALTH}`, retired)).status).toBe(200);
  await eventually(
    () => product.get<{ items: { code: string; retired: boolean }[] }>(null, '/api/v1/departments?region=430103'),
    ({ body }) => body.items.some(({ code, retired: isRetired }) => code === HEALTH && isRetired),
  );
  const removal = { ground: 'obligation-performed', reason: '已履行义务' };
  const remove = (body: object) => product.post<View>('dengji', casePath('listings', listed.caseId, 'remove'), body);
  // Who succeeds is not for a person to say: the reference data says it.
  expectProblem(await remove({ ...removal, successors: { [HEALTH]: '430103-forestry' } }), 'input.invalid');
  expect((await remove(removal)).status).toBe(200);

  const lifting = sanctionCaseId('sanctionLifting', { ...entry, departmentCode: HEALTH });
  const row = await eventually(
    () => caseRow(lifting),
    (found) => found !== undefined,
  );
  expect(row).toMatchObject({ departmentCode: SUCCESSOR, facts: { restrictedBy: HEALTH } });
  const role = { role: 'department-officer', regionCode: '430100', departmentCode: SUCCESSOR } as const;
  const token = await newcomer(product, 'successor', role);
  const { body: content } = await withToken<Content>(
    product,
    token,
    'GET',
    casePath('sanction-liftings', lifting, 'listing'),
  );
  expect([content.measures.map(({ id }) => id), content.inPlaceOf]).toEqual([['SP01'], name]);
  await eventually(
    () => withToken<View>(product, token, 'POST', casePath('sanction-liftings', lifting, 'confirm'), {}),
    ({ status, body }) => status === 200 && body.stage === 'lifted',
  );
  const { body: left } = await product.get('nongye', `/api/v1/enterprises/${entry.uscc}/restrictions`);
  expect(left).toEqual({ uscc: entry.uscc, restricted: false, items: [] });
  await eventually(
    () => caseRow(listed.caseId),
    (found) => ((found?.facts['confirmed'] ?? []) as string[]).includes(HEALTH),
  );
});
