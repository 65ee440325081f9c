/**
 * 发布公示 (第七条第二款): a registration that touches no approval is published without a case; departments of its region
 * search, download and claim it.
 */
import { parse } from 'csv-parse/sync';
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PublishedPage } from '../../api/routes/published-registrations.ts';
import { auditLog, cases, commands, deadlines, notices, outbox, registrations } from '../../db/schema.ts';
import type { CaseDetail } from '../../api/cases/detail.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import { today } from '../support/day.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, begunCase, casePath, expectProblem, REGISTRATIONS, started } from './support/requests.ts';

const PATH = '/api/v1/published-registrations';
const SCOPE = '一般项目：软件开发。';

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

const publish = (more: Record<string, unknown> = {}) => accept(product, { scope: SCOPE, ...more });
const list = async (as: string, query = '') => (await product.get<PublishedPage>(as, `${PATH}${query}`)).body;
const numbers = async (as: string, query = '') => (await list(as, query)).items.map((row) => row.registrationNo);
const claimPath = (no: string) => `${PATH}/${encodeURIComponent(no)}/claim`;
const claim = (as: string, no: string, body: object = {}, key?: string) =>
  product.request<{ caseId: string }>(as, 'POST', claimPath(no), body, key ? { 'idempotency-key': key } : {});

describe('published', () => {
  it('without a case, a limit, a workflow or a notice', async () => {
    const { registrationNo, caseIds, items, published } = await publish();
    expect([caseIds, items, published]).toEqual([[], [], true]);
    const { db } = product.handle;
    const inKey = `%${registrationNo}%`;
    expect(await db.select().from(cases).where(eq(cases.caseNo, registrationNo))).toEqual([]);
    expect(await db.select().from(deadlines).where(like(deadlines.caseId, inKey))).toEqual([]);
    expect(await db.select().from(outbox).where(like(outbox.key, inKey))).toEqual([]);
    expect(await db.select().from(notices).where(like(notices.caseId, inKey))).toEqual([]);
  });

  it('to the departments and organs of its region, and to nobody else', async () => {
    const { registrationNo } = await publish();
    for (const as of ['nongye', 'shichang', 'weijian', 'dengji', 'shengju', 'ducha', 'shenji'])
      expect(await numbers(as)).toContain(registrationNo);
    const { registrationNo: elsewhere } = await publish({ regionCode: '430104' });
    expect(await numbers('nongye')).not.toContain(elsewhere);
    expect(await numbers('shengju', '?region=430104')).toEqual([elsewhere]);
    expectProblem(await product.get(null, PATH), 'auth.required');
    expectProblem(await product.get('nongye', `${REGISTRATIONS}/${elsewhere}`), 'resource.not-found');
    const { status } = await product.get('nongye', `${REGISTRATIONS}/${registrationNo}`);
    expect(status).toBe(200);
  });

  it('and not what is pushed or unclear', async () => {
    const { registrationNo: pushed } = await accept(product);
    const { registrationNo: unclear } = await accept(product, { scope: '许可项目：星际航行服务。' });
    const seen = await numbers('shengju', '?limit=200');
    expect(seen.filter((no) => no === pushed || no === unclear)).toEqual([]);
  });

  it('found by number, credit code, name and scope', async () => {
    const { input, registrationNo } = await publish({ name: '青竹手工坊', scope: '一般项目：竹编工艺品制作。' });
    for (const q of [registrationNo, input.uscc.toLowerCase(), '青竹手工', '竹编工艺'])
      expect(await numbers('nongye', `?q=${encodeURIComponent(q)}`)).toEqual([registrationNo]);
    expect(await numbers('nongye', `?q=${encodeURIComponent('量子纠缠')}`)).toEqual([]);
    expectProblem(await product.get('nongye', `${PATH}?q=${encodeURIComponent('竹')}`), 'input.invalid');
  });

  it('page by page, each once', async () => {
    const own = [];
    for (let n = 0; n < 5; n += 1) own.push((await publish({ regionCode: '430302' })).registrationNo);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await list('shengju', `?region=430302&limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((row) => row.registrationNo));
      cursor = page.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(own.toReversed());
    expectProblem(await product.get('shengju', `${PATH}?cursor=never`), 'input.invalid');
  });

  it('to be downloaded as what the list shows', async () => {
    await publish({ regionCode: '430405', name: '=1+1' });
    const { body, headers } = await product.get<string>('shengju', `${PATH}/download?region=430405`);
    expect(headers.get('content-disposition')).toContain(encodeURIComponent('登记信息公示.csv'));
    const rows = parse<Record<string, string>>(body, { bom: true, columns: true });
    expect(rows.map((row) => row['登记编号'])).toEqual(await numbers('shengju', '?region=430405'));
    expect(rows[0]).toMatchObject({ 名称: "'=1+1", 经营范围: SCOPE, 登记事项: '设立', 认领与否: '未认领' });
  });
});

describe('claimed', () => {
  it('by a department of the region, which then owes the feedback of a claimed push', async () => {
    const { registrationNo } = await publish();
    const items = await product.get<{ items: { id: string }[] }>('nongye', '/api/v1/catalogue');
    const itemId = items.body.items[0]!.id;
    const { status, body } = await claim('nongye', registrationNo, { itemIds: [itemId] });
    expect([status, body]).toEqual([
      200,
      { caseId: `push~${registrationNo}~published~1`, stage: 'claimed', step: 0, late: false },
    ]);
    const { body: detail } = await begunCase(product, 'nongye', 'pushes', body.caseId);
    expect(detail).toMatchObject({
      stage: 'claimed',
      departmentCode: '430103-agriculture',
      facts: { itemIds: [itemId], claimedItemIds: [itemId], claimedFromPool: true, event: 'establish' },
    });
    expect(detail.deadlines.map(({ limitId }) => limitId)).toEqual(['registrationPush.feedback']);
    expect(detail.audit.map(({ action, actor, article }) => [action, actor, article])).toEqual([
      ['claimPublished', 'nongye', '第七条第二款'],
      ['open', 'system', '第七条第二款'],
    ]);
    const told = await product.handle.db.select().from(notices).where(eq(notices.caseId, body.caseId));
    expect(told.map(({ topic }) => topic).sort()).toEqual(['pool.claimed', 'push.received']);
    const seen = await list('weijian', `?q=${registrationNo}`);
    expect(seen.items).toMatchObject([{ published: 'claimed' }]);
    expect(JSON.stringify(seen)).not.toContain('agriculture');
    expectProblem(await product.get('weijian', casePath('pushes', body.caseId)), 'resource.not-found');
    expect(await numbers('nongye', `?standing=unclaimed&q=${registrationNo}`)).toEqual([]);
  });

  it('fifty times at once: one wins, the others are told (pool.already-claimed)', async () => {
    const { registrationNo } = await publish();
    const who = ['nongye', 'shichang', 'weijian'];
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => claim(who[n % 3]!, registrationNo)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    for (const answer of answers) if (answer.status !== 200) expectProblem(answer, 'pool.already-claimed');
    const rows = await product.handle.db.select().from(cases).where(eq(cases.caseNo, registrationNo));
    expect(rows.map(({ caseId }) => caseId)).toEqual([won[0]!.body.caseId]);
    await started(product, [won[0]!.body.caseId]);
  });

  it('fifty times under one key: once, and all get its answer; another content under the key is refused', async () => {
    const { registrationNo } = await publish();
    const key = `claim-${registrationNo}`;
    const answers = await Promise.all(Array.from({ length: 50 }, () => claim('nongye', registrationNo, {}, key)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.caseId}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(200);
    const kept = await product.handle.db.select().from(commands).where(eq(commands.key, key));
    expect(kept).toHaveLength(1);
    expectProblem(await claim('shichang', registrationNo, {}, key), 'idempotency.key-reused');
  });

  it.each([
    ['dengji', 'access.denied'],
    ['ducha', 'access.denied'],
  ] as const)('not by %s', async (as, code) => {
    const { registrationNo } = await publish();
    expectProblem(await claim(as, registrationNo), code);
  });

  it('not outside the region, not what is pushed or pooled, and with items of the catalogue only', async () => {
    const { registrationNo: elsewhere } = await publish({ regionCode: '430104' });
    expectProblem(await claim('nongye', elsewhere), 'resource.not-found');
    const { registrationNo: pushed } = await accept(product);
    expectProblem(await claim('nongye', pushed), 'resource.not-found');
    const { registrationNo: pooled } = await accept(product, { scope: '' });
    expectProblem(await claim('nongye', pooled), 'resource.not-found');
    const { registrationNo } = await publish();
    expectProblem(await claim('nongye', registrationNo, { itemIds: ['XX'] }), 'input.invalid');
    expect(await numbers('nongye', `?standing=unclaimed&q=${registrationNo}`)).toEqual([registrationNo]);
  });

  it('returned, ruled back to the pool and found to touch no approval: published again, and claimed anew', async () => {
    const { registrationNo } = await publish();
    const first = (await claim('nongye', registrationNo, {}, 'round-1')).body.caseId;
    const act = async (as: string, noun: string, caseId: string, verb: string, body: object) => {
      await begunCase(product, as, noun, caseId);
      const { status } = await product.post(as, casePath(noun, caseId, verb), body);
      expect([verb, status]).toEqual([verb, 200]);
    };
    await act('nongye', 'pushes', first, 'return', { reasonCode: 'wrong-department', reason: '不属于本部门' });
    const rollback = first.replace(/^push/, 'rollback');
    await act('dengji', 'rollbacks', rollback, 'rule', { decision: 'pool', reason: '职责不明确' });
    const pool = `pool~${registrationNo}~published~2`;
    await act('dengji', 'pool-entries', pool, 'withdraw', { reason: '不涉及审批' });
    const again = await eventually(
      () => numbers('nongye', `?standing=unclaimed&q=${registrationNo}`),
      (seen) => seen.length > 0,
    );
    expect(again).toEqual([registrationNo]);
    const { body } = await claim('shichang', registrationNo);
    expect(body.caseId).toBe(`push~${registrationNo}~published~3`);
    const { body: detail } = await product.get<CaseDetail>('shichang', casePath('pushes', body.caseId));
    expect(detail.round).toBe(3);
    // The first claim, sent again, is answered as before.
    expect((await claim('nongye', registrationNo, {}, 'round-1')).body.caseId).toBe(first);
  });

  it('of a cancelled enterprise: the push ends at once (第七条第一款)', async () => {
    const { input, registrationNo } = await publish({ registeredOn: addDays(today(), -1) });
    await publish({ uscc: input.uscc, event: 'cancel', registeredOn: today() });
    const { caseId } = (await claim('nongye', registrationNo)).body;
    const { body } = await eventually(
      () => product.get<CaseDetail>('nongye', casePath('pushes', caseId)),
      (seen) => seen.body.status === 'closed',
    );
    expect(body.stage).toBe('lapsed');
  });
});

it('确认不涉及审批 of an unclear registration publishes it; it is never taken away (第七条第二款)', async () => {
  const { registrationNo, caseIds } = await accept(product, { scope: '许可项目：星际航行服务。' });
  await begunCase(product, 'dengji', 'pool-entries', caseIds[0]!);
  const path = casePath('pool-entries', caseIds[0]!, 'withdraw');
  expect((await product.post('dengji', path, { reason: '不涉及审批' })).status).toBe(200);
  const [row] = await product.handle.db
    .select()
    .from(registrations)
    .where(eq(registrations.registrationNo, registrationNo));
  expect(row!.published).toBe('unclaimed');
  expect((await claim('nongye', registrationNo)).status).toBe(200);
  const log = await product.handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseIds[0]!));
  expect(log.map(({ action }) => action).sort()).toEqual(['open', 'withdraw']);
});
