/** 举报和投诉 (第十三条) about traders without a credit code, through HTTP; and the rules of their sectors. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CasePage } from '../../api/cases/list.ts';
import type { ComplaintReport, Receipt } from '../../api/routes/complaints.ts';
import type { ReceiptProgress } from '../../api/views/receipt.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, begunCase, casePath, expectProblem, newcomer, withToken } from './support/requests.ts';

const PUBLIC = '/api/v1/public/complaints';
const STALL = { traderName: '东门无名农药摊', traderPlace: '暮云街道农贸市场东门', regionCode: '430103' };
const REPORT = { ...STALL, category: 'unlicensed', business: '农药零售', content: '没有证照卖农药' };

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

async function complain(more: Record<string, unknown> = {}) {
  const { status, body } = await product.post<Receipt>(null, PUBLIC, { ...REPORT, ...more });
  expect([status, body]).toEqual([201, { receiptNo: expect.any(String) as string }]);
  return { receiptNo: body.receiptNo, caseId: `complaint~${body.receiptNo}~1` };
}
const seen = async (as: string, caseId: string) => (await begunCase(product, as, 'complaints', caseId)).body;
const command = (as: string, caseId: string, verb: string, body: unknown = {}) =>
  product.post<CommandResult>(as, casePath('complaints', caseId, verb), body);

describe('a complaint about a trader without a credit code', () => {
  it('goes to the department of the trade and the place, is handled, and its receipt names the trader', async () => {
    const { receiptNo, caseId } = await complain({ reporterName: '李四', contact: '13900000000' });
    const opened = await seen('nongye', caseId);
    expect(opened).toMatchObject({
      departmentCode: '430103-agriculture',
      enterprise: { name: STALL.traderName, uscc: null, kind: null },
      deadlines: [{ limitId: 'complaint.acceptance', kind: 'norm', workingDays: 7 }],
      related: [],
    });
    expect(opened.deadlines[0]).not.toHaveProperty('ruleSet');
    const report = await product.get<ComplaintReport>('nongye', casePath('complaints', caseId, 'report'));
    expect(report.body).toMatchObject({
      matterTitle: '举报违法经营',
      traderPlace: STALL.traderPlace,
      business: '农药零售',
      reporterName: '李四',
    });
    await command('nongye', caseId, 'accept');
    await command('nongye', caseId, 'handle', { outcome: 'filed', reply: '已立案' });
    const told = await product.get<ReceiptProgress>(null, `/api/v1/public/receipts/${receiptNo}`);
    expect(told.body).toMatchObject({
      kindTitle: '举报',
      enterprise: { name: STALL.traderName, uscc: null },
      outcomeTitle: '属实，已立案',
    });
    expect(JSON.stringify(told.body)).not.toMatch(/李四|13900000000|暮云/);
  });

  it('is listed, searched by the trader’s name, exported to no other county, and told in notices by that name', async () => {
    const { caseId } = await complain({ traderName: '西门无名种子摊' });
    await seen('nongye', caseId);
    const ids = async (as: string, query: string) =>
      (await product.get<CasePage>(as, `/api/v1/complaints?${query}`)).body.items.map((one) => one.caseId);
    expect(await ids('nongye', 'limit=200')).toContain(caseId);
    expect(await ids('ducha', `q=${encodeURIComponent('无名种子')}`)).toEqual([caseId]);
    expect(await ids('ducha', `q=${encodeURIComponent('没有这样的摊')}`)).toEqual([]);
    const next = await newcomer(product, 'uncoded-next', { role: 'supervisor', regionCode: '430104' });
    expectProblem(await withToken(product, next, 'GET', casePath('complaints', caseId)), 'resource.not-found');
    const inbox = `/api/v1/inbox?caseId=${encodeURIComponent(caseId)}`;
    const read = () => product.get<{ items: { title: string; body: string }[] }>('nongye', inbox);
    const { body } = await eventually(read, (one) => one.body.items.length > 0);
    const text = body.items.map((one) => one.title + one.body).join();
    expect(text).toContain('西门无名种子摊（无统一社会信用代码）');
    expect(text).not.toContain('null');
  });

  it('is refused without name, place or region, in a region that does not exist, or with a citizen’s number', async () => {
    for (const field of Object.keys(STALL)) {
      expectProblem(await product.post(null, PUBLIC, { ...REPORT, [field]: undefined }), 'input.invalid');
    }
    expectProblem(await product.post(null, PUBLIC, { ...REPORT, regionCode: '999999' }), 'region.unknown');
    const personal = { ...REPORT, traderName: '张三430103199003070019' };
    expectProblem(await product.post(null, PUBLIC, personal), 'input.invalid');
  });

  it('who reported is not told to the government, which sees the complaint', async () => {
    const { caseId } = await complain({ reporterName: '王五', contact: '13700000000' });
    await seen('nongye', caseId);
    const path = casePath('complaints', caseId, 'report');
    expect((await product.get<ComplaintReport>('ducha', path)).body.reporterName).toBe('王五');
    const { body } = await product.get<ComplaintReport>('zhengfu', path);
    expect(body).toMatchObject({ content: REPORT.content, reporterName: null, contact: null });
  });
});

describe('the organ in charge, and the terms of its sector', () => {
  it.each([
    [{ category: 'food', business: '农药零售' }, 'market-regulation'],
    [{ category: 'drug' }, 'drug'],
    [{ category: 'unlicensed', business: '快餐小吃' }, 'market-regulation'],
    [{ category: 'safety' }, 'emergency'],
  ])('%j: %s', async (more, sector) => {
    const { caseId } = await complain(more);
    expect((await product.get<CasePage>('admin', `/api/v1/complaints?limit=200`)).body.items).toContainEqual(
      expect.objectContaining({ caseId, departmentCode: `430103-${sector}` }),
    );
  });

  it('the registered scope decides where the reporter names no trade', async () => {
    const { input } = await accept(product, { scope: '许可项目：农药零售。' });
    const body = { uscc: input.uscc, category: 'unlicensed', content: '没有取得许可' };
    const { body: receipt } = await product.post<Receipt>(null, PUBLIC, body);
    expect((await seen('nongye', `complaint~${receipt.receiptNo}~1`)).enterprise.uscc).toBe(input.uscc);
  });

  it('market regulation: a dispute is accepted within 7 working days and mediated, and ends as a dispute (总局令第20号)', async () => {
    const { receiptNo, caseId } = await complain({ matter: 'dispute', category: 'consumer', content: '不退押金' });
    const opened = await seen('shichang', caseId);
    expect(opened.deadlines).toMatchObject([
      { limitId: 'complaint.decision', workingDays: 7, kind: 'norm', ruleSet: { from: '2020-01-01' } },
    ]);
    await command('shichang', caseId, 'accept');
    const unfit = await command('shichang', caseId, 'handle', { outcome: 'ordered', reply: '已改正' });
    expect(expectProblem(unfit, 'input.invalid').detail).toContain('不是投诉的办理结果');
    await command('shichang', caseId, 'handle', { outcome: 'settled', reply: '已退还押金' });
    const told = await product.get<ReceiptProgress>(null, `/api/v1/public/receipts/${receiptNo}`);
    expect(told.body).toMatchObject({ kindTitle: '投诉', steps: [{ title: '收到投诉' }, {}, {}] });
    expect(told.body.limits.map(({ workingDays, ruleSet }) => [workingDays, ruleSet?.document])).toEqual([
      [7, '国家市场监督管理总局令第20号'],
      [45, '国家市场监督管理总局令第20号'],
    ]);
  });

  it('transferred, it has the terms of the other department’s sector, and the days of a rule are nobody’s to set', async () => {
    const { receiptNo, caseId } = await complain({ category: 'advertising' });
    expect((await seen('shichang', caseId)).deadlines[0]?.limitId).toBe('complaint.verification');
    const transfer = {
      departmentCode: '430103-agriculture',
      reason: '属农业农村部门',
    };
    const own = { ...transfer, ruleSet: 'market-regulation-2020' };
    expectProblem(await command('shichang', caseId, 'transfer', own), 'input.invalid');
    expect((await command('shichang', caseId, 'transfer', transfer)).status).toBe(200);
    const next = await seen('nongye', `complaint~${receiptNo}~2`);
    expect(next.deadlines.map(({ limitId }) => limitId)).toEqual(['complaint.acceptance']);
    expect(next.related.map((one) => one.caseId)).toEqual([]);
    const back = { departmentCode: '430103-market-regulation', reason: '属市场监管部门' };
    expect((await command('nongye', next.caseId, 'transfer', back)).status).toBe(200);
    const third = await seen('shichang', `complaint~${receiptNo}~3`);
    expect(third.deadlines[0]).toMatchObject({ limitId: 'complaint.verification', workingDays: 15 });
  });
});
