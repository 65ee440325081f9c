/** What leaders, administrators and the public read: in words, in one language, claiming nothing unknown. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountApplications } from '../../db/schema.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import { accept } from '../api/support/requests.ts';
import { today } from '../support/day.ts';
import { eventually, Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage } from './support/browser.ts';

const settled = (page: Page) => page.waitForLoadState('networkidle').catch(() => undefined);
/** A name without a Chinese character, e.g. `button "search"`. The language switch is an exception: its name is English. */
const ENGLISH_NAME = /^\s*- (?:button|img|link|checkbox|columnheader|combobox|textbox) "[A-Za-z][A-Za-z -]*"/;

let product: Product;
let browser: Browser;

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('overview', () => {
  beforeAll(async () => {
    product = await Product.start({ samples: true });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('in Chinese, no control and no picture is named in English', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'admin');
    for (const path of ['/pushes?status=all', '/admin/departments', '/settings', '/inbox']) {
      await page.goto(product.url + path);
      await settled(page);
      const seen = (await page.locator('body').ariaSnapshot()).split('\n');
      expect([path, seen.filter((line) => ENGLISH_NAME.test(line) && !line.includes('"English"'))]).toEqual([path, []]);
    }
    await closePage(page);
  });

  it('a wide table takes the focus where it scrolls, and a group of choices has only attributes that ARIA allows', async () => {
    const applied = { username: 'someone', displayName: '某人', role: 'department-officer' as const };
    await product.handle.db.insert(accountApplications).values({
      ...applied,
      no: '20261126AAAAAAAAAAAA1',
      state: 'refused',
      regionCode: '430103',
      departmentCode: '430103-agriculture',
      reason: '新任经办人',
      refusal: '重复申请',
      appliedAt: new Date(),
    });
    const page = await openPage(browser);
    await enter(page, product, 'dengji', '/admin/accounts?tab=applications');
    // 1440 by 900 at 200 %.
    await page.setViewportSize({ width: 720, height: 450 });
    await page.getByRole('region', { name: '表格，可以左右滚动' }).waitFor();
    await expectAccessible(page);
    await page.goto(`${product.url}/settings`);
    await page.getByRole('button', { name: '新增订阅' }).click();
    await page.getByRole('dialog').getByText('通知类别').waitFor();
    await expectAccessible(page);
    await closePage(page);
  });

  it('statistics say of which days they are; an authority of the province can leave a county again', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'shengju', '/statistics?region=430103');
    const from = page.getByRole('textbox', { name: '起始日期' });
    await expect.poll(() => from.inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    await page.getByText('“当前在办”“当前逾期”是此刻的件数').waitFor();
    await page.locator('.region-select').hover();
    await page.locator('.region-select .ant-select-clear').click();
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await closePage(page);
  });

  it('cases without a department are labelled in words, and the page sends no request that the server refuses', async () => {
    const page = await openPage(browser);
    const refused: string[] = [];
    page.on('response', (response) => response.status() === 400 && refused.push(response.url()));
    await enter(page, product, 'ducha', '/cases?department=none');
    await page.getByText('没有承办部门（公示、裁定等）').waitFor();
    await settled(page);
    expect(refused).toEqual([]);
    await closePage(page);
  });

  it('the assessment opens with the month that the platform is in', async () => {
    const page = await openPage(browser);
    const asked = page.waitForRequest(/\/api\/v1\/assessments/);
    await enter(page, product, 'ducha', '/assessments');
    expect((await asked).url()).not.toContain('month');
    const { month } = (await product.get<{ month: string }>('ducha', '/api/v1/assessments')).body;
    await expect.poll(() => page.getByRole('textbox', { name: '月份' }).inputValue()).toBe(month);
    await closePage(page);
  });

  it('attachments that could not be loaded are reported, not left out', async () => {
    const { body } = await product.get<{ items: { caseId: string }[] }>('ducha', '/api/v1/pushes?limit=1');
    const page = await openPage(browser);
    await page.route('**/api/v1/attachments?*', (route) =>
      route.fulfill({
        status: 429,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 429, code: 'rate.limited', detail: '请求过于频繁', remedy: '请稍后再试' }),
      }),
    );
    await enter(page, product, 'ducha', `/pushes/${encodeURIComponent(body.items[0]!.caseId)}`);
    await page.getByRole('alert').getByText('请求过于频繁').waitFor();
    await page.getByRole('heading', { name: '附件' }).waitFor();
    await closePage(page);
  });

  it('a refused list does not look empty, and offers no retry', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'dengji', '/audit');
    await page.getByRole('alert').getByText('此操作只能由').waitFor();
    expect(await page.getByText('没有记录').count()).toBe(0);
    expect(await page.getByRole('button', { name: '重试' }).count()).toBe(0);
    await closePage(page);
  });

  it('a registering authority is not led to a form that refuses it; the administration says for whom it submits', async () => {
    const authority = await openPage(browser);
    await enter(authority, product, 'dengji', '/publications');
    await authority.getByRole('heading', { level: 1, name: '信息归集公示' }).waitFor();
    await settled(authority);
    expect(await authority.getByRole('button', { name: '归集信息' }).count()).toBe(0);
    await closePage(authority);

    const page = await openPage(browser);
    await enter(page, product, 'admin', '/new/publication');
    await page.getByRole('combobox', { name: '部门所在的行政区划' }).fill('天心区');
    await page.getByTitle('长沙市天心区 430103').click();
    await page.getByRole('combobox', { name: '归集部门' }).fill('农业');
    await page.getByTitle('天心区农业农村主管部门').click();
    await page.getByRole('textbox', { name: /^(\* ?)?统一社会信用代码$/ }).fill('92430103MA41079199');
    await expect
      .poll(() => page.getByRole('textbox', { name: '行政相对人名称' }).inputValue())
      .toBe('天心区绿野农资经营部');
    await expect
      .poll(() => page.getByRole('textbox', { name: /^(\* ?)?许可机关$/ }).inputValue())
      .toBe('天心区农业农村主管部门');
    await page.getByRole('textbox', { name: '行政许可决定文书号' }).fill('湘浏览器〔2026〕1号');
    await page.getByRole('textbox', { name: '许可内容' }).fill('农药零售');
    await page.getByRole('textbox', { name: '许可决定日期' }).fill(addDays(today(), -1));
    await page.getByRole('textbox', { name: '许可决定日期' }).press('Tab');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('已受理', { exact: true }).waitFor();
    await closePage(page);
  });

  it('a change is told in words, with the full entry behind it', async () => {
    const setting = { workingDays: 4, ladder: ['due-1', 'due', 'due+3'], reason: '试行' };
    await product.request('admin', 'PUT', '/api/v1/admin/limits/registrationPush.claim', setting);
    const page = await openPage(browser);
    await enter(page, product, 'admin', '/admin/changes');
    const row = page.getByRole('row').filter({ hasText: '认领推送的登记信息' });
    await row.getByText('工作日：3 → 4').waitFor();
    expect(await row.innerText()).not.toContain('registrationPush');
    // A case of this test: those of the demonstration run where they were started first.
    const { registrationNo: no } = await accept(product);
    await eventually(
      () => product.get<{ items: unknown[] }>('admin', `/api/v1/audit?caseNo=${no}`),
      ({ body }) => body.items.length > 1,
    );
    await page.goto(`${product.url}/audit?caseNo=${no}`);
    await page
      .getByRole('link', { name: `登记信息推送 ${no}` })
      .first()
      .waitFor();
    expect(await page.locator('tbody').innerText()).not.toMatch(/~|system/);
    await closePage(page);
  });

  it('in English, notices are said to be in Chinese and marked so', async () => {
    await accept(product);
    const page = await openPage(browser);
    await enter(page, product, 'nongye', '/inbox?unread=false');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Notices are published in Chinese').waitFor();
    await page.locator('.notices [lang="zh-CN"]').first().waitFor();
    await closePage(page);
  });
});
