/** 基础数据文件: one administrator proposes what the page showed, another one approves it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accept } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage } from './support/browser.ts';

let product: Product;
let browser: Browser;

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('files of reference data', () => {
  beforeAll(async () => {
    product = await Product.start({ samples: true });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  const choose = (page: Page, name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const HEADER = '部门代码,部门名称,撤销\n';

  it('a file is shown, proposed, and in force when somebody else has agreed', async () => {
    const proposer = await openPage(browser);
    await enter(proposer, product, 'admin', '/admin/reference-files');
    // A file with a bad row proposes nothing.
    await choose(proposer, '部门.csv', `${HEADER}430103-agriculture,天心区农业农村局,是\n430103-starlight,星光局,\n`);
    await proposer.getByText('共2行，1行有误，更正后才能提案').waitFor();
    await proposer.getByText('行业“starlight”不在行业表中，请核对，或者先导入行业').waitFor();
    await choose(proposer, '部门.csv', `${HEADER}430103-agriculture,天心区农业农村局,是\n`);
    const difference = proposer.getByRole('region', { name: '与现行数据的差异' });
    await difference.getByText('新增0项，变更0项，撤销1项').waitFor();
    const effect = proposer.getByRole('region', { name: '对推送的影响' });
    await effect.getByText(/^最近\d+件登记中，[1-9]\d*件的推送会不同，其中[1-9]\d*件推送给其他部门$/).waitFor();
    await effect.getByRole('row').filter({ hasText: '长沙市农业农村主管部门' }).first().waitFor();
    await expectAccessible(proposer);
    await proposer.getByRole('button', { name: '提案', exact: true }).click();
    const asked = proposer.getByRole('dialog', { name: '提案' });
    await asked.getByRole('textbox', { name: '依据' }).fill('湘市监函〔2026〕17号');
    await asked.getByRole('button', { name: '提交' }).click();
    await asked.waitFor({ state: 'detached' });
    const row = proposer.getByRole('row').filter({ hasText: '湘市监函〔2026〕17号' });
    await row.getByText('待审批').waitFor();
    await row.getByRole('button', { name: '查看提案1' }).click();
    // Nobody decides on their own proposal, and the page says why.
    const own = proposer.getByRole('dialog', { name: '提案1' });
    await own.getByRole('button', { name: '同意提案：不能办理，本人的提案须由另一名省级平台管理员决定' }).waitFor();
    await closePage(proposer);
    expect((await accept(product)).caseIds[0]).toContain('~430103-agriculture~');

    const second = await openPage(browser);
    await enter(second, product, 'fuhe', '/admin/reference-files');
    await second.getByRole('button', { name: '查看提案1' }).click();
    const seen = second.getByRole('dialog', { name: '提案1' });
    await seen.getByText('新增0项，变更0项，撤销1项').waitFor();
    await expectAccessible(second);
    await seen.getByRole('button', { name: '同意提案' }).click();
    const decision = second.getByRole('dialog', { name: '同意提案' });
    await decision.getByRole('textbox', { name: '理由' }).fill('已核对机构改革方案');
    await decision.getByRole('button', { name: '提交' }).click();
    await second.getByRole('row').filter({ hasText: '已核对机构改革方案' }).getByText('已生效').waitFor();
    await closePage(second);
    expect((await accept(product)).caseIds[0]).toContain('~430100-agriculture~');
  });

  it('an edition of the catalogue is taken with its version, as a workbook that was exported', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'admin', '/admin/reference-files');
    await page.getByRole('combobox', { name: '文件内容' }).click();
    await page.getByTitle('后置审批事项目录').filter({ visible: true }).last().click();
    await page.getByRole('textbox', { name: '版本号' }).fill('2030.1');
    const address = await page.getByRole('link', { name: '导出现行Excel' }).getAttribute('href');
    const exported = await page.request.get(new URL(address!, page.url()).href);
    await page.locator('input[type=file]').setInputFiles({
      name: '目录.xlsx',
      mimeType: exported.headers()['content-type']!,
      buffer: await exported.body(),
    });
    await page.getByRole('region', { name: '核对结果' }).getByText('与现行数据相同', { exact: true }).waitFor();
    await page.getByRole('button', { name: '提案：不能办理，与现行数据相同' }).waitFor();
    await closePage(page);
  });
});
