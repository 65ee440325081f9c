/** What the public does: an objection with materials until the correction is shown, a complaint until its answer. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record, submit } from '../api/support/records.ts';
import { eventually, Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, held, noBrowser, openBrowser, openPage } from './support/browser.ts';

/**
 * For a registered sample enterprise, with a document number of this run, because case ids are shared by all products of
 * a run.
 */
const PERMIT = record({ name: '天心区绿野农资经营部', uscc: '92430103MA41079199' });
/** Another sample enterprise. */
const OTHER = '天心区湘味楼餐饮店';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

let product: Product;
let browser: Browser;

async function deed(page: Page, action: string, fields: Record<string, string>): Promise<void> {
  await page.getByRole('group', { name: '办理' }).getByRole('button', { name: action, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: action });
  for (const [name, value] of Object.entries(fields)) await dialog.getByRole('textbox', { name }).fill(value);
  await dialog.getByRole('button', { name: '提交' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The receipt's number, as the page shows it. */
async function receiptOf(page: Page): Promise<string> {
  await page.getByRole('heading', { level: 1, name: '收件回执' }).waitFor();
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

async function openCase(page: Page, who: string, noun: string, text: string): Promise<void> {
  await enter(page, product, who, `/${noun}`);
  await page.getByRole('row').filter({ hasText: text }).getByRole('link').first().click();
  await page.getByRole('group', { name: '办理' }).waitFor();
}

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('the public portal', () => {
  beforeAll(async () => {
    product = await Product.start({ samples: true });
    browser = await openBrowser();
    await submit(product, PERMIT);
    const { body } = await product.get<{ items: { caseId: string }[] }>(
      'dengji',
      `/api/v1/publications?q=${PERMIT.documentNo}`,
    );
    await eventually(
      () => product.post<{ code?: string }>('dengji', `/api/v1/publications/${body.items[0]!.caseId}/publish`, {}),
      ({ status, body: { code } }) => status === 200 || code === 'case.closed',
      90_000,
    );
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('from search to objection with materials, its receipt, the correction, and what was shown before', async () => {
    const citizen = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await citizen.goto(`${product.url}/public`);
    await citizen.getByRole('searchbox', { name: '企业名称或统一社会信用代码' }).fill('绿野');
    await citizen.getByRole('button', { name: '查询' }).click();
    await citizen.getByRole('link', { name: '天心区绿野农资经营部' }).click();
    await citizen.getByRole('button', { name: new RegExp(PERMIT.documentNo) }).click();
    await citizen.getByRole('link', { name: '反映该信息有误' }).click();
    await citizen.getByRole('heading', { level: 1, name: '反映信息有误' }).waitFor();
    await citizen.getByRole('button', { name: '提交' }).click();
    await citizen.getByText('请填写反映的情况').waitFor();
    await citizen.getByRole('textbox', { name: '反映的情况' }).fill('许可内容与许可证不一致');
    await citizen.getByRole('textbox', { name: '联系方式' }).fill('13800000000');
    const chooser = citizen.waitForEvent('filechooser');
    await citizen.getByRole('button', { name: /选择文件/ }).click();
    const upload = await held(citizen, '**/public/attachments');
    await (await chooser).setFiles({ name: '许可证.pdf', mimeType: 'application/pdf', buffer: PDF });
    await citizen.getByText('许可证.pdf').waitFor();
    await citizen.getByRole('button', { name: '提交' }).click();
    await citizen.getByText(/有文件尚未上传完成/).waitFor();
    upload.goOn();
    await citizen.getByText(/有文件尚未上传完成/).waitFor({ state: 'detached' });
    await citizen.getByRole('button', { name: '提交' }).click();
    const receiptNo = await receiptOf(citizen);
    await citizen.getByText(receiptNo).first().waitFor();
    await citizen.getByRole('img', { name: '查询办理进度的网址' }).waitFor();
    await expectAccessible(citizen);
    expect(await citizen.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain('13800000000');

    const officer = await openPage(browser);
    await openCase(officer, 'nongye', 'corrections', PERMIT.documentNo);
    await officer.getByText('许可内容与许可证不一致').waitFor();
    await officer.getByRole('link', { name: '许可证.pdf' }).waitFor();
    await deed(officer, '核实属实', { 核实意见: '情况属实' });
    await deed(officer, '书面申请更正', { 书面申请: '申请更正许可内容', 许可内容: '农药经营（依反映更正）' });
    await closePage(officer);
    const lead = await openPage(browser);
    await openCase(lead, 'nongye-lead', 'corrections', PERMIT.documentNo);
    await deed(lead, '复核同意，报请更正', { 复核意见: '同意' });
    await closePage(lead);
    const administrator = await openPage(browser);
    await openCase(administrator, 'admin', 'corrections', PERMIT.documentNo);
    await deed(administrator, '更正', {});
    await closePage(administrator);

    await citizen.goto(`${product.url}/public/progress`);
    await citizen.getByRole('searchbox', { name: '回执号' }).fill(` ${receiptNo.toLowerCase()} `);
    await citizen.getByRole('button', { name: '查询' }).click();
    await citizen.getByText('已更正').first().waitFor();
    await expectAccessible(citizen);
    await citizen.goto(`${product.url}/public?q=绿野`);
    await citizen.getByRole('link', { name: '天心区绿野农资经营部' }).click();
    await citizen.getByRole('button', { name: new RegExp(PERMIT.documentNo) }).click();
    await citizen.getByText('农药经营（依反映更正）').waitFor();
    await citizen.getByText('第2版').waitFor();
    await closePage(citizen);
  }, 240_000);

  it('a complaint is answered under its receipt, and names nobody', async () => {
    const citizen = await openPage(browser);
    await citizen.goto(`${product.url}/public/complaint?uscc=92430103MA41079199`);
    await citizen.getByRole('radio', { name: '虚假宣传' }).check();
    await citizen.getByRole('textbox', { name: '举报内容' }).fill('店内广告夸大功效');
    await citizen.getByRole('textbox', { name: '姓名或名称' }).fill('李某某');
    await citizen.getByRole('button', { name: '提交' }).click();
    const receiptNo = await receiptOf(citizen);
    const officer = await openPage(browser);
    await openCase(officer, 'shichang', 'complaints', receiptNo);
    await officer.getByText('李某某').waitFor();
    await officer.getByRole('group', { name: '办理' }).getByRole('button', { name: '受理', exact: true }).click();
    await officer.getByRole('group', { name: '办理' }).getByRole('button', { name: '办结答复', exact: true }).click();
    const answer = officer.getByRole('dialog', { name: '办结答复' });
    await answer.getByRole('radio', { name: '属实，已责令改正' }).check();
    await answer.getByRole('textbox', { name: '答复' }).fill('已责令撤下广告');
    await answer.getByRole('button', { name: '提交' }).click();
    await answer.waitFor({ state: 'detached' });
    await closePage(officer);
    await citizen.goto(`${product.url}/public/progress?no=${receiptNo}`);
    await citizen.getByText('已责令撤下广告').waitFor();
    expect(await citizen.getByText('李某某').count()).toBe(0);
    await closePage(citizen);
  }, 120_000);

  it('a dispute with a trader without a credit code is handed in by name, place and region', async () => {
    const citizen = await openPage(browser);
    await citizen.goto(`${product.url}/public/complaint`);
    await citizen.getByRole('radio', { name: '投诉消费纠纷' }).check();
    await citizen.getByRole('radio', { name: '没有或不知道统一社会信用代码' }).check();
    await citizen.getByRole('button', { name: '提交' }).click();
    await citizen.getByText('请填写名称、字号或招牌').waitFor();
    await citizen.getByRole('textbox', { name: '名称、字号或招牌' }).fill('桥头早餐摊');
    await citizen.getByRole('textbox', { name: '经营地点' }).fill('城南路桥头');
    await citizen.getByRole('combobox', { name: '所在区划' }).fill('天心区');
    await citizen
      .getByText(/天心区 430103/)
      .first()
      .click();
    await citizen.getByRole('radio', { name: '侵害消费者权益' }).check();
    await citizen.getByRole('textbox', { name: '举报内容' }).fill('多收钱不退');
    await expectAccessible(citizen);
    await citizen.getByRole('button', { name: '提交' }).click();
    const receiptNo = await receiptOf(citizen);
    await citizen.getByText(/桥头早餐摊（没有统一社会信用代码）/).waitFor();
    await citizen
      .getByText(/国家市场监督管理总局令第20号，2020-01-01起施行/)
      .first()
      .waitFor();
    await closePage(citizen);
    const officer = await openPage(browser);
    await openCase(officer, 'shichang', 'complaints', receiptNo);
    await officer.getByText('城南路桥头').waitFor();
    await closePage(officer);
  }, 120_000);

  it('what is mistyped, empty or hostile is told in words', async () => {
    const citizen = await openPage(browser);
    await citizen.goto(`${product.url}/public/progress?no=202611230000`);
    await citizen.getByRole('alert').getByText('回执号有误').waitFor();
    await citizen.goto(`${product.url}/public?q=没有这样的企业名称`);
    await citizen.getByText('没有找到，请核对名称或信用代码').waitFor();
    await citizen.goto(`${product.url}/public/complaint`);
    await citizen.getByRole('button', { name: '提交' }).click();
    await citizen.getByText('请选择举报类别').waitFor();
    const chooser = citizen.waitForEvent('filechooser');
    await citizen.getByRole('button', { name: /选择文件/ }).click();
    await (
      await chooser
    ).setFiles({ name: '程序.exe', mimeType: 'application/pdf', buffer: Buffer.from('MZ program') });
    await citizen.getByRole('alert').or(citizen.locator('.ant-notification')).first().waitFor();
    await citizen.getByRole('button', { name: '提交' }).click();
    await citizen.getByText(/未能上传：请等待上传完成，或移除后再提交/).waitFor();
    await closePage(citizen);
  });

  it('an objection is to a record of the enterprise that is chosen, not of the one chosen before', async () => {
    const page = await product.get<{ sections: { records: { recordId: string; documentNo: string }[] }[] }>(
      null,
      `/api/v1/public/enterprises/${PERMIT.uscc}`,
    );
    const { recordId } = page.body.sections.flatMap(({ records }) => records)[0]!;
    const citizen = await openPage(browser);
    await citizen.goto(`${product.url}/public/objection?uscc=${PERMIT.uscc}&recordId=${recordId}`);
    await citizen.getByTitle(new RegExp(PERMIT.documentNo)).waitFor();
    const enterprise = citizen.getByRole('combobox', { name: '企业' });
    await enterprise.fill(OTHER);
    await citizen.getByRole('option', { name: new RegExp(OTHER) }).waitFor({ state: 'attached' });
    await citizen.keyboard.press('Enter');
    await citizen.getByRole('textbox', { name: '反映的情况' }).fill('许可内容与许可证不一致');
    await citizen.getByRole('button', { name: '提交' }).click();
    await citizen.getByText('请选择有误的信息').waitFor();
    await closePage(citizen);
  });

  it('a search says that it goes on, and why it failed, before it says that there is nothing', async () => {
    const citizen = await openPage(browser);
    await citizen.goto(`${product.url}/public/objection`);
    const enterprise = citizen.getByRole('combobox', { name: '企业' });
    const search = await held(citizen, '**/public/enterprises?*');
    await enterprise.fill('没有这样的企业');
    await citizen.getByText('正在查找…').waitFor();
    search.goOn();
    await citizen.getByText('没有找到，请核对名称或信用代码').waitFor();
    await citizen.route('**/public/enterprises?*', (route) =>
      route.fulfill({
        status: 429,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 429, code: 'rate.limited', detail: '请求过于频繁', remedy: '请稍后再试' }),
      }),
    );
    await enterprise.fill('绿野农资');
    await citizen.getByText('请求过于频繁').waitFor();
    expect(await citizen.getByText('没有找到，请核对名称或信用代码').count()).toBe(0);
    await closePage(citizen);
  });

  it('what is printed of an enterprise holds the records that were closed on the screen', async () => {
    const citizen = await openPage(browser);
    await citizen.goto(`${product.url}/public/enterprises/${PERMIT.uscc}`);
    await citizen.getByRole('button', { name: new RegExp(PERMIT.documentNo) }).waitFor();
    const number = citizen.getByText(PERMIT.documentNo, { exact: true });
    expect(await number.isVisible()).toBe(false);
    await citizen.emulateMedia({ media: 'print' });
    await number.waitFor();
    await closePage(citizen);
  });

  it('a search that is cut at its end says so', async () => {
    const citizen = await openPage(browser);
    const items = Array.from({ length: 50 }, (_, n) => ({
      uscc: `91430103MA4${String(n).padStart(7, '0')}`,
      name: `天心区第${n}商行`,
      kind: 'enterprise',
      cancelledOn: null,
    }));
    await citizen.route('**/public/enterprises?*', (route) => route.fulfill({ json: { items } }));
    await citizen.goto(`${product.url}/public?q=天心区`);
    await citizen.getByText('最多显示50条；没有要找的，请补充条件').waitFor();
    await closePage(citizen);
  });
});
