/** 信息归集公示 through HTTP: handed over, returned, corrected and published; who sees and moves what. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptRecords } from '../../db/intake/records.ts';
import { loadClock } from '../../db/reference/clock-setting.ts';
import { loadReference } from '../../db/reference/reference.ts';
import { auditLog, recordVersions } from '../../db/schema.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import { recordInputSchema } from '../../domain/publicity/record.ts';
import { onOneDay, today } from '../support/day.ts';
import { eventually, Product } from '../support/product.ts';
import {
  CITIZEN,
  command,
  page,
  PUBLICATIONS,
  record,
  shownIn,
  submit,
  written,
  type Accepted,
  type Field,
} from './support/records.ts';
import { accept, casePath, expectProblem } from './support/requests.ts';
import type { Actor } from '../../domain/organs/actor.ts';

interface RecordView {
  versions: { version: number; shownFrom: string | null; fields: Field[]; submittedBy?: string }[];
  attribution: { department: number; platform: number; total: number };
}

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());
beforeEach(onOneDay);

describe('refused, and nothing written', () => {
  async function unwritten(as: string, more: Record<string, unknown>) {
    const before = await written(product);
    const answer = await product.post(as, PUBLICATIONS, record(more));
    expect(await written(product)).toEqual(before);
    return answer;
  }

  it('a day to come', async () => {
    expectProblem(await unwritten('nongye', { generatedOn: addDays(today(), 1) }), 'input.invalid');
  });

  it.each([
    ['a department that is not the account’s', 'nongye', { departmentCode: '430103-health' }, 'access.denied'],
    ['a day before every calendar', 'nongye', { generatedOn: '2010-01-04' }, 'calendar.insufficient'],
    ['a department that does not exist', 'admin', { departmentCode: '430103-magic' }, 'department.unknown'],
    ['no department', 'admin', {}, 'department.unknown'],
    ['a wrong credit code', 'nongye', { uscc: '91350100M000100Y4A' }, 'uscc.invalid'],
    ['a citizen’s number', 'nongye', { remark: CITIZEN }, 'input.invalid'],
    ['a registering authority', 'dengji', {}, 'access.denied'],
    ['a supervisor', 'ducha', {}, 'access.denied'],
  ] as const)('%s', async (_, as, more, code) => {
    const problem = expectProblem(await unwritten(as, more), code);
    expect(problem.detail).not.toContain(CITIZEN);
    expect(problem.remedy).toMatch(/\p{Script=Han}/u);
  });

  it('without an account', async () => {
    expectProblem(await product.post(null, PUBLICATIONS, record()), 'auth.required');
  });
});

describe('handed over', () => {
  it('once: the same again is a duplicate, the same document with other content a conflict', async () => {
    const input = record();
    const first = await submit(product, input);
    expect(first).toMatchObject({ result: 'accepted', late: false });
    const before = await written(product);
    const again = await product.post<Accepted>('nongye', PUBLICATIONS, input);
    expect([again.status, again.body]).toMatchObject([200, { result: 'duplicate', recordId: first.recordId }]);
    const other = await product.post('nongye', PUBLICATIONS, { ...input, content: '种子经营' });
    expect(expectProblem(other, 'record.conflict').remedy).toContain('更正');
    expect(await written(product)).toEqual(before);
    // Another department's document may carry the same number.
    expect((await submit(product, input, 'weijian')).recordId).not.toBe(first.recordId);
  });

  it('is in the audit log with its acceptance, for those who read it', async () => {
    const input = record();
    const { recordId } = await submit(product, input);
    const path = `/api/v1/audit?caseNo=${encodeURIComponent(input.documentNo)}`;
    const { body } = await product.get<{ items: { caseId: string; title: string; enterpriseName: string }[] }>(
      'shenji',
      path,
    );
    expect(body.items).toContainEqual(
      expect.objectContaining({
        caseId: `record~${recordId}`,
        title: '受理归集的信息',
        enterpriseName: input.name,
      }),
    );
  });

  it('fifty times at once is one record', async () => {
    const input = record();
    const answers = await Promise.all(Array.from({ length: 50 }, () => product.post('nongye', PUBLICATIONS, input)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
  });

  it('in two files that wait for each other in no order', async () => {
    const { db } = product.handle;
    const deps = { db, reference: await loadReference(db), clock: await loadClock(db) };
    const who: Actor = {
      username: 'nongye',
      role: 'department-officer',
      regionCode: '430103',
      departmentCode: '430103-agriculture',
    };
    const inputs = Array.from({ length: 100 }, () => recordInputSchema.parse(record()));
    const [one, two] = await Promise.all([
      acceptRecords(deps, who, inputs),
      acceptRecords(deps, who, inputs.toReversed()),
    ]);
    const accepted = [...one, ...two].filter(({ result }) => result === 'accepted');
    expect(accepted).toHaveLength(100);
  });

  it('by the platform for another department, late: accepted, marked, and on record', async () => {
    const input = record({ generatedOn: addDays(today(), -20), departmentCode: '430103-agriculture' });
    const accepted = await submit(product, input, 'admin');
    expect(accepted.late).toBe(true);
    const [row] = await product.handle.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.caseId, `record~${accepted.recordId}`));
    expect(row).toMatchObject({ action: 'accept', actor: 'admin', after: { late: true }, article: '第五条第一款' });
    const path = casePath('publications', accepted.caseId);
    const { body } = await eventually(
      () => product.get<{ breachedAt: string | null; facts: object }>('nongye', path),
      (seen) => seen.body.breachedAt !== null,
    );
    expect(body.facts).toMatchObject({ late: true, version: 1 });
  });
});

describe('on its way', () => {
  it('returned, corrected and published: the page shows the corrected version only', async () => {
    const input = record();
    const accepted = await submit(product, input);
    expect(shownIn(await page(product, input.uscc))).toEqual([]);

    expectProblem(await command(product, 'weijian', accepted, 'resubmit', input), 'resource.not-found');
    expectProblem(await command(product, 'nongye', accepted, 'publish'), 'access.denied');
    expectProblem(await command(product, 'nongye', accepted, 'resubmit', input), 'transition.refused');
    expect((await command(product, 'dengji', accepted, 'return', { reason: '许可内容不完整' })).body.stage).toBe(
      'returned',
    );

    const corrected = { ...input, content: '农药零售（不含限制使用农药）' };
    const renamed = { ...corrected, documentNo: `${input.documentNo}之二` };
    expect(
      expectProblem(await command(product, 'nongye', accepted, 'resubmit', renamed), 'record.identity-changed').detail,
    ).toContain('文书号');
    const moved = { ...corrected, generatedOn: today() };
    const refused = await command(product, 'nongye', accepted, 'resubmit', moved);
    expect(expectProblem(refused, 'record.identity-changed').remedy).toContain('申请更正');
    expectProblem(await command(product, 'dengji', accepted, 'resubmit', corrected), 'access.denied');
    expect((await command(product, 'nongye', accepted, 'resubmit', corrected)).body.stage).toBe('received');
    expect((await command(product, 'dengji', accepted, 'publish')).body).toMatchObject({
      stage: 'published',
      late: false,
    });
    expectProblem(await command(product, 'dengji', accepted, 'publish'), 'case.closed');

    const [shown] = shownIn(await page(product, input.uscc));
    expect(shown).toMatchObject({ recordId: accepted.recordId, version: 2 });
    expect(shown!.fields).toContainEqual(
      expect.objectContaining({ code: 'XK_NR', label: '许可内容', value: corrected.content }),
    );
    const { body } = await product.get<RecordView>('nongye', `/api/v1/records/${accepted.recordId}`);
    expect(body.versions.map(({ version, shownFrom }) => [version, shownFrom !== null])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(body.attribution.department + body.attribution.platform).toBe(body.attribution.total);
    // Other departments see neither versions that were never shown nor who submitted.
    const seen = await product.get<RecordView>('weijian', `/api/v1/records/${accepted.recordId}`);
    expect(seen.body.versions.map(({ version, submittedBy }) => [version, submittedBy])).toEqual([[2, undefined]]);
  });

  it('the same correction sent twice is one version and one answer', async () => {
    const input = record();
    const accepted = await submit(product, input);
    await command(product, 'dengji', accepted, 'return', { reason: '有误' });
    const path = casePath('publications', accepted.caseId, 'resubmit');
    const corrected = { ...input, content: '种子经营' };
    const headers = { 'idempotency-key': 'resubmit-1' };
    const answers = await Promise.all([1, 2, 3].map(() => product.post('nongye', path, corrected, headers)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    const versions = await product.handle.db
      .select()
      .from(recordVersions)
      .where(eq(recordVersions.recordId, accepted.recordId));
    expect(versions).toHaveLength(2);
  });

  it('is seen by its department and the organs of its region, and says why and whose time it was', async () => {
    const input = record();
    const accepted = await submit(product, input);
    const path = casePath('publications', accepted.caseId);
    const { body } = await product.get<Record<string, unknown>>('nongye', path);
    expect(body).toMatchObject({
      caseNo: input.documentNo,
      record: { recordId: accepted.recordId, attribution: { platform: 0 } },
    });
    for (const as of ['dengji', 'shengju', 'ducha', 'admin']) expect((await product.get(as, path)).status).toBe(200);
    for (const as of ['weijian', 'shichang']) expectProblem(await product.get(as, path), 'resource.not-found');
    expectProblem(await product.get('weijian', `/api/v1/records/${accepted.recordId}`), 'resource.not-found');
    const list = (as: string) =>
      product.get<{ items: { recordId: string }[] }>(as, `/api/v1/enterprises/${input.uscc}/records`);
    expect((await list('nongye')).body.items).toHaveLength(1);
    expect((await list('dengji')).body.items).toHaveLength(1);
    expect((await list('weijian')).body.items).toEqual([]);
    await command(product, 'dengji', accepted, 'publish');
    expect((await list('weijian')).body.items).toHaveLength(1);
    const told = await eventually(
      () => product.get<{ items: { topic: string }[] }>('nongye', '/api/v1/inbox'),
      (seen) => seen.body.items.some(({ topic }) => topic === 'publication.published'),
    );
    expect(told.status).toBe(200);
  });
});

it('a document under a registration’s number opens nobody that registration', async () => {
  const registered = await accept(product);
  const path = `/api/v1/registrations/${registered.registrationNo}`;
  expectProblem(await product.get('weijian', path), 'resource.not-found');
  const taken = record({ documentNo: registered.registrationNo, uscc: registered.input.uscc });
  expect((await product.post('weijian', PUBLICATIONS, taken)).status).toBe(201);
  expectProblem(await product.get('weijian', path), 'resource.not-found');
});
