/** What deciders are shown about a case: nobody rules, approves or answers without seeing what it is about. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseDetail } from '../../api/cases/detail.ts';
import type { CaseView } from '../../api/cases/view.ts';
import { insertOwnRow } from '../../db/cases/opened.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { addRecordVersion } from '../../db/records/versions.ts';
import { cases } from '../../db/schema.ts';
import type { RecordInput } from '../../domain/publicity/record.ts';
import { Product } from '../support/product.ts';
import { record, submit } from './support/records.ts';
import { casePath, NOWHERE } from './support/requests.ts';
import { standingCases, type StandingCases } from './support/standing-cases.ts';
import { openedCorrection } from '../../domain/case-types/correction/opening.ts';

const REGION = '430103';

let product: Product;
let standing: StandingCases;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  standing = await standingCases(product, REGION);
});
afterAll(() => product.close());

const detail = async (as: string, noun: string, caseId: string) =>
  (await product.get<CaseDetail>(as, casePath(noun, caseId))).body;
const listed = async (as: string, noun: string, caseId: string) =>
  (await product.get<{ items: CaseView[] }>(as, `/api/v1/${noun}?limit=200`)).body.items.find(
    (item) => item.caseId === caseId,
  );
const factsOf = (caseId: string, facts: Record<string, unknown>) =>
  product.handle.db.update(cases).set({ facts }).where(eq(cases.caseId, caseId));

describe('a rollback', () => {
  it('tells who rules it by whom and why the push was returned, in the list and on its page', async () => {
    const { push, rollback } = standing;
    const reason = '该品种由市场监管部门审批';
    await factsOf(push.caseId, { ...push.facts, returnReason: { reasonCode: 'wrong-department', reason } });
    const returned = {
      caseId: push.caseId,
      departmentCode: '430103-agriculture',
      departmentName: '天心区农业农村主管部门',
      reasonCode: 'wrong-department',
      reason,
    };
    expect((await detail('dengji', 'rollbacks', rollback.caseId)).returned).toEqual(returned);
    expect((await listed('dengji', 'rollbacks', rollback.caseId))?.returned).toEqual(returned);
    // Free text stays with the push; the rollback's own facts hold codes only.
    const [row] = await product.handle.db.select().from(cases).where(eq(cases.caseId, rollback.caseId));
    expect(JSON.stringify(row!.facts)).not.toContain(reason);
  });
});

describe('an entry of the pool', () => {
  it('shows the beginning of its business scope in the list', async () => {
    expect((await listed('nongye', 'pool-entries', standing.pool.caseId))?.scope).toBe('许可项目：软件开发。');
  });
});

describe('a correction', () => {
  const proposal = async (version: boolean) => {
    const input = record({ content: '农药零售' });
    const { recordId } = await submit(product, input);
    const opened = openedCorrection({
      recordId,
      occasion: 'v1',
      origin: 'department',
      shownVersion: 1,
      documentNo: input.documentNo,
      uscc: input.uscc,
      departmentCode: '430103-agriculture',
      regionCode: REGION,
      discoveredOn: '2026-11-20',
      openedAt: Date.now(),
    });
    const { db } = product.handle;
    await insertOwnRow(db, opened, realClock);
    if (!version) return { ...opened, recordId };
    const account = { username: 'nongye', role: 'department-officer', regionCode: REGION } as const;
    const actor = { ...account, departmentCode: '430103-agriculture' };
    const about = { recordId, caseId: opened.caseId, returned: 1 };
    const corrected = { ...input, content: '农药零售（不含限制使用农药）' } as unknown as RecordInput;
    const proposed = await addRecordVersion(db, actor, about, corrected);
    await db
      .update(cases)
      .set({ stage: 'applied', facts: { ...opened.facts, version: proposed, appliedBy: 'nongye' } })
      .where(eq(cases.caseId, opened.caseId));
    return { ...opened, recordId };
  };
  const contentIn = (version: { fields: { field: string; value: unknown }[] } | undefined) =>
    version?.fields.find(({ field }) => field === 'content')?.value;

  it('shows the version in error beside the proposed one to the officer, the lead and the administrator', async () => {
    const { caseId, recordId } = await proposal(true);
    for (const who of ['nongye', 'nongye-lead', 'admin']) {
      const { correction } = await detail(who, 'corrections', caseId);
      expect(correction).toMatchObject({ publicationCaseId: `publication~${recordId}`, kindTitle: '行政许可' });
      expect([correction?.shown.version, contentIn(correction?.shown)]).toEqual([1, '农药零售']);
      expect([correction?.proposed?.version, contentIn(correction?.proposed)]).toEqual([
        2,
        '农药零售（不含限制使用农药）',
      ]);
    }
  });

  it('shows the officer who verifies it the record, before anything is proposed', async () => {
    const { caseId } = await proposal(false);
    const { correction } = await detail('nongye', 'corrections', caseId);
    expect(contentIn(correction?.shown)).toBe('农药零售');
    expect(correction?.proposed).toBeUndefined();
  });
});

describe('a supervision', () => {
  it('links the case that it is about, by its type', async () => {
    const { push, supervision } = standing;
    const { origin } = await detail('ducha', 'supervisions', supervision.caseId);
    expect(origin).toMatchObject({ caseId: push.caseId, caseType: 'registrationPush' });
  });

  it("tells the officer of the department what is the lead's to do, barred with the reason", async () => {
    const { caseId } = standing.supervision;
    const offers = async (who: string) => (await detail(who, 'supervisions', caseId)).actions;
    expect(await offers('nongye')).toContainEqual({
      action: 'accept',
      title: '签收',
      allowed: false,
      reason: '“签收”只能由承办方的部门负责人办理',
      refusal: expect.objectContaining({ code: 'access.denied' }) as object,
      article: '第十七条',
    });
    expect(await offers('nongye-lead')).toContainEqual(expect.objectContaining({ action: 'accept', allowed: true }));
    // Actions of other organs are not offered to the department, not even as barred.
    expect((await offers('nongye')).map(({ action }) => action)).not.toContain('criticise');
    expect((await offers('nongye')).map(({ action }) => action)).not.toContain('approveExtension');
    expect(await offers('shenji')).toEqual([]);
  });
});

describe('other cases of the same enterprise', () => {
  it('are told apart by number, department and due date', async () => {
    const { push, rollback } = standing;
    await product.handle.db
      .update(cases)
      .set({ dueAt: new Date('2026-11-19T16:00:00Z') })
      .where(eq(cases.caseId, push.caseId));
    const { related } = await detail('dengji', 'rollbacks', rollback.caseId);
    expect(related.find(({ caseId }) => caseId === push.caseId)).toMatchObject({
      caseNo: push.caseNo,
      departmentName: '天心区农业农村主管部门',
      dueDate: '2026-11-19',
      status: 'open',
    });
  });
});
