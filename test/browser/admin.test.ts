/** Administration: its daily tasks, and who is refused. */
import { text as textOf } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { users } from '../../db/schema.ts';
import { newcomer, registration } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';
import { closePage, enter, enterWith, noBrowser, openBrowser, openPage, signIn } from './support/browser.ts';

let product: Product;
let browser: Browser;

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('administration', () => {
  beforeAll(async () => {
    product = await Product.start({ samples: true });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('an account is applied for, endorsed by the authority, opened, and signs in', async () => {
    const applicant = await openPage(browser);
    await applicant.goto(`${product.url}/apply`);
    await applicant.getByRole('textbox', { name: '希望使用的账号' }).fill('linye-1');
    await applicant.getByRole('textbox', { name: '姓名或岗位名称' }).fill('天心区林业经办人');
    await applicant.getByRole('radio', { name: '部门经办人' }).check();
    await pick(applicant, '行政区划', '长沙市岳麓区 430104');
    await pick(applicant, '部门', '岳麓区林业主管部门');
    await pick(applicant, '行政区划', '长沙市天心区 430103');
    // Choosing another region clears the department.
    await applicant.getByTitle('岳麓区林业主管部门').filter({ visible: true }).waitFor({ state: 'detached' });
    await pick(applicant, '部门', '天心区林业主管部门');
    await applicant.getByRole('textbox', { name: '申请理由' }).fill('办理林业事项');
    await applicant.getByRole('textbox', { name: '密码' }).fill('a-long-passphrase-7');
    await applicant.getByRole('button', { name: '提交' }).click();
    await applicant.getByText('申请已受理').waitFor();
    for (const [who, decision] of [
      ['dengji', '审核同意'],
      ['admin', '开通'],
    ] as const) {
      const page = await openPage(browser);
      await enter(page, product, who, '/admin/accounts?tab=applications');
      await page
        .getByRole('row')
        .filter({ hasText: 'linye-1' })
        .getByRole('button', { name: decision, exact: true })
        .click();
      const dialog = page.getByRole('dialog', { name: decision });
      await dialog.getByRole('button', { name: '提交' }).click();
      await dialog.waitFor({ state: 'detached' });
      await closePage(page);
    }
    await signIn(applicant, product, 'linye-1', 'a-long-passphrase-7');
    await applicant.getByText('没有待办事项').waitFor();
    await closePage(applicant);
  });

  it('a file is imported with its progress, and tells which rows were refused', async () => {
    const rows = Array.from({ length: 40 }, () => registration({ scope: '许可项目：农药零售。' }));
    const bad = { ...registration(), uscc: '91430103MA4000000X' };
    const file = [...rows, bad].map((row) => JSON.stringify(row)).join('\n');
    const page = await openPage(browser);
    await enter(page, product, 'dengji', '/import');
    await choose(page, '11月24日.jsonl', file);
    await page.getByText('导入完成，共41行').waitFor();
    await page.getByText('共立案40件，期限已经起算，随时可以办理').waitFor();
    await page.getByText(/流程依次启动，还有\d+件|流程已全部启动/).waitFor();
    expect(await page.getByRole('progressbar').first().getAttribute('aria-valuenow')).toBe('100');
    const refused = page.getByRole('row').filter({ hasText: '统一社会信用代码' });
    expect(await refused.getByRole('cell').first().textContent()).toBe('41');
    const given = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出未受理的行CSV' }).click();
    const [header, row] = (await textOf(await (await given).createReadStream())).split('\r\n');
    expect([header?.endsWith(',原行号,原因'), row?.includes('91430103MA4000000X,')]).toEqual([true, true]);
    await closePage(page);
  });

  it.each([
    ['dengji', '登记信息'],
    ['nongye', '行政许可'],
    ['nongye', '行政处罚'],
    ['nongye', '其他'],
  ])('a template sent back as it is imports nothing (%s, %s)', async (who, title) => {
    const page = await openPage(browser);
    await enter(page, product, who, '/import');
    const address = await page.getByRole('link', { name: `下载${title}模板` }).getAttribute('href');
    const template = await page.request.get(new URL(address!, page.url()).href);
    await choose(page, `${title}.xlsx`, await template.body());
    await page.getByText('导入完成，共0行').waitFor();
    await closePage(page);
  });

  it('an import that is stopped, and one whose connection is lost, say what stands and what to do', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'dengji', '/import');
    const rows = Array.from({ length: 20_000 }, (_, n) => JSON.stringify({ registrationNo: `无效-${n}` }));
    await choose(page, 'large.jsonl', rows.join('\n'));
    await page.getByRole('button', { name: '停止导入' }).click();
    await page.getByText(/已停止，停止前共\d+行有结果/).waitFor();

    // The server's answer breaks off after its first row, as when a cable is pulled.
    await page.evaluate(`{
      const real = window.fetch;
      window.fetch = (input, init) => {
        if (!String(input).includes('/import')) return real(input, init);
        const start = (answer) => {
          answer.enqueue(new TextEncoder().encode('{"line":1,"result":"accepted"}\\n'));
          setTimeout(() => answer.error(new TypeError('network error')), 200);
        };
        return Promise.resolve(new Response(new ReadableStream({ start })));
      };
    }`);
    await choose(page, 'small.jsonl', rows.slice(0, 3).join('\n'));
    await page
      .getByRole('alert')
      .getByText(/连接中断.*重新导入同一文件/)
      .waitFor();
    await page.getByRole('region', { name: '导入结果' }).getByText('已受理', { exact: true }).waitFor();
    await closePage(page);
  });

  it('matching is tried before anybody is told', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'admin', '/admin/catalogue');
    await page
      .getByRole('textbox', { name: '经营范围' })
      .fill('许可项目：农药零售。一般项目：化肥销售（不含危险化学品）。');
    await page.getByRole('button', { name: '试匹配' }).click();
    const result = page.getByRole('region', { name: '匹配结果' });
    await result.getByText('农药经营许可').waitFor();
    expect(await result.locator('.scope mark').allTextContents()).toEqual(['农药零售']);
    await closePage(page);
  });

  it('an administrator of a county reads what is the province’s, and is told why it is not his to change', async () => {
    const token = await newcomer(product, 'county-admin', { role: 'platform-administrator', regionCode: '430103' });
    const page = await openPage(browser);
    await enterWith(page, product, token, '/admin/calendars');
    for (const name of ['载入新的年度日历', '临时放假或调休']) await isBarred(page, name, '只能由省级平台管理员办理');
    expect(await page.getByRole('link', { name: '未送达通知' }).count()).toBe(0);
    await page.goto(`${product.url}/admin/catalogue`);
    await isBarred(page, '载入新版', '只能由省级平台管理员办理');
    await page.goto(`${product.url}/admin/limits`);
    await isBarred(page, '设定', '只能由省级平台管理员办理');
    // Departments belong to a region: a county's administrator opens those of the county, not those above.
    await page.goto(`${product.url}/admin/departments?q=天心区`);
    await page.getByRole('button', { name: '更名或撤销', exact: true }).first().waitFor();
    await page.getByRole('button', { name: '设立部门', exact: true }).waitFor();
    await page.goto(`${product.url}/admin/departments?region=430000`);
    await isBarred(page, '设立部门', '不在您的管理区域内');
    await closePage(page);
  });

  it('accounts beyond the first page are reached', async () => {
    const { db } = product.handle;
    const [known] = await db.select().from(users).where(eq(users.username, 'nongye'));
    const many = Array.from({ length: 60 }, (_, n) => ({ ...known!, username: `zz-${String(n).padStart(2, '0')}` }));
    await db.insert(users).values(many);
    const page = await openPage(browser);
    await enter(page, product, 'admin', '/admin/accounts?q=zz-');
    await page.getByRole('cell', { name: 'zz-49' }).waitFor();
    expect(await page.getByRole('cell', { name: 'zz-59' }).count()).toBe(0);
    await page.getByRole('button', { name: '显示更多' }).click();
    await page.getByRole('cell', { name: 'zz-59' }).waitFor();
    expect(await page.getByRole('button', { name: '显示更多' }).count()).toBe(0);
    await closePage(page);
  });

  it('who may not administer is told so', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'nongye', '/admin/dead-letters');
    await page.getByRole('alert').getByText('此操作只能由平台管理员办理').waitFor();
    expect(await page.getByRole('link', { name: '未送达通知' }).count()).toBe(0);
    await page.goto(`${product.url}/audit`);
    await page
      .getByRole('alert')
      .getByText(/此操作只能由/)
      .waitFor();
    await closePage(page);
  });

  it('scores come with the formula in force, and the command that recomputes them', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'ducha', '/assessments?month=2026-11');
    await page.getByRole('cell', { name: '办理时限按时率' }).waitFor();
    await page.getByText('npm run -s assess -- --month 2026-11 --region 430103').waitFor();
    await closePage(page);
  });

  it('a figure opens the list that it was counted from', async () => {
    const page = await openPage(browser);
    await enter(page, product, 'ducha', '/statistics?by=caseType');
    const figure = page.getByRole('row').filter({ hasText: '登记信息推送' }).getByRole('link').first();
    const count = Number(await figure.textContent());
    await figure.click();
    await page.getByRole('heading', { level: 1, name: '事项' }).waitFor();
    await page.locator('tbody tr.ant-table-row').first().waitFor();
    expect(count).toBeGreaterThan(0);
    expect(await page.locator('tbody tr.ant-table-row').count()).toBe(Math.min(count, 50));
    await closePage(page);
  });
});

/** Chooses a file through the page's own field, as a person does. */
async function choose(page: Page, name: string, content: string | Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByText('点击选择或拖入').click();
  await (
    await chooser
  ).setFiles({ name, mimeType: 'text/plain', buffer: typeof content === 'string' ? Buffer.from(content) : content });
}

/** The button is shown but barred, and the keyboard reaches the reason. */
async function isBarred(page: Page, name: string, why: string): Promise<void> {
  const button = page.getByRole('button', { name: new RegExp(`^${name}：不能办理，.*${why}`) }).first();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await button.focus();
  await page.getByRole('tooltip').getByText(why).waitFor();
  await button.blur();
}

/** Picks from a list that is searched while typing. */
async function pick(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: new RegExp(`${name}$`) }).fill(text);
  await page.getByRole('option', { name: text }).waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
}
