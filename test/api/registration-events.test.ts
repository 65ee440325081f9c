/** 变更、注销 (第七条第一、二款): departments that were told of an enterprise are told what becomes of it. */
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cases, enterprises, outbox } from '../../db/schema.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import type { ToldCase } from '../../domain/case/effects.ts';
import type { EnterprisePage } from '../../api/routes/enterprises.ts';
import type { RegistrationPage } from '../../api/routes/registration-list.ts';
import { onOneDay, today } from '../support/day.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, expectProblem, importFile, jsonl, NOWHERE, registration, REGISTRATIONS } from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());
beforeEach(onOneDay);

const FARM = '430103-agriculture';
const FOOD = '430103-market-regulation';
const PESTICIDE = '许可项目：农药零售。';
const daysAgo = (days: number) => addDays(today(), -days);

/** What each department's case says about the registration. */
async function told(registrationNo: string) {
  const rows = await product.handle.db.select().from(cases).where(eq(cases.caseNo, registrationNo));
  return new Map(rows.map((row) => [row.departmentCode, { caseType: row.caseType, ...row.facts }]));
}

async function ending(registrationNo: string): Promise<unknown[]> {
  const rows = await product.handle.db
    .select()
    .from(outbox)
    .where(like(outbox.key, `tell:%~${registrationNo}~%`))
    .orderBy(outbox.key);
  return rows.map(({ payload }) => {
    const { caseId, args } = payload as ToldCase;
    return { caseId, registrationNo: args[0] };
  });
}

const standing = async (uscc: string) =>
  (await product.handle.db.select().from(enterprises).where(eq(enterprises.uscc, uscc)))[0]!;

describe('a change', () => {
  it('tells the department of what is dropped, and each department what is new to it', async () => {
    const { input, items } = await accept(product, { scope: '许可项目：农药零售；食品销售。' });
    const { uscc } = input;
    const before = await told(input.registrationNo);
    expect(items.length).toBeGreaterThanOrEqual(2);
    const { input: change } = await accept(product, { uscc, scope: '许可项目：食品销售。', event: 'change' });
    const after = await told(change.registrationNo);
    const [farm, food] = [before.get(FARM)!, before.get(FOOD)!] as unknown as { itemIds: string[] }[];
    expect(after.get(FARM)).toMatchObject({
      event: 'change',
      itemIds: [],
      addedItemIds: [],
      removedItemIds: farm!.itemIds,
    });
    expect(after.get(FOOD)).toMatchObject({
      event: 'change',
      itemIds: food!.itemIds,
      addedItemIds: [],
      removedItemIds: [],
    });
    // Changed back: compared with what the department was told last, not first.
    const { input: back } = await accept(product, { uscc, scope: PESTICIDE, event: 'change' });
    expect((await told(back.registrationNo)).get(FARM)).toMatchObject({
      addedItemIds: farm!.itemIds,
      removedItemIds: [],
    });
  });

  it('whose scope touches no approval any more goes to who was told before, and not to the pool', async () => {
    const { input } = await accept(product, { scope: PESTICIDE });
    const { caseIds } = await accept(product, { uscc: input.uscc, scope: '一般项目：软件开发。', event: 'change' });
    expect(caseIds).toEqual([expect.stringMatching(`~${FARM}~1$`)]);
  });

  it('does not tell a department that returned its push', async () => {
    const { input, caseIds } = await accept(product, { scope: PESTICIDE });
    await product.handle.db
      .update(cases)
      .set({ stage: 'returned', status: 'closed' })
      .where(eq(cases.caseId, caseIds[0]!));
    const change = await accept(product, { uscc: input.uscc, scope: '一般项目：软件开发。', event: 'change' });
    expect([change.caseIds, change.published]).toEqual([[], true]);
  });

  it('tells the department that holds a later round, not the one that the first round went to', async () => {
    const { input, caseIds } = await accept(product, { scope: PESTICIDE });
    const [first] = await product.handle.db.select().from(cases).where(eq(cases.caseId, caseIds[0]!));
    await product.handle.db
      .update(cases)
      .set({ stage: 'returned', status: 'closed' })
      .where(eq(cases.caseId, first!.caseId));
    const next = {
      caseId: first!.caseId.replace(/1$/, '2'),
      round: 2,
      departmentCode: '430103-forestry',
      stage: 'fedBack',
    };
    await product.handle.db.insert(cases).values({ ...first!, ...next, status: 'closed' });
    const change = await accept(product, { uscc: input.uscc, scope: '', event: 'change' });
    expect([...(await told(change.registrationNo)).keys()]).toEqual(['430103-forestry']);
  });

  it('tells the successor of a department that was retired', async () => {
    const { input } = await accept(product, { scope: PESTICIDE });
    const department = '/api/v1/admin/departments/430103-agriculture';
    const put = (retired: boolean) =>
      product.request('admin', 'PUT', department, { name: '天心区农业农村主管部门', retired, reason: '机构改革' });
    expect((await put(true)).status).toBe(200);
    const change = await eventually(
      () => accept(product, { uscc: input.uscc, scope: '', event: 'change' }),
      ({ caseIds }) => !caseIds[0]!.includes(FARM),
    );
    expect([...(await told(change.registrationNo)).keys()]).toEqual(['430100-agriculture']);
    await put(false);
    await eventually(
      () => accept(product),
      ({ caseIds }) => caseIds[0]!.includes(FARM),
    );
  });

  it('of which an item has no department at any level is published for it, and pushed for the others', async () => {
    const levels = ['430103', '430100', '430000'].map((region) => `/api/v1/admin/departments/${region}-agriculture`);
    const put = (path: string, retired: boolean) =>
      product.request('admin', 'PUT', path, { name: '农业农村主管部门', retired, reason: '机构改革' });
    for (const path of levels) await put(path, true);
    const both = await eventually(
      () => accept(product, { scope: `${PESTICIDE}餐饮服务。` }),
      ({ caseIds }) => caseIds.every((id) => !id.includes('agriculture')),
    );
    expect(new Set(both.caseIds.map((id) => id.split('~')[0]))).toEqual(new Set(['pool', 'push']));
    const { body } = await product.get<{ hits: { itemId: string; departmentCode: string | null }[] }>(
      'shengju',
      `/api/v1/registrations/${both.registrationNo}`,
    );
    expect(body.hits.find(({ departmentCode }) => departmentCode === null)).toMatchObject({ itemId: 'PA047' });
    expect(body.hits).toHaveLength(2);
    for (const path of levels) await put(path, false);
  });

  it('in one file with its establishment, in whatever order of rows and numbers, is told as it happened', async () => {
    const rows = [
      registration({ scope: '', event: '变更', registeredOn: daysAgo(1) }),
      registration({ scope: PESTICIDE, registeredOn: daysAgo(2) }),
    ];
    rows[1]!.uscc = rows[0]!.uscc;
    rows[1]!.name = '设立时的名称';
    const imported = await importFile(product, jsonl(rows));
    expect(imported.summary).toMatchObject({ accepted: 2 });
    const change = (await told(rows[0]!.registrationNo)).get(FARM);
    expect(change).toMatchObject({ event: 'change', itemIds: [], removedItemIds: [expect.any(String)] });
    expect((await standing(rows[0]!.uscc)).name).toBe(rows[0]!.name);
  });

  it('by fifty authorities at once, with the establishment among them, misses nobody', async () => {
    const first = registration({ scope: PESTICIDE, registeredOn: daysAgo(3) });
    const changes = Array.from({ length: 20 }, () => registration({ uscc: first.uscc, scope: '', event: 'change' }));
    await Promise.all([first, ...changes].map((one) => product.post('shengju', REGISTRATIONS, one)));
    const last = await accept(product, { uscc: first.uscc, scope: '', event: 'change' });
    expect([...(await told(last.registrationNo)).keys()]).toEqual([FARM]);
  });
});

describe('a cancellation', () => {
  it('with an empty scope goes to who was told before, with all that it was about, and not to the pool', async () => {
    const { input, items } = await accept(product, { scope: PESTICIDE });
    const cancelled = await accept(product, { uscc: input.uscc, scope: '', event: 'cancel' });
    expect(cancelled.caseIds).toEqual([expect.stringMatching(`~${FARM}~1$`)]);
    expect((await told(cancelled.registrationNo)).get(FARM)).toMatchObject({
      event: 'cancel',
      itemIds: [],
      addedItemIds: [],
      removedItemIds: items,
    });
  });

  it('ends what is open of earlier registrations: once each, and not what it opens itself', async () => {
    const { input, caseIds } = await accept(product, { scope: PESTICIDE });
    const pool = await accept(product, { uscc: input.uscc, scope: '' });
    const done = await accept(product, { uscc: input.uscc, scope: PESTICIDE });
    await product.handle.db.update(cases).set({ status: 'closed' }).where(eq(cases.caseId, done.caseIds[0]!));
    const { registrationNo } = await accept(product, { uscc: input.uscc, scope: PESTICIDE, event: 'cancel' });
    expect(await ending(input.registrationNo)).toEqual([{ caseId: caseIds[0], registrationNo }]);
    expect(await ending(pool.registrationNo)).toEqual([{ caseId: pool.caseIds[0], registrationNo }]);
    expect(await ending(done.registrationNo)).toEqual([]);
    expect(await ending(registrationNo)).toEqual([]);
  });

  it('in one file with what it ends, and with an older row that comes later', async () => {
    const first = registration({ scope: PESTICIDE, registeredOn: daysAgo(9) });
    const cancel = registration({ uscc: first.uscc, scope: '', event: 'cancel', registeredOn: daysAgo(1) });
    await importFile(product, jsonl([cancel, first]));
    expect(await ending(first.registrationNo)).toMatchObject([{ registrationNo: cancel.registrationNo }]);
    const late = await accept(product, {
      uscc: first.uscc,
      scope: PESTICIDE,
      event: 'change',
      registeredOn: daysAgo(5),
    });
    expect(await ending(late.registrationNo)).toMatchObject([{ registrationNo: cancel.registrationNo }]);
    const anew = await accept(product, { uscc: first.uscc, scope: PESTICIDE, registeredOn: today() });
    expect(await ending(anew.registrationNo)).toEqual([]);
    expect((await standing(first.uscc)).cancelledOn).toBeNull();
  });

  it('of an enterprise of which nobody was told is published', async () => {
    const { caseIds, published } = await accept(product, { scope: '', event: 'cancel' });
    expect([caseIds, published]).toEqual([[], true]);
  });
});

describe('an enterprise', () => {
  it('is named by the registration of the latest day, and an older row that arrives later changes nothing', async () => {
    const { input } = await accept(product, { name: '新名称', registeredOn: daysAgo(1) });
    const { uscc } = input;
    await accept(product, { uscc, name: '旧名称', regionCode: '430104', registeredOn: daysAgo(8) });
    expect(await standing(uscc)).toMatchObject({ name: '新名称', regionCode: '430103' });
    await accept(product, { uscc, name: '同日后到', registeredOn: daysAgo(1) });
    expect((await standing(uscc)).name).toBe('同日后到');
  });

  it('of one day, several rows of a file in the order of the file', async () => {
    const rows = [registration({ name: '先' }), registration({ name: '后' })].toReversed();
    rows[1]!.uscc = rows[0]!.uscc;
    await importFile(product, jsonl(rows));
    expect((await standing(rows[0]!.uscc)).name).toBe('先');
  });

  it('that is cancelled is marked with its day, on its page and where it is found', async () => {
    const { input } = await accept(product, { registeredOn: daysAgo(3) });
    const { uscc, name } = input;
    const page = async () => (await product.get<EnterprisePage>(null, `/api/v1/public/enterprises/${uscc}`)).body;
    expect(await page()).toMatchObject({ name, cancelledOn: null });
    await accept(product, { uscc, name, scope: '', event: 'cancel', registeredOn: daysAgo(2) });
    // Registrations of the same day and of an earlier one do not bring it back.
    await accept(product, { uscc, name, event: 'change', registeredOn: daysAgo(2) });
    await accept(product, { uscc, name, event: 'change', registeredOn: daysAgo(3) });
    expect(await page()).toMatchObject({ cancelledOn: daysAgo(2) });
    const found = await product.get<{ items: object[] }>(
      null,
      `/api/v1/public/enterprises?q=${encodeURIComponent(name)}`,
    );
    expect(found.body.items).toContainEqual(expect.objectContaining({ uscc, cancelledOn: daysAgo(2) }));
  });
});

describe('refused', () => {
  it('a day that has not come', async () => {
    const problem = expectProblem(
      await product.post('shengju', REGISTRATIONS, registration({ registeredOn: addDays(today(), 1) })),
      'input.invalid',
    );
    expect(problem.detail).toContain('尚未到来');
    await accept(product, { registeredOn: today() });
  });

  it('a kind that the credit code contradicts', async () => {
    const problem = expectProblem(
      await product.post('shengju', REGISTRATIONS, registration({ kind: '个体工商户' })),
      'input.invalid',
    );
    expect(problem.errors).toEqual([{ path: '/kind', message: expect.stringContaining('GB 32100') }]);
  });

  it('a cursor that the list never gave', async () => {
    for (const path of [REGISTRATIONS, '/api/v1/pushes', '/api/v1/tasks', '/api/v1/cases']) {
      expectProblem(await product.get('dengji', `${path}?cursor=nothing-of-ours`), 'input.invalid');
    }
    const { input } = await accept(product, { regionCode: '430104' });
    const elsewhere = `${REGISTRATIONS}?cursor=${input.registrationNo}`;
    expectProblem(await product.get('dengji', elsewhere), 'input.invalid');
    expect((await product.get('shengju', elsewhere)).status).toBe(200);
  });
});

describe('the list of registrations', () => {
  it('is filtered by credit code, a part of the name, event and kind', async () => {
    const { input } = await accept(product, { name: '百分之百%甲' });
    const { uscc } = input;
    await accept(product, { uscc, name: '百分之百乙', event: 'change' });
    const names = async (query: Record<string, string>) => {
      const { status, body } = await product.get<RegistrationPage>(
        'dengji',
        `${REGISTRATIONS}?${new URLSearchParams(query).toString()}`,
      );
      expect([query, status]).toEqual([query, 200]);
      return body.items.map(({ name }) => name);
    };
    expect(await names({ uscc: uscc.toLowerCase() })).toEqual(['百分之百乙', '百分之百%甲']);
    expect(await names({ name: '百%' })).toEqual(['百分之百%甲']);
    expect(await names({ uscc, event: 'change' })).toEqual(['百分之百乙']);
    expect(await names({ uscc, event: '设立' })).toEqual(['百分之百%甲']);
    expect(await names({ uscc, kind: 'individual' })).toEqual([]);
    for (const query of ['event=merge', 'kind=x', 'name='])
      expectProblem(await product.get('dengji', `${REGISTRATIONS}?${query}`), 'input.invalid');
    expectProblem(await product.get('dengji', `${REGISTRATIONS}?uscc=91`), 'uscc.invalid');
  });
});
