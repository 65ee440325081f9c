/** 信用修复申请 through HTTP (第九条第一款): by the organ that listed, after the least publicity, once. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachments, cases } from '../../db/schema.ts';
import { today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { upload } from './support/attachments.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from './support/listings.ts';
import { expectProblem, NOWHERE } from './support/requests.ts';

const REPAIRS = '/api/v1/credit-repairs';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

async function listed(more: Record<string, unknown> = {}) {
  const { body } = await product.post<AcceptedListing>('dengji', LISTINGS, listingEntry(more));
  return body.caseId;
}

const material = async (): Promise<string> => (await upload(product, 'dengji', '证明材料.pdf')).body.id;

const applicationOf = async (listingId: string, more: object = {}) => ({
  listingId,
  number: '修〔2026〕1号',
  receivedOn: today(),
  statement: '已履行全部义务',
  attachmentIds: [await material()],
  ...more,
});
const enter = (body: unknown, as = 'dengji') => product.post<{ caseId: string; result: string }>(as, REPAIRS, body);

describe('an application', () => {
  it('opens its case with its materials; sent fifty times at once it opens one', async () => {
    const application = await applicationOf(await listed());
    const answers = await Promise.all(Array.from({ length: 50 }, () => enter(application)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
    const { caseId } = answers[0]!.body;
    const { db } = product.handle;
    const rows = await db.select().from(cases).where(eq(cases.caseId, caseId));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      caseType: 'creditRepair',
      stage: 'applied',
      departmentCode: '430103-registration',
      facts: { application: { reason: '已履行全部义务' } },
    });
    expect(await db.select().from(attachments).where(eq(attachments.caseId, caseId))).toHaveLength(1);
    expectProblem(await enter({ ...application, statement: '另一理由' }), 'credit-repair.exists');
    expectProblem(
      await enter({ ...(await applicationOf(application.listingId)), number: '修2' }),
      'credit-repair.pending',
    );
  });

  it('before the least publicity has passed is refused with the day from which it may come (国办发〔2025〕22号)', async () => {
    const listingId = await listed({ listedOn: '2026-01-05', minimumPublicUntil: '2999-01-31' });
    const problem = expectProblem(await enter(await applicationOf(listingId)), 'listing.minimum-publicity');
    expect(problem).toMatchObject({ remedy: expect.stringContaining('2999-02-01'), article: '第九条第一款' });
  });

  it('goes to the organ that listed: another county, an organ above and a department are refused', async () => {
    const listingId = await listed();
    const application = await applicationOf(listingId);
    for (const as of ['shengju', 'nongye']) expectProblem(await enter(application, as), 'resource.not-found');
    for (const as of ['ducha', 'admin']) expectProblem(await enter(application, as), 'access.denied');
  });

  it('about a court’s entry is the court’s (法释〔2013〕17号)', async () => {
    const listingId = await listed({ list: 'court-debtor', authority: '长沙市天心区人民法院' });
    expectProblem(await enter(await applicationOf(listingId)), 'listing.court-only');
  });

  it.each([
    [{ attachmentIds: [] }, 'input.invalid'],
    [{ statement: '' }, 'input.invalid'],
    [{ statement: '经办人身份证11010519491231002X' }, 'input.invalid'],
    [{ number: 'A~B' }, 'input.invalid'],
    [{ receivedOn: '2999-01-01' }, 'input.invalid'],
    [{ receivedOn: '2026-01-04' }, 'input.invalid'],
    [{ attachmentIds: ['00000000-0000-4000-8000-000000000000'] }, 'attachment.unknown'],
    [{ listingId: 'listing~nothing' }, 'resource.not-found'],
  ] as const)('with %j is refused: %s', async (more, code) => {
    expectProblem(await enter(await applicationOf(await listed(), more)), code);
  });

  it('removal by hand for repair is no longer taken: two persons decide it (第十九条第一款)', async () => {
    const listingId = await listed();
    const removal = { ground: 'credit-repaired', reason: '已修复' };
    const path = `${LISTINGS}/${encodeURIComponent(listingId)}/remove`;
    expectProblem(await product.post('dengji', path, removal), 'input.invalid');
  });
});
