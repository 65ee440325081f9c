/** 账号名册 through the console: handed in by a lead, endorsed, opened, the passwords collected, and used for the first time. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordsIn } from '../api/support/account-lists.ts';
import { newcomer } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';
import { closePage, enter, enterWith, expectAccessible, noBrowser, openBrowser, openPage } from './support/browser.ts';

const LISTS = '/admin/accounts?tab=lists';
const PASSPHRASE = '天心区农业-名册口令-2026';
const GOOD =
  '姓名,账号,角色,联系电话\n农业经办甲,nongye-jia,部门经办人,0731-84410001\n农业经办乙,nongye-yi,部门经办人,';

let product: Product;
let browser: Browser;

describe.skipIf(noBrowser)('a list of accounts', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('goes its whole way, to the first sign-in with a one-time password', async () => {
    const place = { regionCode: '430103', departmentCode: '430103-agriculture' };
    const lead = await openPage(browser);
    await enterWith(lead, product, await newcomer(product, 'fuze', { role: 'department-lead', ...place }), LISTS);
    await choose(lead, `${GOOD}\n外单位,linye-x,部门经办人,430103190102030054`);
    await lead.getByText('新开2人，变更0人，已有且无变化0人，不受理1行').waitFor();
    await lead.getByRole('cell', { name: /公民身份号码/ }).waitFor();
    expect(await lead.getByRole('button', { name: '确认上报' }).count()).toBe(0);
    await choose(lead, GOOD);
    await lead.getByText('新开2人，变更0人，已有且无变化0人，不受理0行').waitFor();
    await expectAccessible(lead);
    await lead.getByRole('button', { name: '确认上报' }).click();
    await lead.getByRole('cell', { name: '待同级登记机关审核' }).waitFor();

    const authority = await openPage(browser);
    await enter(authority, product, 'dengji', LISTS);
    await authority.getByRole('row').filter({ hasText: '天心区农业农村主管部门' }).getByRole('button').first().click();
    await authority.getByRole('dialog').getByRole('cell', { name: '农业经办甲' }).waitFor();
    await authority
      .getByRole('dialog')
      .getByRole('button', { name: /关闭|Close/ })
      .click();
    await decide(authority, '审核同意');
    await closePage(authority);
    const administrator = await openPage(browser);
    await enter(administrator, product, 'admin', LISTS);
    await decide(administrator, '开通');
    await administrator.getByRole('cell', { name: '已开通' }).waitFor();
    await closePage(administrator);

    await lead.reload();
    await withPassphrase(lead, '生成一次性密码');
    await lead.getByText('密码待领取').waitFor();
    const given = lead.waitForEvent('download');
    await withPassphrase(lead, '领取');
    const passwords = await passwordsIn(await readFile(await (await given).path()), PASSPHRASE);
    expect([...passwords.keys()]).toEqual(['nongye-jia', 'nongye-yi']);
    await lead.getByText('密码已领取').waitFor();
    expect(await lead.getByRole('button', { name: '领取', exact: true }).count()).toBe(0);
    await closePage(lead);

    const officer = await openPage(browser);
    await officer.goto(`${product.url}/sign-in`);
    await officer.getByRole('textbox', { name: '账号' }).fill('nongye-jia');
    await officer.getByRole('textbox', { name: '密码' }).fill(passwords.get('nongye-jia')!);
    await officer.getByRole('button', { name: '登录', exact: true }).click();
    await officer.getByText('请先修改密码，再办理其他事项').waitFor();
    await officer.getByLabel('现在的密码').fill(passwords.get('nongye-jia')!);
    await officer.getByLabel('新密码', { exact: true }).fill('mein-eigenes-wort-7');
    await officer.getByLabel('再输一次新密码').fill('mein-eigenes-wort-7');
    await officer.getByRole('button', { name: '修改密码' }).click();
    await officer.getByText('密码已修改，其他设备上的登录已退出').waitFor();
    await officer.getByText('请先修改密码，再办理其他事项').waitFor({ state: 'detached' });
    await closePage(officer);
  });
});

/** Chooses a file through the page's own field, as a person does. */
async function choose(page: Page, content: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '上报账号名册' }).click();
  await (await chooser).setFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
}

async function decide(page: Page, act: string): Promise<void> {
  await page.getByRole('button', { name: act, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: act });
  await dialog.getByRole('button', { name: '提交' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function withPassphrase(page: Page, act: string): Promise<void> {
  await page.getByRole('button', { name: act, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: act });
  await dialog.getByRole('textbox', { name: '文件口令' }).fill(PASSPHRASE);
  await dialog.getByRole('button', { name: '提交' }).click();
  await dialog.waitFor({ state: 'detached' });
}
