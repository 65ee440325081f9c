/** What departments are told of an enterprise (第七条第一款), who reads its contact, and what is not read. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseDetail } from '../../api/cases/detail.ts';
import type { EnterprisePage } from '../../api/routes/enterprises.ts';
import { importRejections, outbox, registrations } from '../../db/schema.ts';
import { addDays, legalDateOf } from '../../domain/clock/calendar.ts';
import { Product } from '../support/product.ts';
import {
  accept,
  casePath,
  CSV,
  expectProblem,
  importFile,
  jsonl,
  NOWHERE,
  registration,
  REGISTRATIONS,
} from './support/requests.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

const PHONE = '0731-12345678';
const DETAILS = {
  address: '长沙市天心区试验路1号',
  premises: '长沙市天心区试验路2号',
  representative: '某某',
  capital: '500万元人民币',
  enterpriseType: '有限责任公司',
  industry: 'f5226',
  establishedOn: '2026/3/2',
  validUntil: '长期',
  registeringOrgan: '天心区市场监督管理局',
  changes: [{ item: '住所', before: '甲路1号', after: '试验路1号' }],
};
const TOLD = {
  ...DETAILS,
  industry: 'F5226',
  establishedOn: '2026-03-02',
  validUntil: undefined,
};

describe('a department', () => {
  it('reads what the register says, with the changes and the contact; Temporal and the public never read the contact', async () => {
    const { input, registrationNo, caseIds } = await accept(product, {
      ...DETAILS,
      event: '变更登记',
      contactName: '联络人甲',
      contactPhone: PHONE,
    });
    const { body } = await product.get<CaseDetail>('nongye', casePath('pushes', caseIds[0]!));
    expect(body.registration).toMatchObject({
      event: 'change',
      details: JSON.parse(JSON.stringify(TOLD)) as object,
      contact: { name: '联络人甲', phone: PHONE },
      task: expect.stringContaining('变更前后'),
      rule: { article: '第二十四条', from: '2022-03-01' },
      standing: 'active',
      late: false,
    });
    const starts = await product.handle.db
      .select()
      .from(outbox)
      .where(eq(outbox.key, `start:${caseIds[0]}`));
    expect(JSON.stringify(starts)).not.toMatch(/12345678|联络人甲|试验路/);
    const page = await product.get(null, `/api/v1/public/enterprises/${input.uscc}`);
    expect(JSON.stringify(page.body)).not.toMatch(/12345678|联络人甲|某某/);
    const listed = await product.get('dengji', `${REGISTRATIONS}?uscc=${input.uscc}`);
    expect(JSON.stringify(listed.body)).not.toMatch(/12345678|联络人甲/);
    const own = await product.get<{ contact?: object }>('dengji', `${REGISTRATIONS}/${registrationNo}`);
    expect(own.body.contact).toEqual({ name: '联络人甲', phone: PHONE });
  });

  it('that only reads what is published or pooled is not told whom to call', async () => {
    const contact = { contactPhone: PHONE, ...DETAILS };
    const { registrationNo } = await accept(product, { ...contact, scope: '一般项目：软件开发。' });
    const { body } = await product.get('nongye', `${REGISTRATIONS}/${registrationNo}`);
    expect(body).toMatchObject({ details: { address: DETAILS.address } });
    expect(JSON.stringify(body)).not.toContain(PHONE);
    const pooled = await accept(product, { ...contact, scope: '' });
    const entry = await product.get<CaseDetail>('nongye', casePath('pool-entries', pooled.caseIds[0]!));
    expect(entry.body.registration!.details).toMatchObject({ address: DETAILS.address });
    expect(JSON.stringify(entry.body)).not.toContain(PHONE);
  });
});

describe('refused', () => {
  it.each([
    ['address', '身份证11010519491231002X号', '公民身份号码'],
    ['industry', '软件业', 'GB/T 4754'],
    ['establishedOn', '2026-02-30', '真实存在的日期'],
    ['capital', '9'.repeat(61), '不得超过60字'],
    ['changes', '住所', '变更内容应为数组'],
  ])('%s %s', async (field, value, message) => {
    const answer = await product.post('shengju', REGISTRATIONS, registration({ [field]: value }));
    expect(expectProblem(answer, 'input.invalid').detail).toContain(message);
  });
});

it('the same content again is a duplicate; another detail under the number is a conflict', async () => {
  const { input } = await accept(product, DETAILS);
  expect((await product.post('shengju', REGISTRATIONS, input)).status).toBe(200);
  const other = await product.post('shengju', REGISTRATIONS, { ...input, address: '别处' });
  expectProblem(other, 'registration.conflict');
});

describe('what is not read', () => {
  it('is named in the answer to one registration', async () => {
    const body = registration({ adress: '甲路1号', changes: [{ item: '住所', befor: '甲' }] });
    const answer = await product.post('shengju', REGISTRATIONS, body);
    expect([answer.status, answer.body]).toEqual([
      201,
      expect.objectContaining({ unreadFields: ['adress', 'changes.0.befor'] }),
    ]);
    const again = await product.post('shengju', REGISTRATIONS, registration());
    expect(again.body).not.toHaveProperty('unreadFields');
  });

  it('is named in the summary of a file, of JSON as of a table', async () => {
    const { summary } = await importFile(
      product,
      jsonl([registration({ 备用列: 1 }), registration({ 住所: '甲路', 又一列: '' })]),
    );
    expect([summary.accepted, summary.unreadColumns]).toEqual([2, ['备用列', '又一列']]);
    const { registrationNo, uscc } = registration();
    const table = `登记编号,统一社会信用代码,名称,行政区划代码,经营范围,登记类型,住所,变更事项,变更前,变更后,备用列\n${registrationNo},${uscc},表中企业,430103,许可项目：农药零售。,变更登记,试验路3号,住所,甲路,试验路3号,x\n`;
    const read = await importFile(product, table, CSV);
    expect([read.summary.accepted, read.summary.unreadColumns]).toEqual([1, ['备用列']]);
    const [row] = await product.handle.db
      .select()
      .from(registrations)
      .where(eq(registrations.registrationNo, registrationNo));
    expect(row).toMatchObject({
      event: 'change',
      details: { address: '试验路3号', changes: [{ item: '住所', before: '甲路', after: '试验路3号' }] },
    });
  });

  it('a rejected row is kept without citizen ids', async () => {
    const { summary } = await importFile(product, jsonl([registration({ 联系人: '11010519491231002X' })]));
    expect(summary.rejected).toBe(1);
    const kept = await product.handle.db
      .select()
      .from(importRejections)
      .where(eq(importRejections.importId, summary.importId));
    expect(JSON.stringify(kept)).not.toContain('11010519491231002X');
  });
});

describe('unknown conditions and fields are refused', () => {
  it.each([
    ['GET', '/api/v1/pushes?departmnt=430103-agriculture', 'departmnt'],
    ['GET', '/api/v1/published-registrations?sope=x', 'sope'],
    ['GET', '/api/v1/catalogue?q=x', 'q'],
    ['POST', '/api/v1/pushes/none/return', 'reasn'],
  ])('%s %s', async (method, path, key) => {
    const body = method === 'POST' ? { reasonCode: 'other', reason: '甲', [key]: '乙' } : undefined;
    const problem = expectProblem(await product.request('nongye', method, path, body), 'input.invalid');
    expect(problem.detail).toContain(`“${key}”`);
    expect(problem.errors).toEqual([{ path: `/${key}`, message: expect.stringContaining('没有这个') }]);
  });

  it('also in a batch, before anything is done', async () => {
    const { caseIds } = await accept(product);
    const body = { action: 'claim', caseIds, body: { reason: 'x' } };
    const problem = expectProblem(await product.post('nongye', '/api/v1/pushes/batch', body), 'input.invalid');
    expect(problem.detail).toContain('“body.reason”');
  });
});

describe('an enterprise', () => {
  const statusOf = async (uscc: string) =>
    (await product.get<EnterprisePage>(null, `/api/v1/public/enterprises/${uscc}`)).body.registration!.statusTitle;
  const today = legalDateOf(Date.now());
  const day = (n: number) => addDays(today, n - 30);

  it('that was revoked stands until it is cancelled, whatever is changed meanwhile; its open cases go on', async () => {
    const { input, caseIds } = await accept(product, { registeredOn: day(1) });
    const { uscc } = input;
    const next = (event: string, n: number) =>
      accept(product, { uscc, event, scope: input.scope, registeredOn: day(n) });
    const revoked = await next('吊销营业执照', 2);
    expect(revoked.caseIds).toHaveLength(1);
    await next('变更', 3);
    expect(await statusOf(uscc)).toBe('吊销，未注销');
    const told = await product.handle.db.select().from(outbox).where(eq(outbox.kind, 'tell-case'));
    expect(told.filter(({ key }) => key.includes(caseIds[0]!))).toEqual([]);
    await next('注销', 4);
    expect(await statusOf(uscc)).toBe('注销');
    const ended = await product.handle.db.select().from(outbox).where(eq(outbox.kind, 'tell-case'));
    expect(ended.filter(({ key }) => key.includes(caseIds[0]!))).toHaveLength(1);
  });

  it.each([
    ['歇业', '歇业'],
    ['撤销登记', '登记已撤销'],
    ['迁出', '迁出'],
  ])('after %s is shown as %s, and after 恢复登记 as 存续', async (event, status) => {
    const { input } = await accept(product, { registeredOn: day(1) });
    await accept(product, { uscc: input.uscc, event, scope: '', registeredOn: day(2) });
    expect(await statusOf(input.uscc)).toBe(status);
    await accept(product, { uscc: input.uscc, event: '恢复登记', scope: '', registeredOn: day(3) });
    expect(await statusOf(input.uscc)).toBe('存续');
  });

  it('that has moved is where it moved to, whichever of the two registrations comes last', async () => {
    const { input } = await accept(product, { registeredOn: day(1) });
    const move = (event: string, regionCode: string) =>
      accept(product, { uscc: input.uscc, event, regionCode, scope: input.scope, registeredOn: day(2) });
    await move('迁入', '430104');
    await move('迁出', '430103');
    const { body } = await product.get<EnterprisePage>(null, `/api/v1/public/enterprises/${input.uscc}`);
    expect([body.regionCode, body.registration!.statusTitle]).toEqual(['430104', '存续']);
  });

  it('whose registration is handed over after the norm is marked, and accepted (第七条第一款)', async () => {
    const { late, registrationNo, caseIds } = await accept(product, { registeredOn: day(1) });
    expect(late).toBe(true);
    const { body } = await product.get<CaseDetail>('nongye', casePath('pushes', caseIds[0]!));
    expect(body.registration!.late).toBe(true);
    expect((await product.get<{ late: boolean }>('dengji', `${REGISTRATIONS}/${registrationNo}`)).body.late).toBe(true);
    expect((await accept(product, { registeredOn: today })).late).toBe(false);
  });
});
