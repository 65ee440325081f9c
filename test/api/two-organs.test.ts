/**
 * An item that concerns two organs through HTTP (第七条第二、三款): the organ that approves holds the push, the organ of the place
 * that supervises reads it and is told of the answer. Qualifiers of the scope make it a filing, or nothing.
 */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { CaseDetail } from '../../api/cases/detail.ts';
import type { CasePage } from '../../api/cases/list.ts';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { deadlines } from '../../db/schema.ts';
import { noticesOfCase } from '../support/notices.ts';
import type { Catalogue } from '../../domain/scope/catalogue.ts';
import { today } from '../support/day.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, begunCase, casePath, expectProblem, newcomer, REGISTRATIONS, withToken } from './support/requests.ts';

const COUNTY = '430103';
const SUPERVISING = `${COUNTY}-drug`;
const APPROVING = '430000-drug';

let product: Product;
let approving: string;
let supervising: string;
let elsewhere: string;
beforeAll(async () => {
  product = await Product.start();
  const role = 'department-officer' as const;
  approving = await newcomer(product, 'sheng-yaojian', { role, regionCode: '430000', departmentCode: APPROVING });
  supervising = await newcomer(product, 'yaojian', { role, regionCode: COUNTY, departmentCode: SUPERVISING });
  elsewhere = await newcomer(product, 'furong', { role, regionCode: '430102', departmentCode: '430102-drug' });
});
afterAll(() => product.close());

const get = <T>(token: string, path: string) => withToken<T>(product, token, 'GET', path);
const post = (token: string, caseId: string, verb: string, body: object = {}) =>
  product.request(null, 'POST', casePath('pushes', caseId, verb), body, {
    authorization: `Bearer ${token}`,
    'idempotency-key': `${verb}-${caseId}`,
  });

/** A push that the province's organ holds. */
async function pushed() {
  const contact = { contactName: '张三', contactPhone: '0731-88888888' };
  const accepted = await accept(product, { scope: '许可项目：化妆品生产。', ...contact });
  const [caseId] = accepted.caseIds;
  await begunCase(product, 'shengju', 'pushes', caseId!);
  return { ...accepted, caseId: caseId! };
}

const noticesOf = (caseId: string) => noticesOfCase(product.handle.db, caseId);
const toldTo = async (caseId: string, departmentCode: string) =>
  (await noticesOf(caseId)).filter((notice) => notice.departmentCode === departmentCode);

describe('the organ that approves, at the level that the law names', () => {
  it('holds the push; the organ of the place is told, and has no limit', async () => {
    const { caseId, items } = await pushed();
    expect(items).toEqual(['PA042']);
    const { body } = await get<CaseDetail>(approving, casePath('pushes', caseId));
    expect(body).toMatchObject({ departmentCode: APPROVING, supervising: [{ code: SUPERVISING }] });
    expect(body.hits[0]).toMatchObject({ mode: 'approval', approvingLevel: 'province', tried: [] });
    expect(body.actions.find(({ action }) => action === 'claim')!.allowed).toBe(true);
    expect((await toldTo(caseId, SUPERVISING)).map(({ topic, article }) => [topic, article])).toEqual([
      ['push.toSupervise', '第七条第二款'],
    ]);
    expect((await toldTo(caseId, APPROVING)).map(({ topic }) => topic)).toEqual(['push.received']);
    const limits = await product.handle.db.select().from(deadlines).where(eq(deadlines.caseId, caseId));
    expect(limits.map(({ limitId }) => limitId).sort()).toEqual([
      'registrationPush.claim',
      'registrationPush.feedback',
    ]);
  });

  it('answers, and the organ of the place is told what, also of what is added', async () => {
    const { caseId } = await pushed();
    expect((await post(approving, caseId, 'claim')).status).toBe(200);
    expect(await toldTo(caseId, SUPERVISING)).toHaveLength(1);
    const refused = { outcome: 'permit-refused', reason: '不符合条件' };
    expect((await post(approving, caseId, 'feedback', refused)).status).toBe(200);
    const [, answered] = await toldTo(caseId, SUPERVISING);
    expect(answered).toMatchObject({ topic: 'push.answered', article: '第七条第三款' });
    expect(answered!.body).toContain('不予许可');
    await eventually(
      () => get<CaseDetail>(approving, casePath('pushes', caseId)),
      ({ body }) => body.status === 'closed',
    );
    const permit = {
      outcome: 'permit-granted',
      documentNo: `湘药监许〔2026〕${process.pid}号`,
      decidedOn: today(),
      validUntil: '2099-12-31',
      content: '化妆品生产',
    };
    expect((await post(approving, caseId, 'supplement', permit)).status).toBe(200);
    const [, , added] = await toldTo(caseId, SUPERVISING);
    expect(added!.body).toContain('已许可');
  });
});

describe('the organ of the place that supervises', () => {
  it('reads case and registration, without the contact, and nobody else of the place or elsewhere does', async () => {
    const { caseId, registrationNo } = await pushed();
    const seen = await get<CaseDetail>(supervising, casePath('pushes', caseId));
    expect(seen.status).toBe(200);
    expect(seen.body.registration).not.toHaveProperty('contact');
    expect(seen.body.actions.some(({ allowed }) => allowed)).toBe(false);
    const registration = await get<{ hits: { itemId: string }[] }>(supervising, `${REGISTRATIONS}/${registrationNo}`);
    expect(registration.body.hits.map(({ itemId }) => itemId)).toEqual(['PA042']);
    expect(registration.body).not.toHaveProperty('contact');
    expect((await get<object>(approving, `${REGISTRATIONS}/${registrationNo}`)).body).toHaveProperty('contact');
    expectProblem(await product.get('nongye', casePath('pushes', caseId)), 'resource.not-found');
    expectProblem(await get(elsewhere, casePath('pushes', caseId)), 'resource.not-found');
    expectProblem(await get(elsewhere, `${REGISTRATIONS}/${registrationNo}`), 'resource.not-found');
  });

  it('claims, returns and answers nothing', async () => {
    const { caseId } = await pushed();
    for (const [verb, body] of [
      ['claim', {}],
      ['return', { reasonCode: 'other', reason: '试办' }],
      ['feedback', { outcome: 'not-applied' }],
    ] as const) {
      expectProblem(await post(supervising, caseId, verb, body), 'access.denied');
    }
  });

  it('finds it where it asks for what it supervises, and not among its own', async () => {
    const { caseId } = await pushed();
    const own = await get<CasePage>(supervising, '/api/v1/pushes?limit=200');
    expect(own.body.items.map((row) => row.caseId)).not.toContain(caseId);
    const supervised = await get<CasePage>(supervising, '/api/v1/pushes?supervised=true&limit=200');
    expect(supervised.body.items.map((row) => row.caseId)).toContain(caseId);
    const ofRegion = await product.get<CasePage>('ducha', '/api/v1/pushes?supervised=true&limit=200');
    expect(ofRegion.body.items.map((row) => row.caseId)).toContain(caseId);
    const { caseIds } = await accept(product);
    expect(ofRegion.body.items.map((row) => row.caseId)).not.toContain(caseIds[0]);
    expect((await get<CasePage>(elsewhere, '/api/v1/pushes?supervised=true')).body.items).toEqual([]);
  });

  it('goes with the push through a return and its ruling', async () => {
    const { caseId } = await pushed();
    const returned = await post(approving, caseId, 'return', { reasonCode: 'wrong-level', reason: '委托市级办理' });
    const { nextCaseId: rollback } = returned.body as { nextCaseId: string };
    await begunCase(product, 'dengji', 'rollbacks', rollback);
    const ruling = { decision: 'other', departmentCode: '430100-drug', reason: '已委托' };
    const ruled = await product.post<{ nextCaseId: string }>('dengji', casePath('rollbacks', rollback, 'rule'), ruling);
    const next = ruled.body.nextCaseId;
    const seen = await eventually(
      () => get<CaseDetail>(supervising, casePath('pushes', next)),
      ({ status }) => status === 200,
    );
    expect(seen.body).toMatchObject({ departmentCode: '430100-drug', supervising: [{ code: SUPERVISING }] });
    expect((await toldTo(next, SUPERVISING)).map(({ topic }) => topic)).toEqual(['push.toSupervise']);
  });
});

describe('a qualifier of the scope', () => {
  it('makes it a filing: 已备案 fits and 已许可 does not (食品安全法第三十五条)', async () => {
    const { caseIds, items } = await accept(product, { scope: '食品销售（仅销售预包装食品）' });
    expect([caseIds.length, items]).toEqual([1, ['PA002']]);
    const caseId = caseIds[0]!;
    const { body } = await begunCase(product, 'shichang', 'pushes', caseId);
    expect(body.hits[0]).toMatchObject({
      mode: 'filing',
      qualifier: { effect: 'filing', law: '食品安全法（2021）', article: '第三十五条' },
    });
    const act = (verb: string, more: object) => product.post('shichang', casePath('pushes', caseId, verb), more);
    expect((await act('claim', {})).status).toBe(200);
    const decision = { documentNo: `天备〔2026〕${process.pid}号`, decidedOn: today(), content: '仅销售预包装食品' };
    const permit = { outcome: 'permit-granted', ...decision, validUntil: '2099-12-31' };
    expect(expectProblem(await act('feedback', permit), 'push.outcome-unfit').detail).toContain('备案');
    expect((await act('feedback', { outcome: 'filing-made', ...decision })).status).toBe(200);
  });

  test.each([
    ['第二类易制毒化学品经营', '430100-emergency', [`${COUNTY}-emergency`]],
    ['第三类易制毒化学品零售', `${COUNTY}-emergency`, []],
  ])('makes %s a filing with another sector: %s (易制毒化学品管理条例第十三条)', async (scope, holder, supervised) => {
    const { caseIds, items } = await accept(product, { scope });
    expect([caseIds.length, items]).toEqual([1, ['PA090']]);
    const { body } = await begunCase(product, 'shengju', 'pushes', caseIds[0]!);
    expect(body).toMatchObject({ departmentCode: holder, supervising: supervised.map((code) => ({ code })) });
    expect(body.hits[0]).toMatchObject({ mode: 'filing', qualifier: { sector: 'emergency', article: '第十三条' } });
  });

  it('that leaves nothing is published with its reason, which whoever reads it sees (医疗器械经营办法第四条)', async () => {
    const scope = '一般项目：第一类医疗器械销售。';
    const { caseIds, items, published, registrationNo } = await accept(product, { scope });
    expect([caseIds, items, published]).toEqual([[], [], true]);
    const { body } = await product.get<{ hits: object[] }>('nongye', `${REGISTRATIONS}/${registrationNo}`);
    expect(body.hits).toEqual([
      expect.objectContaining({
        itemId: 'PA041',
        departmentCode: null,
        qualifier: expect.objectContaining({ phrase: '第一类医疗器械销售', effect: 'none', article: '第四条' }),
      }),
    ]);
  });

  it('is tried out with its reason', async () => {
    const { body } = await product.post<{ items: string[]; hits: object[] }>('nongye', '/api/v1/catalogue/try', {
      scope: '农作物种子经营（仅限不再分装的包装种子）',
    });
    expect(body.items).toEqual([]);
    expect(body.hits).toEqual([
      expect.objectContaining({ itemId: 'PA048', qualifier: expect.objectContaining({ article: '第三十八条' }) }),
    ]);
  });
});

describe('an edition of the catalogue', () => {
  const catalogue = loadCatalogue();
  const publish = (edition: object) =>
    product.post('admin', '/api/v1/admin/catalogues', { catalogue: edition, reason: '试验' });
  const changed = (change: Partial<Catalogue['items'][number]>) => ({
    ...catalogue,
    version: '2031.1',
    items: catalogue.items.map((item, index) => (index === 0 ? { ...item, ...change } : item)),
  });

  it.each([
    ['a level without its basis', { approvingLevel: 'province' as const }, '审批层级应注明依据'],
    ['a level that does not exist', { approvingLevel: 'town' as never }, 'approvingLevel'],
    [
      'the approving sector as supervising',
      { supervisingSector: 'market-regulation' as const, bases: { supervisingSector: { law: '法', article: '条' } } },
      '监管部门与审批部门相同',
    ],
    [
      'a qualifier without law',
      { qualifiers: [{ phrases: ['仅试制'], effect: 'none' as const, basis: { law: '', article: '' } }] },
      '应注明依据的法律',
    ],
    [
      'a keyword as qualifier',
      { qualifiers: [{ phrases: ['食品生产'], effect: 'none' as const, basis: { law: '法', article: '条' } }] },
      '重复列出',
    ],
  ])('is refused with %s', async (_, change, words) => {
    expect(JSON.stringify(expectProblem(await publish(changed(change)), 'input.invalid'))).toContain(words);
  });

  it('of earlier versions, without the new fields, is still taken, and approves at the registration’s own level', async () => {
    const items = catalogue.items.map(
      ({ approvingLevel: _, supervisingSector: __, bases: ___, qualifiers: ____, mode: _____, ...old }) => old,
    );
    expect((await publish({ ...catalogue, version: '2031.2', items })).status).toBe(201);
    const { caseIds } = await accept(product, { scope: '化妆品生产；食品销售（仅销售预包装食品）' });
    expect(caseIds.map((caseId) => caseId.split('~')[2])).toEqual([SUPERVISING, '430103-market-regulation']);
    const { body } = await product.get<{ version: string }>('shenji', '/api/v1/admin/catalogues/2026.3');
    expect(body.version).toBe('2026.3');
  });
});
