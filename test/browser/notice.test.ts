/** 通知书 on paper: title, number and addressee of its kind, a QR code that leads back, in Chinese for every reader. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertOwnRow } from '../../db/cases/opened.ts';
import { realClock } from '../../domain/clock/clock.ts';
import type { NewCase } from '../../domain/case/case.ts';
import { listingEntry, LISTINGS } from '../api/support/listings.ts';
import { NOWHERE } from '../api/support/requests.ts';
import { standingCases } from '../api/support/standing-cases.ts';
import { Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage } from './support/browser.ts';
import { openedSanctionLifting } from '../../domain/case-types/sanction-lifting/opening.ts';
import { openedSanctionNotice } from '../../domain/case-types/sanction-notice/opening.ts';

let product: Product;
let browser: Browser;

async function standing(opened: NewCase): Promise<string> {
  await insertOwnRow(product.handle.db, opened, realClock);
  return encodeURIComponent(opened.caseId);
}

/** A listing, and the notice of one department. */
async function listed() {
  const entry = listingEntry();
  expect((await product.post('dengji', LISTINGS, entry)).status).toBe(201);
  const of = { ...entry, list: 'serious-dishonest' as const, departmentCode: '430103-agriculture' };
  const notice = await standing(openedSanctionNotice({ ...of, measureIds: ['ZZ01'], sentAt: Date.now() }));
  const lifting = await standing(openedSanctionLifting({ ...of, orderedAt: Date.now() }));
  return { entry, notice, lifting };
}

const paper = (page: Page) => page.getByRole('article');

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('a printed notice', () => {
  beforeAll(async () => {
    product = await Product.start({ worker: false, temporalAddress: NOWHERE });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('prints nothing but the notice, with its title, a number that ends in 号 once, and a code', async () => {
    const { entry, notice } = await listed();
    const page = await openPage(browser);
    await enter(page, product, 'nongye', `/sanction-notices/${notice}/print`);
    await paper(page).getByRole('heading', { name: '联合惩戒通知书', exact: true }).waitFor();
    await expectAccessible(page);
    await page.emulateMedia({ media: 'print' });
    await paper(page)
      .getByText(`联合惩戒通知〔${new Date().getFullYear()}〕${entry.documentNo}`, { exact: true })
      .first()
      .waitFor();
    expect(await paper(page).textContent()).not.toContain('号号');
    await paper(page).getByText('天心区农业农村主管部门：', { exact: true }).waitFor();
    await paper(page).getByRole('img', { name: '本事项的网址' }).waitFor();
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false);
    await closePage(page);
  });

  it('is in Chinese for those who read English, too', async () => {
    const { notice } = await listed();
    const page = await openPage(browser);
    await page.addInitScript(`localStorage.setItem('xietong.language', 'en')`);
    await enterInEnglish(page, `/sanction-notices/${notice}/print`);
    await paper(page).getByRole('heading', { name: '联合惩戒通知书', exact: true }).waitFor();
    await paper(page).getByText('严重违法失信名单').waitFor();
    expect(await paper(page).textContent()).not.toMatch(/[A-Za-z]{4}/);
    expect(await paper(page).getAttribute('lang')).toBe('zh-CN');
    await closePage(page);
  });

  it('asks the supervisors for a ruling where no department holds the matter, which nobody is said to claim', async () => {
    const { arbitration } = await standingCases(product, '430103');
    const page = await openPage(browser);
    const path = `/rollbacks/${encodeURIComponent(arbitration.caseId)}`;
    await enter(page, product, 'ducha', path);
    await page.getByRole('heading', { name: '办理过程' }).waitFor();
    expect(await page.locator('.ant-descriptions-item', { hasText: '承办部门' }).textContent()).toMatch(/承办部门.?—$/);
    // Readers of the audit log see what each step changed.
    await page.getByRole('link', { name: '在审计日志中查看变更内容' }).click();
    await page.getByText('只列一个事项的记录').waitFor();
    await page.goto(`${product.url}${path}/print`);
    await paper(page)
      .getByText(/^(长沙市)?天心区督查机构：$/)
      .waitFor();
    await paper(page).getByText('请裁定审批（行业主管）部门').waitFor();
    await closePage(page);
  });

  it('the case of a lifting tells what is listed, and what is to be lifted', async () => {
    const { entry, lifting } = await listed();
    const page = await openPage(browser);
    await enter(page, product, 'nongye', `/sanction-liftings/${lifting}`);
    await page.getByRole('heading', { name: '失信信息' }).waitFor();
    await page.getByText(entry.grounds).waitFor();
    await page.getByRole('heading', { name: '应当解除的限制措施' }).waitFor();
    await page.getByText('本部门没有采取限制措施').waitFor();
    expect(await page.getByRole('link', { name: '在审计日志中查看变更内容' }).count()).toBe(0);
    await expectAccessible(page);
    await closePage(page);
  });
});

async function enterInEnglish(page: Page, path: string): Promise<void> {
  const value = await product.tokenOf('nongye');
  await page.context().addCookies([{ name: 'xietong_session', value, url: product.url }]);
  await page.goto(product.url + path);
}
