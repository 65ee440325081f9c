/** Every page, for whom it is: drawn, titled, without a complaint of the browser's and without a violation of WCAG 2.1 AA. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage } from './support/browser.ts';

const PAGES: Record<string, readonly (readonly [path: string, title: string])[]> = {
  nongye: [
    ['/', '工作台'],
    ['/pool-entries', '公示认领'],
    ['/complaints', '举报'],
    ['/inbox?unread=false', '通知'],
    ['/search?q=绿野', '查找“绿野”'],
    ['/enterprises/92430103MA41079199', '天心区绿野农资经营部'],
    ['/new/publication', '归集信息'],
    ['/settings', '设置'],
  ],
  dengji: [
    ['/rollbacks', '回退确认'],
    ['/listings', '失信名单'],
    ['/new/registration', '提交登记信息'],
    ['/new/listing', '提交名单条目'],
    ['/import', '导入文件'],
    ['/admin/accounts?tab=applications', '账号'],
  ],
  admin: [
    ['/cases?status=all', '事项'],
    ['/registrations', '登记信息'],
    ['/statistics', '统计分析'],
    ['/statistics?tab=load', '统计分析'],
    ['/statistics?tab=rollback-reasons', '统计分析'],
    ['/statistics?tab=counties', '统计分析'],
    ['/statistics?tab=matching', '统计分析'],
    ['/assessments', '月度考核'],
    ['/audit', '审计日志'],
    ['/admin/accounts', '账号'],
    ['/admin/departments', '部门'],
    ['/admin/catalogue', '后置审批事项目录'],
    ['/admin/calendars', '工作日历'],
    ['/admin/limits', '期限'],
    ['/admin/dead-letters', '未送达通知'],
    ['/admin/changes', '变更记录'],
  ],
};

const PUBLIC_PAGES = [
  ['/sign-in', '协同监管平台'],
  ['/apply', '申请账号'],
  ['/public?q=天心', '企业查询'],
  ['/public/enterprises/92430103MA41079199', '天心区绿野农资经营部'],
  ['/public/objection', '反映信息有误'],
  ['/public/complaint', '举报'],
  ['/public/progress', '进度查询'],
] as const;

let product: Product;
let browser: Browser;

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('every page', () => {
  beforeAll(async () => {
    product = await Product.start({ samples: true });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it.each(Object.keys(PAGES))(
    'of %s',
    async (who) => {
      const page = await openPage(browser);
      await enter(page, product, who);
      for (const [path, title] of PAGES[who]!) {
        await page.goto(product.url + path);
        await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
        await page.waitForLoadState('networkidle').catch(() => undefined);
        await expectAccessible(page);
      }
      await closePage(page);
    },
    300_000,
  );

  it('of the public, on a phone too', async () => {
    for (const width of [1280, 390]) {
      const page = await openPage(browser, { viewport: { width, height: 844 } });
      for (const [path, title] of PUBLIC_PAGES) {
        await page.goto(product.url + path);
        await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
        await expectAccessible(page);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth + 1'), path).toBe(true);
      }
      await closePage(page);
    }
  }, 300_000);
});
