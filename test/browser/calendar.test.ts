/**
 * A closure moves running limits, and a norm is set. On a product without samples: their cases have fixed ids and run where
 * the run's first product started them, so that in any other they would never count again.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { accept, started } from '../api/support/requests.ts';
import { today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { closePage, enter, held, noBrowser, openBrowser, openPage } from './support/browser.ts';

let product: Product;
let browser: Browser;

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('what limits are counted by', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('a closure shows what it would move before it is published; a norm is set; both are on record', async () => {
    const { caseIds } = await accept(product, { scope: '许可项目：农药零售。' });
    await started(product, caseIds);
    // Within the push's limits, on whatever day this runs.
    const closed = addWorkingDays(await currentCalendar(product.handle.db), today(), 2).due;
    const page = await openPage(browser);
    await enter(page, product, 'admin', '/admin/calendars');
    await page.getByRole('button', { name: '临时放假或调休' }).click();
    const dialog = page.getByRole('dialog', { name: '临时放假或调休' });
    await dialog.getByRole('textbox', { name: '名称' }).fill('临时放假');
    await dialog.getByLabel('放假的日期').fill(closed);
    await page.keyboard.press('Enter');
    await dialog.getByText(closed).waitFor();
    await dialog.getByRole('textbox', { name: '依据' }).fill('湘政办函〔2026〕99号');
    const preview = await held(page, '**/admin/calendars/closures?*');
    await dialog.getByRole('button', { name: '预览影响' }).click();
    // What is previewed is what is published: the form is locked meanwhile.
    await vi.waitUntil(() => dialog.getByRole('textbox', { name: '依据' }).isDisabled());
    expect(await dialog.getByRole('img', { name: `去掉${closed}` }).count()).toBe(0);
    preview.goOn();
    const told = dialog.getByText(/将生成版本.*影响[1-9]\d*个在办期限/);
    await told.waitFor();
    const [, version] = (await told.textContent())!.match(/将生成版本([^，]+)，/)!;
    await dialog.getByRole('button', { name: '发布' }).click();
    await dialog.waitFor({ state: 'detached' });
    // The new calendar appears without a reload, and its row counts recounted limits.
    await page.getByText(/^已重算[1-9]\d*个期限$/).waitFor();
    await page
      .locator('.ant-select')
      .filter({ has: page.getByLabel('版本') })
      .getByText(version!)
      .waitFor();

    await page.goto(`${product.url}/admin/limits`);
    const row = page.getByRole('row').filter({ hasText: '查询认领公示的登记信息' });
    await row.getByRole('button', { name: '设定' }).click();
    const limit = page.getByRole('dialog', { name: '查询认领公示的登记信息' });
    // Days are whole numbers: a fraction is rounded before it is sent.
    await limit.getByRole('spinbutton', { name: '工作日数' }).fill('5.6');
    await limit.getByRole('textbox', { name: '依据' }).fill('优化服务');
    await limit.getByRole('button', { name: '提交' }).click();
    await limit.waitFor({ state: 'detached' });
    await row.getByText('6', { exact: true }).waitFor();

    await page.goto(`${product.url}/admin/changes`);
    await page.getByText('优化服务').waitFor();
    await closePage(page);
  });
});
