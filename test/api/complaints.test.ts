/** 举报 (第十三条第四款) through HTTP: the public's report, whose matter it is, who reads it, and what the receipt tells. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../api/cases/view.ts';
import type { ReceiptProgress } from '../../api/views/receipt.ts';
import type { ComplaintReport, Receipt } from '../../api/routes/complaints.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { Product } from '../support/product.ts';
import { PDF, upload } from './support/attachments.ts';
import { accept, begunCase, casePath, expectProblem, newcomer, withToken } from './support/requests.ts';

const PUBLIC = '/api/v1/public/complaints';
const SECRETS = /张三|13800000000|过期/;

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

const report = (uscc: string, more: Record<string, unknown> = {}) => ({
  uscc,
  category: 'food',
  content: '销售过期食品',
  ...more,
});

async function complain(uscc: string, more: Record<string, unknown> = {}) {
  const { status, body } = await product.post<Receipt>(null, PUBLIC, report(uscc, more));
  expect(status).toBe(201);
  return { receiptNo: body.receiptNo, caseId: `complaint~${body.receiptNo}~1` };
}

const begun = (as: string, caseId: string) => begunCase(product, as, 'complaints', caseId);
const command = (as: string, caseId: string, verb: string, body: unknown = {}) =>
  product.post<CommandResult>(as, casePath('complaints', caseId, verb), body);
const progress = async (receiptNo: string) =>
  (await product.get<ReceiptProgress>(null, `/api/v1/public/receipts/${receiptNo}`)).body;

const photo = async () => (await upload(product, null, '照片.pdf')).body;

describe('a report', () => {
  it('comes to the department in charge, is accepted, handled, and its receipt tells the answer and no more', async () => {
    const { input } = await accept(product);
    const { id, claimToken } = await photo();
    const personal = { reporterName: '张三', contact: '13800000000', attachments: [{ id, claimToken }] };
    const { receiptNo, caseId } = await complain(input.uscc, personal);
    expect(await progress(receiptNo)).toMatchObject({
      kind: 'complaint',
      kindTitle: '举报',
      stageTitle: '待受理',
      departmentName: '天心区市场监管主管部门',
      steps: [{ title: '收到举报' }],
      reply: null,
      closedAt: null,
    });
    const seen = await begun('shichang', caseId);
    expect(seen.body).toMatchObject({
      departmentCode: '430103-market-regulation',
      deadlines: [
        {
          limitId: 'complaint.verification',
          kind: 'norm',
          workingDays: 15,
          ruleSet: { document: '国家市场监督管理总局令第20号', from: '2020-01-01' },
        },
      ],
    });
    expect(JSON.stringify(seen.body)).not.toMatch(SECRETS);
    expectProblem(await product.get('nongye', casePath('complaints', caseId)), 'resource.not-found');

    expectProblem(
      await command('shichang', caseId, 'handle', { outcome: 'ordered', reply: '已改正' }),
      'transition.refused',
    );
    expect((await command('shichang', caseId, 'accept')).body).toMatchObject({ stage: 'accepted' });
    const answer = { outcome: 'ordered', reply: '经核查，已责令改正并下架' };
    expect((await command('shichang', caseId, 'handle', answer)).body).toMatchObject({ stage: 'handled', late: false });
    const told = await progress(receiptNo);
    expect(told).toMatchObject({
      stageTitle: '已办结',
      outcomeTitle: '属实，已责令改正',
      reply: '经核查，已责令改正并下架',
      steps: [{ title: '收到举报' }, { title: '受理' }, { title: '办结答复' }],
    });
    expect(told.closedAt).not.toBeNull();
    expect(JSON.stringify(told)).not.toMatch(SECRETS);
    expect(JSON.stringify(told)).not.toContain('shichang');
    const typed = ` ${receiptNo.toLowerCase().replace(/^(.{8})/, '$1-')}`;
    expect((await product.get(null, `${PUBLIC}/${encodeURIComponent(typed)}`)).body).toEqual(told);
    expectProblem(await product.get(null, `/api/v1/public/corrections/${receiptNo}`), 'resource.not-found');
  });

  it('is read by its department and the organs of its region, and by nobody else', async () => {
    const { input } = await accept(product);
    const { caseId, receiptNo } = await complain(input.uscc, { reporterName: '张三', contact: '13800000000' });
    await begun('shichang', caseId);
    const path = casePath('complaints', caseId, 'report');
    const own = await product.get<ComplaintReport>('shichang', path);
    expect(own.body).toMatchObject({
      receiptNo,
      categoryTitle: '食品',
      content: '销售过期食品',
      reporterName: '张三',
      contact: '13800000000',
    });
    expect((await product.get('ducha', path)).status).toBe(200);
    expectProblem(await product.get('nongye', path), 'resource.not-found');
    expectProblem(await product.get(null, path), 'auth.required');
    const next = await newcomer(product, 'complaints-next', { role: 'supervisor', regionCode: '430104' });
    expectProblem(await withToken(product, next, 'GET', path), 'resource.not-found');
  });

  it('that is another department’s matter goes on there, with its materials, and is no longer read here', async () => {
    const { input } = await accept(product);
    const { id, claimToken } = await photo();
    const { receiptNo, caseId } = await complain(input.uscc, {
      category: 'advertising',
      attachments: [{ id, claimToken }],
    });
    await begun('shichang', caseId);
    const transfer = (departmentCode: string) =>
      command('shichang', caseId, 'transfer', { departmentCode, reason: '农药由农业农村部门监管' });
    expectProblem(await transfer('430103-market-regulation'), 'complaint.same-department');
    for (const other of ['430104-agriculture', '430103-registration', '430103-nothing']) {
      expectProblem(await transfer(other), 'department.unknown');
    }
    const moved = await transfer('430103-agriculture');
    const nextCaseId = `complaint~${receiptNo}~2`;
    expect(moved.body).toMatchObject({ stage: 'transferred', nextCaseId });
    await begun('nongye', nextCaseId);
    expectProblem(await product.get('shichang', casePath('complaints', caseId, 'report')), 'access.denied');
    expect((await product.get('nongye', casePath('complaints', nextCaseId, 'report'))).status).toBe(200);
    const file = (as: string) => product.get<unknown>(as, `/api/v1/attachments/${id}`).catch(() => undefined);
    expectProblem((await file('shichang'))!, 'resource.not-found');
    const token = await product.tokenOf('nongye');
    const material = await fetch(`${product.url}/api/v1/attachments/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(Buffer.from(await material.arrayBuffer()).equals(PDF)).toBe(true);

    expect(await progress(receiptNo)).toMatchObject({
      stageTitle: '待受理',
      departmentName: '天心区农业农村主管部门',
      steps: [{ title: '收到举报' }, { title: '移送其他部门' }],
      closedAt: null,
    });
    await command('nongye', nextCaseId, 'decline', { reason: '没有具体线索' });
    expect(await progress(receiptNo)).toMatchObject({ stageTitle: '不予受理', reply: '没有具体线索' });
  });

  it('sent again with its key has one receipt; another report with that key is refused', async () => {
    const { input } = await accept(product);
    const { id, claimToken } = await photo();
    const body = report(input.uscc, { attachments: [{ id, claimToken }] });
    const key = { 'idempotency-key': `report-${input.uscc}` };
    const answers = await Promise.all([1, 2, 3].map(() => product.post<Receipt>(null, PUBLIC, body, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.receiptNo)).size).toBe(1);
    expectProblem(await product.post(null, PUBLIC, report(input.uscc), key), 'idempotency.key-reused');
  });

  it('about safety goes to emergency management', async () => {
    const { input } = await accept(product);
    const { receiptNo } = await complain(input.uscc, { category: 'safety' });
    expect(await progress(receiptNo)).toMatchObject({ departmentName: '天心区应急管理主管部门' });
  });

  it('may be one of many: a batch accepts them, each with its answer', async () => {
    const { input } = await accept(product);
    const ids = [(await complain(input.uscc)).caseId, (await complain(input.uscc)).caseId];
    for (const caseId of ids) await begun('shichang', caseId);
    const batch = await product.post<{ done: number }>('shichang', '/api/v1/complaints/batch', {
      action: 'accept',
      caseIds: ids,
    });
    expect(batch.body).toMatchObject({ done: 2, refused: 0 });
    const list = await product.get<{ items: CaseView[] }>('shichang', `/api/v1/complaints?q=${input.uscc}`);
    expect(list.body.items.map(({ caseId }) => caseId).sort()).toEqual([...ids].sort());
  });
});

describe('refused', () => {
  it.each([
    ['an unknown enterprise', { uscc: withCheckDigit('91430103MA4999999') }, 'resource.not-found'],
    ['a wrong credit code', { uscc: '91430103MA49999990' }, 'uscc.invalid'],
    ['another category', { category: 'noise' }, 'input.invalid'],
    ['nothing said', { content: ' ' }, 'input.invalid'],
  ] as const)('%s', async (_, change, code) => {
    expectProblem(await product.post(null, PUBLIC, report(withCheckDigit('91430103MA4999999'), change)), code);
  });

  it('an enterprise that is known from a record only: nobody could say whose matter it is', async () => {
    const uscc = withCheckDigit('91430103MA4777777');
    const record = {
      kind: 'permit',
      name: '天心区未登记企业',
      uscc,
      documentNo: `举报〔2026〕${process.pid}-${Date.now()}号`,
      generatedOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
      content: '农药经营许可',
      authority: '天心区农业农村局',
    };
    expect((await product.post('nongye', '/api/v1/publications', record)).status).toBe(201);
    expectProblem(await product.post(null, PUBLIC, report(uscc)), 'complaint.enterprise-unregistered');
  });

  it('materials that are not the sender’s, and nothing is kept of the report', async () => {
    const { input } = await accept(product);
    const { id } = await photo();
    const attachments = [{ id, claimToken: 'guess' }];
    expectProblem(await product.post(null, PUBLIC, report(input.uscc, { attachments })), 'attachment.unknown');
    const list = await product.get<{ items: CaseView[] }>('ducha', `/api/v1/complaints?q=${input.uscc}`);
    expect(list.body.items).toEqual([]);
  });

  it('a receipt that was never given, or mistyped', async () => {
    for (const no of ['20261123ABCDEFGHJKMN0', 'x', '20261123000000000000']) {
      expectProblem(await product.get(null, `/api/v1/public/receipts/${no}`), 'resource.not-found');
    }
  });
});
