/** A permit is changed: handed in by an officer, approved by a colleague, published, and read in its history by the public. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { command, record, submit, type Accepted } from '../api/support/records.ts';
import { today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage } from './support/browser.ts';

let product: Product;
let browser: Browser;
let accepted: Accepted;
const PERMIT = record();

async function decide(page: Page, action: string, fields: Record<string, string> = {}): Promise<void> {
  await page.getByRole('group', { name: '办理' }).getByRole('button', { name: action, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: action });
  for (const [name, value] of Object.entries(fields)) await dialog.getByRole('textbox', { name }).fill(value);
  await dialog.getByRole('button', { name: '提交' }).click();
  await dialog.waitFor({ state: 'detached' });
}

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('a record lives on', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    accepted = await submit(product, PERMIT);
    const { status } = await command(product, 'dengji', accepted, 'publish');
    if (status !== 200) throw new Error(`not published: ${status}`);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('from the lead’s setting to the public page (第五条第一款、第十九条第一款)', async () => {
    const lead = await openPage(browser);
    await enter(lead, product, 'nongye-lead', '/settings');
    await lead.getByRole('button', { name: '要求内部审核' }).click();
    await lead.getByRole('dialog').getByRole('textbox', { name: '依据' }).fill('内部审核制度');
    await lead.getByRole('dialog').getByRole('button', { name: '提交' }).click();
    await lead.getByRole('button', { name: '不再要求内部审核' }).waitFor();
    await expectAccessible(lead);

    const officer = await openPage(browser);
    await enter(officer, product, 'nongye', `/enterprises/${PERMIT.uscc}`);
    await officer.getByRole('link', { name: '归集变动' }).click();
    await officer.getByRole('heading', { level: 1, name: '归集变动' }).waitFor();
    await officer.getByRole('textbox', { name: '变动决定的文书号' }).fill('天变〔2026〕1号');
    await officer.getByRole('textbox', { name: '变动决定日期' }).fill(today());
    await officer.getByRole('textbox', { name: '变动决定日期' }).press('Enter');
    await officer.getByRole('textbox', { name: '事由' }).fill('企业申请增加批发');
    await officer.getByRole('button', { name: '提交' }).click();
    await officer.getByText('没有填写变更的内容，请填写').waitFor();
    await expectAccessible(officer);
    await officer.getByRole('textbox', { name: '许可内容' }).fill('农药零售、批发');
    await officer.getByRole('button', { name: '提交' }).click();
    await officer.getByText('待本部门另一人审核，同意后归集').waitFor();
    await officer.getByRole('link', { name: '查看事项' }).click();
    await officer.getByText('企业申请增加批发').first().waitFor();
    await officer.getByText('待内部审核').first().waitFor();
    const { pathname } = new URL(officer.url());
    await closePage(officer);

    await lead.goto(product.url + pathname);
    await decide(lead, '审核同意，归集', { 审核意见: '同意' });
    await closePage(lead);
    const authority = await openPage(browser);
    await enter(authority, product, 'dengji', pathname);
    await decide(authority, '公示');
    await closePage(authority);

    const citizen = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await citizen.goto(`${product.url}/public/enterprises/${PERMIT.uscc}`);
    await citizen.getByRole('button', { name: new RegExp(PERMIT.documentNo) }).click();
    await citizen.getByText('农药零售、批发').waitFor();
    await citizen.getByRole('heading', { name: '历程' }).waitFor();
    await citizen.getByText(/首次公示/).waitFor();
    await citizen.getByText(/天变〔2026〕1号。事由：企业申请增加批发/).waitFor();
    await expectAccessible(citizen);
    await closePage(citizen);
  }, 300_000);
});
