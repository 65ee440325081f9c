/**
 * What the console shows while an answer is on its way, or if it never arrives: it claims nothing unknown and loses
 * nothing.
 */
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../api/cases/view.ts';
import { command, record, submit } from '../api/support/records.ts';
import { accept, casePath } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';
import { closePage, enter, noBrowser, openBrowser, openPage, signIn } from './support/browser.ts';
import { cuttingProxy } from './support/cutting.ts';

let product: Product;
let browser: Browser;

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const path = (name: string) => (url: URL) => url.pathname === `/api/v1/${name}`;

/** Holds requests until the test lets them go. */
async function held(page: Page, name: string, method = 'GET') {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let met = () => {};
  const isMet = new Promise<void>((resolve) => {
    met = resolve;
  });
  await page.route(path(name), async (route) => {
    if (route.request().method() === method) {
      met();
      await gate;
    }
    await route.continue();
  });
  return { letGo, isMet };
}

const look = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate(`{
    Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }`);

const away = (route: Route) => route.fulfill({ status: 503, body: '' });

/** A push that the department can claim. */
async function pushed(): Promise<{ no: string; caseId: string }> {
  const { registrationNo: no } = await accept(product);
  const { body } = await eventually(
    () => product.get<{ items: CaseView[] }>('nongye', `/api/v1/pushes?q=${no}`),
    ({ body: { items } }) => (items[0]?.deadlines.length ?? 0) > 0,
  );
  return { no, caseId: body.items[0]!.caseId };
}

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('the console, where answers are late or lost', () => {
  beforeAll(async () => {
    product = await Product.start({ app: { heartbeat: 500 } });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('claims that there is nothing only when the server has said so', async () => {
    const page = await openPage(browser);
    const tasks = await held(page, 'tasks');
    await enter(page, product, 'weijian');
    await tasks.isMet;
    await page.getByRole('columnheader', { name: '剩余时间' }).waitFor();
    expect(await page.getByText('没有待办事项').count()).toBe(0);
    tasks.letGo();
    await page.getByText('没有待办事项').waitFor();
    await page.unrouteAll();
    await page.route(path('tasks'), away);
    await page.goto(`${product.url}/?overdue=true`);
    await page.getByRole('alert').getByText('无法连接到平台').waitFor();
    expect(await page.getByText('没有符合条件的事项').count()).toBe(0);
    await page.unrouteAll();
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByText('没有符合条件的事项').waitFor();
    await page.route(path('cases'), away);
    await page.goto(`${product.url}/cases?q=x`);
    await page.getByRole('alert').getByText('无法连接到平台').waitFor();
    expect(await page.getByText('没有符合条件的事项').count()).toBe(0);
    await closePage(page);
  });

  it('a session that cannot be read for a while takes away neither the page nor what is typed into it', async () => {
    const { no } = await pushed();
    const page = await openPage(browser);
    await enter(page, product, 'nongye', `/pushes?q=${no}`);
    await rowOf(page, no).getByRole('button', { name: '回退' }).click();
    const dialog = page.getByRole('dialog', { name: '回退' });
    await dialog.getByRole('radio', { name: '其他' }).check();
    await dialog.getByRole('textbox', { name: '回退理由' }).fill('不属于本部门');
    let refused = 0;
    const thrice = new Promise<void>((resolve) => {
      void page.route(path('session'), async (route) => {
        await away(route);
        refused += 1;
        if (refused === 3) resolve();
      });
    });
    // The event stream is refused, so the page asks whether it is still signed in.
    await page.route(path('events'), away);
    const closed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/v1/events'));
    await look(page, 'hidden');
    await closed;
    await look(page, 'visible');
    await thrice;
    await page.getByText('实时更新已断开，正在重连').waitFor();
    await dialog.getByRole('button', { name: '提交' }).click();
    await dialog.waitFor({ state: 'detached' });
    await closePage(page);
  });

  it('an answer that is lost halfway is told in the dialog; sent again, the deed is done once', async () => {
    const { no, caseId } = await pushed();
    const proxy = await cuttingProxy(product);
    const page = await openPage(browser);
    await enter(page, product, 'nongye');
    await page.goto(`${proxy.url}/pushes?q=${no}`);
    await rowOf(page, no).getByRole('button', { name: '回退' }).click();
    const dialog = page.getByRole('dialog', { name: '回退' });
    await dialog.getByRole('radio', { name: '其他' }).check();
    await dialog.getByRole('textbox', { name: '回退理由' }).fill('不属于本部门');
    proxy.cutNext();
    await dialog.getByRole('button', { name: '提交' }).click();
    await dialog.getByRole('alert').getByText('无法连接到平台').waitFor();
    await dialog.getByRole('button', { name: '提交' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { body } = await product.get<CaseView>('nongye', casePath('pushes', caseId));
    expect(body.stage).toBe('returned');
    await closePage(page);
    proxy.close();
  });

  it('a sign-out that did not take place is told', async () => {
    const page = await openPage(browser);
    await signIn(page, product, 'weijian');
    await page.route(path('session'), (route) =>
      route.request().method() === 'DELETE' ? away(route) : route.continue(),
    );
    const leave = async () => {
      await page.locator('.account-name').click();
      await page.getByRole('menuitem', { name: '退出登录' }).click();
    };
    await leave();
    await page.getByText('没有退出，账号仍在登录中').waitFor();
    await page.unrouteAll();
    await leave();
    await page.getByRole('textbox', { name: '账号' }).waitFor();
    expect(await page.getByText('登录已失效，请重新登录').count()).toBe(0);
    await closePage(page);
  });

  it('a session that was ended elsewhere leads to the sign-in, which says why', async () => {
    const page = await openPage(browser);
    await signIn(page, product, 'weijian');
    await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
    const [cookie] = await page.context().cookies();
    await fetch(`${product.url}/api/v1/session`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${cookie!.value}` },
    });
    await page.getByText('登录已失效，请重新登录').waitFor();
    await closePage(page);
  });

  it('rows of the previous filter are marked as outdated until those of the new one arrive', async () => {
    const { no } = await pushed();
    const page = await openPage(browser);
    await enter(page, product, 'nongye', '/pushes');
    await rowOf(page, no).waitFor();
    const list = await held(page, 'pushes');
    await page.getByText('办结', { exact: true }).click();
    await list.isMet;
    await page.locator('[aria-busy=true]').waitFor();
    list.letGo();
    await rowOf(page, no).waitFor({ state: 'detached' });
    expect(await page.locator('[aria-busy=true]').count()).toBe(0);
    await closePage(page);
  });

  it('a pressed button stays busy until the list shows the next stage', async () => {
    const { no } = await pushed();
    const page = await openPage(browser);
    await enter(page, product, 'nongye', `/pushes?q=${no}`);
    const claim = rowOf(page, no).getByRole('button', { name: '认领' });
    await claim.waitFor();
    const list = await held(page, 'pushes');
    await claim.click();
    await page.getByText('认领：已办理').waitFor();
    await list.isMet;
    expect(await claim.getAttribute('class')).toContain('ant-btn-loading');
    list.letGo();
    await rowOf(page, no).getByRole('button', { name: '反馈' }).waitFor();
    await closePage(page);
  });

  it('a row that was acted on stays with the search that found it', async () => {
    const [first, second] = [await pushed(), await pushed()];
    const page = await openPage(browser);
    await enter(page, product, 'nongye', `/search?q=${first.no}`);
    await rowOf(page, first.no).getByRole('button', { name: '认领' }).click();
    await rowOf(page, first.no).getByRole('button', { name: '反馈' }).waitFor();
    await page.getByRole('searchbox', { name: '查找企业或编号' }).fill(second.no);
    await page.keyboard.press('Enter');
    await rowOf(page, second.no).waitFor();
    expect(await rowOf(page, first.no).count()).toBe(0);
    await closePage(page);
  });

  it('a correction starts from what is shown now, and needs nothing but that; codes are words', async () => {
    const input = record({ status: '1' });
    const accepted = await submit(product, input);
    await eventually(
      () => command(product, 'dengji', accepted, 'publish'),
      ({ status }) => status === 200,
    );
    const { body } = await product.post<{ caseId: string }>('nongye', '/api/v1/corrections', {
      recordId: accepted.recordId,
      discoveredOn: input.generatedOn,
      problem: '许可内容录入有误',
    });
    const { caseId } = body;
    const page = await openPage(browser);
    await page.route(path(`corrections/${encodeURIComponent(caseId)}`), away);
    await enter(page, product, 'nongye', '/corrections');
    const open = rowOf(page, input.documentNo).getByRole('button', { name: '书面申请更正' });
    const content = page.getByRole('dialog').getByRole('textbox', { name: '许可内容' });
    await open.click();
    await content.waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
    await content.waitFor({ state: 'detached' });
    // As if the record had been corrected meanwhile.
    await page.route(path(`records/${accepted.recordId}`), async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll('农药零售', '农药经营') });
    });
    await open.click();
    await content.waitFor();
    expect(await content.inputValue()).toBe('农药经营');
    await page.unrouteAll();
    await page.goto(`${product.url}/corrections/${encodeURIComponent(caseId)}`);
    await page.getByRole('row').filter({ hasText: '当前状态' }).getByText('有效', { exact: true }).waitFor();
    await closePage(page);
  });

  it('a suspended limit has no last day: on the page, in its calendar, on paper', async () => {
    const { caseId } = await pushed();
    const act = (verb: string, body = {}) => product.post('nongye', casePath('pushes', caseId, verb), body);
    expect((await act('claim')).status).toBe(200);
    expect((await act('request-suspension', { reasonCode: 'applicant-supplementing' })).status).toBe(200);
    const agreed = await product.post('nongye-lead', casePath('pushes', caseId, 'suspend'), { opinion: '同意' });
    expect(agreed.status).toBe(200);
    const page = await openPage(browser);
    await enter(page, product, 'nongye', `/pushes/${encodeURIComponent(caseId)}`);
    const calendar = page.getByRole('table', { name: '反馈许可审批和监管信息：逐日计算' });
    // The limit for resuming is another limit, which is more pressing.
    await page.getByRole('button', { name: /^反馈许可审批和监管信息/ }).click();
    await calendar.waitFor();
    await page
      .getByText(/^中止中，剩\d+个工作日$/)
      .first()
      .waitFor();
    expect(await calendar.getByText('届满').count()).toBe(0);
    await page.getByRole('link', { name: '打印通知' }).click();
    await page.getByText(/^中止中，剩\d+个工作日（/).waitFor();
    expect(await page.getByText('请于').count()).toBe(0);
    await closePage(page);
  });
});
