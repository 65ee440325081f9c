/**
 * Every page, for each role that sees it: rendered, titled, without browser errors and without violations of WCAG 2.1 AA.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOUNS } from '../../domain/case-types/case-types.ts';
import { BEGINNINGS } from '../../domain/worklist/beginnings.ts';
import { command, record, submit } from '../api/support/records.ts';
import { begunCase } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';
import { text } from '../support/repository.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage } from './support/browser.ts';
import { caseOfEachType } from './support/case-of-each-type.ts';

const PAGES: Record<string, readonly (readonly [path: string, title: string])[]> = {
  nongye: [
    ['/', '工作台'],
    ['/pushes', '登记信息推送'],
    ['/pushes?supervised=true', '登记信息推送'],
    ['/pool-entries', '公示认领'],
    ['/published-registrations', '登记信息公示'],
    ['/publications', '信息归集公示'],
    ['/corrections', '更正'],
    ['/complaints', '举报投诉'],
    ['/support-measures', '小微企业扶持'],
    ['/sanction-notices', '联合惩戒通知'],
    ['/sanction-liftings', '解除联合惩戒'],
    ['/restrictions', '限制查询'],
    ['/supervisions', '督查督办'],
    ['/inbox?unread=false', '通知'],
    ['/search?q=绿野', '查找“绿野”'],
    ['/enterprises/92430103MA41079199', '天心区绿野农资经营部'],
    ['/new/publication', '归集信息'],
    ['/new/correction', '提出更正'],
    ['/new/supportMeasure', '录入扶持信息'],
    ['/settings', '设置'],
  ],
  dengji: [
    ['/rollbacks', '回退确认'],
    ['/listings', '失信名单'],
    ['/credit-repairs', '信用修复'],
    ['/new/registration', '提交登记信息'],
    ['/new/listing', '提交名单条目'],
    ['/new/creditRepair', '录入信用修复申请'],
    ['/import', '导入文件'],
    ['/admin/accounts?tab=applications', '账号'],
  ],
  // Those who oversee also see who asked.
  ducha: [
    ['/restrictions', '限制查询'],
    ['/new/supervision', '立项督办'],
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
    ['/admin/reference-files', '基础数据文件'],
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
  ['/public/complaint', '举报投诉'],
  ['/public/progress', '进度查询'],
] as const;

/** Pages of one thing: the tests below open them for something that they begin. */
const PAGES_OF_ONE = [
  '/:noun/:caseId',
  '/:noun/:caseId/print',
  '/records/:recordId/event',
  '/public/receipts/:receiptNo',
];

/** 1440 px at 200 %: nothing is cut off sideways. */
async function expectReadableAtZoom(page: Page, path: string): Promise<void> {
  const whole = page.viewportSize()!;
  await page.setViewportSize({ width: whole.width / 2, height: whole.height / 2 });
  await expect
    .poll(() => page.evaluate('document.documentElement.scrollWidth - innerWidth'), { message: path })
    .toBeLessThan(2);
  await page.setViewportSize(whole);
}

it('is each page of the menu, each route, and each form that begins something', () => {
  const listed = [...Object.values(PAGES).flat(), ...PUBLIC_PAGES].map(([path]) => path.split('?')[0]!);
  const others = [...text('web/src/layout/navigation.ts').matchAll(/\bpath: '([^']*)'/g)].map(([, path]) => `/${path}`);
  const nouns = Object.values(NOUNS).map((noun) => `/${noun}`);
  const forms = Object.keys(BEGINNINGS).map((id) => `/new/${id}`);
  const [before, portal, whole] = text('web/src/routes.tsx').split(/^(?=const PORTAL|export const router)/m);
  const routesIn = (part = '', prefix = '/') =>
    [...part.matchAll(/\bpage\('([^']*)'|\bpath: '(\/[^']+)'/g)].map(([, one, other]) =>
      (other ?? `${prefix}${one}`.replace(/^\/+/, '/')).replace(/(?<=.)\/$/, ''),
    );
  const routes = [...routesIn(before), ...routesIn(portal, '/public/'), ...routesIn(whole)];
  const isListed = (path: string) =>
    PAGES_OF_ONE.includes(path) || listed.some((one) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(one));
  expect(routes.length).toBeGreaterThan(15);
  expect([...others, ...nouns, ...forms, ...routes].filter((path) => !isListed(path))).toEqual([]);
});

/** Opened, read out, and readable at a glance and at zoom. */
async function expectPage(page: Page, path: string, heading: Parameters<Page['getByRole']>[1]): Promise<void> {
  await page.goto(product.url + path);
  await page.getByRole('heading', heading).waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await expectAccessible(page);
  await expectReadableAtZoom(page, path);
}

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
        await expectPage(page, path, { level: 1, name: title, exact: true });
      }
      await closePage(page);
    },
    300_000,
  );

  it('of a case of each type, and of its notice', async () => {
    const all = await caseOfEachType(product);
    expect(all.map(([, noun]) => noun).sort()).toEqual(Object.values(NOUNS).sort());
    for (const who of new Set(all.map(([reader]) => reader))) {
      const page = await openPage(browser);
      await enter(page, product, who);
      for (const [, noun, caseId] of all.filter(([reader]) => reader === who)) {
        const path = `/${noun}/${encodeURIComponent(caseId)}`;
        await expectPage(page, path, { name: '办理过程' });
      }
      // The notice is one page for all types; print the last case of each reader.
      await page.goto(`${page.url()}/print`);
      await page.getByRole('article').waitFor();
      await expectAccessible(page);
      await closePage(page);
    }
  }, 300_000);

  it('of what happens to a record, and of a receipt', async () => {
    const permit = await submit(product, record());
    await begunCase(product, 'dengji', 'publications', permit.caseId);
    expect((await command(product, 'dengji', permit, 'publish')).status).toBe(200);
    const content = { uscc: '92430103MA41079199', category: 'food', content: '销售过期食品' };
    const { body } = await product.post<{ receiptNo: string }>(null, '/api/v1/public/complaints', content);
    const page = await openPage(browser);
    await enter(page, product, 'nongye');
    for (const [path, title] of [
      [`/records/${encodeURIComponent(permit.recordId)}/event`, '归集变动'],
      [`/public/receipts/${body.receiptNo}`, '收件回执'],
    ] as const) {
      await expectPage(page, path, { level: 1, name: title, exact: true });
    }
    await closePage(page);
  }, 300_000);

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
