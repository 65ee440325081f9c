/** 限制查询 in the console: codes are pasted, answered in their order and downloaded; who asked is shown to who oversees. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restrictions } from '../../db/schema.ts';
import { sanctionCaseId } from '../../domain/case/id.ts';
import { addDays, legalDateOf } from '../../domain/clock/calendar.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from '../api/support/listings.ts';
import { casePath } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage } from './support/browser.ts';

let product: Product;
let browser: Browser;

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('restrictions', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });
  const today = legalDateOf(Date.now());

  async function listed() {
    const entry = listingEntry();
    const { body } = await product.post<AcceptedListing>('dengji', LISTINGS, entry);
    return { entry, listingId: body.caseId };
  }

  it('a page answers for many enterprises on a day, saves the answer, and shows who asked', async () => {
    const { entry, listingId } = await listed();
    const { entry: free } = await listed();
    const departmentCode = '430103-health';
    const { uscc } = entry;
    await product.handle.db.insert(restrictions).values({
      caseId: sanctionCaseId('sanctionNotice', { ...entry, departmentCode }),
      measureId: 'SP01',
      listingId,
      uscc,
      departmentCode,
      decidedAt: new Date(),
      decidedOn: addDays(today, -30),
      validUntil: addDays(today, -10),
    });
    const page = await openPage(browser);
    await enter(page, product, 'nongye', '/restrictions');
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByText('请填写至少一个统一社会信用代码').waitFor();
    const codes = page.getByRole('textbox', { name: '统一社会信用代码' });
    await codes.fill(`${free.uscc}\n${uscc}`);
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByRole('heading', { name: `${today}：2个企业，0个受限制` }).waitFor();
    await page.getByRole('textbox', { name: '查询日期' }).fill(addDays(today, -10));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByRole('heading', { name: `${addDays(today, -10)}：2个企业，1个受限制` }).waitFor();
    await page.getByText(`${addDays(today, -30)}至${addDays(today, -10)}`).waitFor();
    await expectAccessible(page);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出CSV' }).click();
    const file = readFileSync(await (await saving).path(), 'utf8');
    expect(file.split('\r\n')).toHaveLength(4);
    expect(file).toContain(`${uscc},${entry.name},是`);
    await codes.fill('123');
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByRole('alert').getByText('第1个“123”').waitFor();
    await closePage(page);

    const overseer = await openPage(browser);
    await enter(overseer, product, 'ducha', '/restrictions');
    await overseer.getByRole('heading', { name: '查询记录' }).waitFor();
    await overseer.getByRole('row').filter({ hasText: 'nongye' }).filter({ hasText: '下载文件' }).waitFor();
    await expectAccessible(overseer);
    await closePage(overseer);
  });

  it('a decision is entered with its days; the enterprise’s page shows it, and any day', async () => {
    const { entry } = await listed();
    const notice = sanctionCaseId('sanctionNotice', { ...entry, departmentCode: '430103-health' });
    await eventually(
      () => product.post('weijian', casePath('sanction-notices', notice, 'fetch')),
      ({ status }) => status === 200,
      60_000,
    );
    const page = await openPage(browser);
    await enter(page, product, 'weijian', `/sanction-notices/${encodeURIComponent(notice)}`);
    await page.getByRole('button', { name: '决定限制' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: '限制措施' }).click();
    await page.locator('.ant-select-item-option').first().click();
    await page.keyboard.press('Escape');
    const fill = async (label: string, day: string) => {
      await dialog.getByRole('textbox', { name: label }).fill(day);
      await page.keyboard.press('Enter');
    };
    await fill('做出限制决定之日', addDays(today, -2));
    await fill('限制至', addDays(today, -5));
    await dialog.getByRole('textbox', { name: '提请人' }).fill('李经办');
    await dialog.getByRole('button', { name: '提交' }).click();
    await dialog.getByText('早于限制开始之日').waitFor();
    await fill('限制至', addDays(today, 60));
    await dialog.getByRole('button', { name: '提交' }).click();
    await page.getByRole('heading', { name: '已决定的限制' }).waitFor();
    const term = `${addDays(today, -2)}至${addDays(today, 60)}`;
    await page.getByText(term).waitFor();
    await expectAccessible(page);
    await page.goto(`${product.url}/enterprises/${entry.uscc}`);
    await page.getByText(term).waitFor();
    await page.getByText('李经办').waitFor();
    await page.goto(`${product.url}/enterprises/${entry.uscc}?asOf=${addDays(today, -3)}`);
    await page.getByText(`${addDays(today, -3)}没有联合惩戒措施`).waitFor();
    await expectAccessible(page);
    await closePage(page);
  });
});
