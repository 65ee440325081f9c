/** 联合惩戒 from end to end through HTTP, on a real server and worker: listed, restricted, repaired, lifted (第九条). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { auditLog, cases } from '../../db/schema.ts';
import { sanctionCaseId } from '../../domain/case/id.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { bundleOfShortRuns } from '../support/bundles.ts';
import { eventually, Product } from '../support/product.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from '../api/support/listings.ts';
import { casePath, expectProblem, newcomer, withToken } from '../api/support/requests.ts';

interface View {
  stage: string;
  status: string;
  facts: { measureIds: string[] };
}
interface Content {
  grounds: string;
  measures: { id: string }[];
}
interface Restrictions {
  restricted: boolean;
  items: { measureId: string; departmentCode: string; executedAt: string | null; measure: string }[];
}

let product: Product;
beforeAll(async () => {
  product = await Product.start({ secondsPerWorkingDay: 60 });
});
afterAll(() => product.close());

const health = 'weijian';
const read = (as: string, noun: string, caseId: string) => product.get<View>(as, casePath(noun, caseId));
const restrictionsOf = (uscc: string, query = '') =>
  product.get<Restrictions>('nongye', `/api/v1/enterprises/${uscc}/restrictions${query}`);

async function listed() {
  const entry = listingEntry();
  const { body } = await product.post<AcceptedListing>('dengji', LISTINGS, entry);
  const notice = sanctionCaseId('sanctionNotice', { ...entry, departmentCode: '430103-health' });
  await eventually(
    () => read(health, 'sanction-notices', notice),
    ({ status }) => status === 200,
  );
  return { entry, listingId: body.caseId, departments: body.departments, notice };
}

describe('joint sanction', () => {
  it('restricts, answers queries, and is lifted everywhere when the credit is repaired', async () => {
    const { entry, listingId, departments, notice } = await listed();
    const step = (caseId: string, noun: string, verb: string, body: unknown) =>
      product.post<View>(health, casePath(noun, caseId, verb), body);

    const content = await product.get(health, casePath('sanction-notices', notice, 'listing'));
    expect(content.body).toMatchObject({ grounds: entry.grounds, measures: [{ id: 'SP01' }] });
    // The row exists with the listing's step; the workflow starts right after it, and until then the answer is 503.
    await eventually(
      () => step(notice, 'sanction-notices', 'fetch', {}),
      ({ status }) => status === 200,
    );
    // The accelerated clock stands on this day or a later one.
    const decidedOn = legalDateOf(Date.now());
    const decide = (measureId: string) => ({ measureIds: [measureId], decidedOn });
    expectProblem(await step(notice, 'sanction-notices', 'decide', { measureIds: ['SP01'] }), 'input.invalid');
    expectProblem(await step(notice, 'sanction-notices', 'decide', decide('ZB01')), 'input.invalid');
    expectProblem(
      await product.post('nongye', casePath('sanction-notices', notice, 'decide'), decide('SP01')),
      'resource.not-found',
    );
    expect((await step(notice, 'sanction-notices', 'decide', decide('SP01'))).body.stage).toBe('decided');
    expect((await restrictionsOf(entry.uscc)).body).toMatchObject({
      restricted: true,
      items: [{ measureId: 'SP01', departmentCode: '430103-health', executedAt: null }],
    });
    await step(notice, 'sanction-notices', 'execute', { remark: '已在许可系统中标注' });
    expect((await step(notice, 'sanction-notices', 'feedback', { result: '已执行' })).body.stage).toBe('fedBack');
    expect((await restrictionsOf(entry.uscc)).body.items[0]!.executedAt).not.toBeNull();
    expect((await restrictionsOf(entry.uscc, '?asOf=2020-01-01')).body.restricted).toBe(false);

    const repair = { ground: 'obligation-performed', reason: '已履行义务' };
    expectProblem(await product.post(health, casePath('listings', listingId, 'remove'), repair), 'resource.not-found');
    const headers = { 'idempotency-key': 'repair-once' };
    const remove = () => product.post<View>('dengji', casePath('listings', listingId, 'remove'), repair, headers);
    const answers = await Promise.all([remove(), remove(), remove()]);
    expect(answers.map(({ status, body }) => [status, body.stage])).toEqual(answers.map(() => [200, 'lifting']));

    for (const departmentCode of departments) {
      const [regionCode = '', ...sector] = departmentCode.split('-');
      const username = `officer-${departmentCode}`;
      const token = await newcomer(product, username, { role: 'department-officer', regionCode, departmentCode });
      const lifting = sanctionCaseId('sanctionLifting', { ...entry, departmentCode });
      const about = await eventually(
        () => withToken<Content>(product, token, 'GET', casePath('sanction-liftings', lifting, 'listing')),
        ({ status }) => status === 200,
      );
      // The measures that this department took, not those that it could have taken.
      const taken = departmentCode === '430103-health' ? ['SP01'] : [];
      expect([about.body.grounds, about.body.measures.map(({ id }) => id)]).toEqual([entry.grounds, taken]);
      const confirmed = await eventually(
        () => withToken<View>(product, token, 'POST', casePath('sanction-liftings', lifting, 'confirm'), {}),
        ({ status }) => status === 200,
      );
      expect([sector.join('-'), confirmed.body.stage]).toEqual([sector.join('-'), 'lifted']);
      const owed = sanctionCaseId('sanctionNotice', { ...entry, departmentCode });
      await eventually(
        async () => (await product.handle.db.select().from(cases).where(eq(cases.caseId, owed)))[0]!,
        ({ stage }) => stage === (departmentCode === '430103-health' ? 'fedBack' : 'withdrawn'),
      );
    }
    await eventually(
      () => read('dengji', 'listings', listingId),
      ({ body }) => body.stage === 'lifted' && body.status === 'closed',
    );
    expect((await restrictionsOf(entry.uscc)).body).toEqual({ uscc: entry.uscc, restricted: false, items: [] });
  });

  it('loses nothing when the worker is away: the notices wait, and each is sent once', async () => {
    await product.stopWorker();
    const entry = listingEntry();
    const { status, body } = await product.post<AcceptedListing>('dengji', LISTINGS, entry);
    expect(status).toBe(201);
    await product.resumeWorker();
    await eventually(
      () => product.handle.db.select().from(cases).where(eq(cases.parentCaseId, body.caseId)),
      (rows) => rows.length === body.departments.length && rows.every((row) => row.step === 1),
    );
  });

  it('a worker that goes away in the middle of a lifting loses none of it', async () => {
    const { listingId, departments } = await listed();
    const repair = { ground: 'list-exit', reason: '期满移出' };
    const removed = await product.post<View>('dengji', casePath('listings', listingId, 'remove'), repair);
    expect(removed.status).toBe(200);
    await product.stopWorker();
    await product.resumeWorker();
    const children = await eventually(
      () => product.handle.db.select().from(cases).where(eq(cases.parentCaseId, listingId)),
      (rows) =>
        rows.length === 2 * departments.length &&
        rows.every((row) => (row.caseType === 'sanctionLifting' ? row.step === 1 : row.stage === 'withdrawn')),
    );
    expect(new Set(children.map((row) => row.caseId)).size).toBe(children.length);
  });
});

describe('an entry that has lived through several runs', () => {
  beforeAll(async () => {
    await product.close();
    product = await Product.start({ secondsPerWorkingDay: 60, workflows: bundleOfShortRuns() });
  });

  it('takes every command, and is found as before', async () => {
    const { entry, listingId } = await listed();
    const handle = product.temporal.workflow.getHandle(listingId);
    const { runId: first } = await handle.describe();
    for (let round = 1; round <= 15; round += 1) {
      for (const [verb, reason] of [
        ['appeal', `第${round}次申诉`],
        ['reject-appeal', `第${round}次驳回`],
      ] as const) {
        const { status, body } = await product.post('dengji', casePath('listings', listingId, verb), { reason });
        expect([round, verb, status, body]).toMatchObject([round, verb, 200, { stage: 'listed' }]);
      }
    }
    const now = await handle.describe();
    expect(now.runId).not.toBe(first);
    expect(now.historyLength).toBeLessThan(80);
    const audit = await product.handle.db.select().from(auditLog).where(eq(auditLog.caseId, listingId));
    expect(audit.map((row) => row.step).sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, n) => n));
    const attributes = now.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]);
    expect(Object.fromEntries(attributes)).toMatchObject({
      CaseType: 'listing',
      CaseStatus: 'open',
      Stage: 'listed',
      Region: '430103',
      CaseNo: entry.documentNo,
      Department: '430103-registration',
    });
  });
});
