/** Who may see what, and the frame of the console: sessions, language, narrow windows. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage, signIn } from './support/browser.ts';

let product: Product;
let browser: Browser;

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('the frame of the console', () => {
  beforeAll(async () => {
    product = await Product.start({ samples: true });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('a wrong password is told in words, and the page asked for comes after the sign-in', async () => {
    const page = await openPage(browser);
    await page.goto(`${product.url}/pool-entries?overdue=false`);
    await page.getByRole('textbox', { name: '账号' }).fill('nongye');
    await page.getByRole('textbox', { name: '密码' }).fill('wrong-password');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('alert').getByText('账号或密码错误').waitFor();
    await page.getByRole('textbox', { name: '密码' }).fill('xietong-demo');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '公示认领' }).waitFor();
    expect(new URL(page.url()).search).toBe('?overdue=false');
    // The downloads hold what is listed.
    const links = await page.locator('a[download]').all();
    const downloads = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(downloads).toEqual(
      ['xlsx', 'csv'].map((format) => `/api/v1/pool-entries/download?status=open&overdue=false&format=${format}`),
    );
    await closePage(page);
  });

  it('an auditor reads and finds nothing to press; a supervisor is led to the Temporal UI', async () => {
    const auditor = await openPage(browser);
    await enter(auditor, product, 'shenji');
    await auditor.getByText('您的角色只查阅，不办理').waitFor();
    await auditor.goto(`${product.url}/pushes?status=all`);
    await auditor
      .getByRole('link', { name: /绿野农资/ })
      .first()
      .click();
    await auditor.getByRole('heading', { name: '办理过程' }).waitFor();
    expect(await auditor.getByRole('group', { name: '办理' }).count()).toBe(0);
    await auditor.goBack();
    await auditor.getByRole('columnheader', { name: '环节' }).waitFor();
    expect(await auditor.getByRole('checkbox').count()).toBe(0);
    expect(await auditor.getByRole('columnheader', { name: '办理' }).count()).toBe(0);
    await closePage(auditor);
    const supervisor = await openPage(browser);
    await enter(supervisor, product, 'ducha', '/pushes?status=all');
    await supervisor
      .getByRole('link', { name: /绿野农资/ })
      .first()
      .click();
    const link = supervisor.getByRole('link', { name: '流程界面' });
    expect(await link.getAttribute('href')).toContain('/namespaces/default/workflows/push~');
    await closePage(supervisor);
  });

  it("another department's case is not there, whatever its address", async () => {
    const { body } = await product.get<{ items: { caseId: string }[] }>('nongye', '/api/v1/pushes?q=DEMO-0002');
    const page = await openPage(browser);
    await enter(page, product, 'weijian', `/pushes/${encodeURIComponent(body.items[0]!.caseId)}`);
    await page.getByRole('alert').getByText('没有这个事项，或不属于您的单位').waitFor();
    await page.goto(`${product.url}/new/registration`);
    await page.getByText('您的角色不能办理此事').waitFor();
    await page.goto(`${product.url}/no/such/page`);
    await page.getByText('没有这个页面').waitFor();
    await closePage(page);
  });

  it('a session that ends leads to the sign-in and back', async () => {
    const page = await openPage(browser);
    await signIn(page, product, 'weijian');
    await page.goto(`${product.url}/sanction-notices`);
    await page.getByRole('heading', { level: 1, name: '联合惩戒通知' }).waitFor();
    await page.context().clearCookies();
    await page.getByText('办结', { exact: true }).click();
    await page.getByText('登录已失效，请重新登录').waitFor();
    await page.getByRole('textbox', { name: '账号' }).fill('weijian');
    await page.getByRole('textbox', { name: '密码' }).fill('xietong-demo');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '联合惩戒通知' }).waitFor();
    await closePage(page);
  });

  it('English at one click, and it stays', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'nongye');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Workbench' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Workbench' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await page.getByRole('navigation').textContent()).not.toMatch(/\p{Script=Han}/u);
    await closePage(page);
  });

  it('the workbench on a phone: nothing runs out sideways, deeds at hand, accessible', async () => {
    const page = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await enterNarrow(page);
    await page.getByRole('button', { name: '认领' }).first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const button = await page.getByRole('button', { name: '认领' }).first().boundingBox();
    expect(button!.x + button!.width).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await closePage(page);
  });

  it('is readable at 200 % zoom: nothing is cut off sideways', async () => {
    // 1280 px at 200 % are 640 px.
    const page = await openPage(browser, { viewport: { width: 640, height: 450 } });
    await enterNarrow(page);
    for (const path of ['/', '/pushes', '/publications']) {
      await page.goto(product.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth + 1')).toBe(true);
    }
    await page.getByRole('button', { name: '菜单' }).click();
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '督查督办' }).click();
    await page.getByRole('heading', { level: 1, name: '督查督办' }).waitFor();
    // The search box is still reachable in a narrow window.
    await page.getByRole('button', { name: '菜单' }).click();
    await page.getByRole('dialog').getByRole('searchbox', { name: '查找企业或编号' }).fill('绿野');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '查找“绿野”' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await closePage(page);
  });

  it('a search box says what the address says, and keeps the focus', async () => {
    const page = await openPage(browser, { viewport: { width: 1280, height: 300 } });
    await enter(page, product, 'nongye', '/pushes?status=all&q=DEMO-0001');
    const box = page.getByRole('main').getByRole('searchbox', { name: '查找企业或编号' });
    await expect.poll(() => box.inputValue()).toBe('DEMO-0001');
    await box.fill('DEMO-0003');
    await page.keyboard.press('Enter');
    await page.waitForURL(/DEMO-0003/);
    await expect.poll(() => page.evaluate('document.activeElement.value')).toBe('DEMO-0003');
    await page.getByRole('link', { name: '登记信息推送' }).click();
    await page.waitForURL(/pushes$/);
    await expect.poll(() => box.inputValue()).toBe('');
    await closePage(page);
  });

  it('going back returns to the place in a list; a page opened from it begins at its top', async () => {
    const page = await openPage(browser, { viewport: { width: 1280, height: 300 } });
    await enter(page, product, 'admin', '/cases?status=all');
    const link = page.getByRole('row').nth(8).getByRole('link').first();
    await link.scrollIntoViewIfNeeded();
    const left = await page.evaluate('scrollY');
    expect(left).toBeGreaterThan(0);
    await link.click();
    await page.getByRole('heading', { name: '办理过程' }).waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);
    await page.goBack();
    await page.waitForFunction(`scrollY === ${JSON.stringify(left)}`);
    await closePage(page);
  });

  it('a list of registrations says what it was asked for', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'admin', '/registrations?region=430103&event=cancel');
    await page.getByText('登记事项：注销').waitFor();
    await page.getByText('区域：长沙市天心区').waitFor();
    await page.getByRole('button', { name: '去掉条件' }).first().click();
    await page.waitForURL((url) => url.searchParams.size === 1);
    await closePage(page);
  });
});

/** Signs in with a window so narrow that the menu is behind a button. */
async function enterNarrow(page: Page): Promise<void> {
  const value = await product.tokenOf('nongye');
  await page.context().addCookies([{ name: 'xietong_session', value, url: product.url }]);
  await page.goto(product.url);
}
