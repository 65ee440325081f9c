/** The console as officials use it: each role's main path, in Chinese, in a real browser on the whole product. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listingEntry, LISTINGS, type AcceptedListing } from '../api/support/listings.ts';
import { record, submit } from '../api/support/records.ts';
import { importFile, jsonl, registration } from '../api/support/requests.ts';
import { today } from '../support/day.ts';
import { eventually, Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage, signIn } from './support/browser.ts';

const PESTICIDE = '许可项目：农药零售。一般项目：肥料销售。';

let product: Product;
let browser: Browser;

async function imported(scope: string, count = 1): Promise<string[]> {
  const rows = Array.from({ length: count }, () => registration({ scope }));
  await importFile(product, jsonl(rows));
  return rows.map(({ registrationNo }) => registrationNo);
}

interface Listed {
  items: { caseId: string; caseNo: string; stage: string; departmentCode: string | null }[];
}

/** Accepts registrations and waits until the department sees all their pushes. */
async function pushed(count = 1): Promise<string[]> {
  const numbers = await imported(PESTICIDE, count);
  await eventually(
    () => product.get<Listed>('nongye', '/api/v1/pushes?limit=200'),
    ({ body }) => numbers.every((no) => body.items.some(({ caseNo }) => caseNo === no)),
  );
  return numbers;
}

const stagesOf = async (who: string, noun: string, no: string) =>
  (await product.get<Listed>(who, `/api/v1/${noun}?q=${encodeURIComponent(no)}`)).body.items.map(({ stage }) => stage);

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('the console', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('a new official completes a push within three clicks of signing in', async () => {
    const [no = ''] = await pushed(2);
    const page = await openPage(browser);
    await signIn(page, product, 'nongye');
    const row = rowOf(page, no);
    await row.waitFor();
    const places = () => page.getByRole('row').allTextContents();
    const place = async () => (await places()).findIndex((text) => text.includes(no));
    const before = await place();
    await row.getByRole('button', { name: '认领' }).click();
    await row.getByRole('button', { name: '反馈' }).waitFor();
    // If the claim moved the row away, another case's button would stand under the cursor.
    expect(await place()).toBe(before);
    await row.getByRole('button', { name: '反馈' }).click();
    await page.getByRole('menuitem', { name: '已纳入监管（当事人未申请许可）' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await stagesOf('nongye', 'pushes', no)).toEqual(['fedBack']);
    await expectAccessible(page);
    await closePage(page);
  });

  it('the case page says why it came, until when, counted how, and bars with reason and article', async () => {
    const [no = ''] = await pushed();
    const page = await openPage(browser);
    await enter(page, product, 'nongye', `/pushes?q=${no}`);
    await rowOf(page, no).getByRole('link').first().click();
    await page.getByRole('heading', { name: '为何推送' }).waitFor();
    expect(await page.locator('.scope mark').allTextContents()).toEqual(['农药零售']);
    await page.getByRole('table', { name: '认领推送的登记信息：逐日计算' }).waitFor();
    await page.getByText('第3日 届满').waitFor();
    const barred = page.getByRole('button', { name: /^反馈：不能办理，.*待认领.*第七条第三款/ });
    expect(await barred.getAttribute('aria-disabled')).toBe('true');
    // Keyboard users reach the reason.
    await barred.focus();
    await page.getByRole('tooltip').getByText('当前环节为“待认领”').waitFor();
    // The Temporal UI is for supervisors.
    expect(await page.getByRole('link', { name: '流程界面' }).count()).toBe(0);
    await expectAccessible(page);
    await closePage(page);
  });

  it('a push is returned with a reason, ruled by the authority, and appears at the other department without reload', async () => {
    const [no = ''] = await pushed();
    const department = await openPage(browser);
    const other = await openPage(browser);
    const authority = await openPage(browser);
    await enter(other, product, 'shichang', '/pushes');
    await enter(authority, product, 'dengji', '/rollbacks');
    await enter(department, product, 'nongye');

    await rowOf(department, no).getByRole('button', { name: '回退' }).click();
    const dialog = department.getByRole('dialog', { name: '回退' });
    await dialog.getByRole('button', { name: '提交' }).click();
    await dialog.getByText('请选择回退理由类别').waitFor();
    await dialog.getByText('请填写回退理由').waitFor();
    await dialog.getByRole('radio', { name: '不属于本部门职责' }).check();
    await dialog.getByRole('textbox', { name: '回退理由' }).fill('该品种由市场监管部门审批');
    await expectAccessible(department);
    await dialog.getByRole('button', { name: '提交' }).click();
    await dialog.waitFor({ state: 'detached' });

    await rowOf(authority, no).getByRole('button', { name: '确认部门' }).click();
    const ruling = authority.getByRole('dialog', { name: '确认部门' });
    await ruling.getByText('该品种由市场监管部门审批').waitFor();
    await ruling.getByText('天心区农业农村主管部门').waitFor();
    await ruling.getByRole('radio', { name: '改推其他部门' }).check();
    await ruling.getByRole('combobox', { name: '改推的部门' }).fill('天心区市场监管');
    await authority
      .getByRole('option', { name: /市场监管/ })
      .first()
      .waitFor({ state: 'attached' });
    await expectAccessible(authority);
    await authority.keyboard.press('Enter');
    await ruling.getByRole('textbox', { name: '确认理由' }).fill('依职责清单');
    await ruling.getByRole('button', { name: '提交' }).click();
    await ruling.waitFor({ state: 'detached' });

    await rowOf(other, no).waitFor();
    expect(await stagesOf('shichang', 'pushes', no)).toEqual(['pushed']);
    for (const page of [department, other, authority]) await closePage(page);
  });

  it('of two officials who claim the same entry of the pool at once one wins, the other is told', async () => {
    const [no = ''] = await imported('许可项目：企业管理咨询。');
    await eventually(
      () => stagesOf('nongye', 'pool-entries', no),
      (stages) => stages[0] === 'published',
    );
    const pages = [await openPage(browser), await openPage(browser)];
    for (const [index, page] of pages.entries()) {
      await enter(page, product, ['nongye', 'shichang'][index]!, `/pool-entries?q=${no}`);
      await rowOf(page, no).getByRole('button', { name: '认领' }).click();
      await page.getByRole('dialog', { name: '认领' }).waitFor();
    }
    await Promise.all(
      pages.map((page) => page.getByRole('dialog', { name: '认领' }).getByRole('button', { name: '提交' }).click()),
    );
    const told = await Promise.all(
      pages.map((page) => {
        const done = page.getByRole('dialog', { name: '认领' }).waitFor({ state: 'detached' });
        const taken = page.getByRole('alert').getByText('该登记信息已被其他部门认领').waitFor();
        return Promise.any([done.then(() => 'won'), taken.then(() => 'lost')]);
      }),
    );
    expect(told.sort()).toEqual(['lost', 'won']);
    const claims = await Promise.all(['nongye', 'shichang'].map((who) => stagesOf(who, 'pushes', no)));
    expect(claims.flat()).toEqual(['claimed']);
    for (const page of pages) await closePage(page);
  });

  it('a batch answers for each item, also where one was taken meanwhile', async () => {
    const numbers = await pushed(12);
    const page = await openPage(browser);
    await enter(page, product, 'nongye', '/pushes');
    for (const no of numbers) await rowOf(page, no).getByRole('checkbox').check();
    await page.getByRole('button', { name: '批量认领' }).click();
    const dialog = page.getByRole('dialog', { name: '批量认领' });
    await dialog.waitFor();
    const { body } = await product.get<Listed>('nongye', `/api/v1/pushes?q=${numbers[0]}`);
    await product.post('nongye', `/api/v1/pushes/${encodeURIComponent(body.items[0]!.caseId)}/claim`);
    await dialog.getByRole('button', { name: '对12项办理' }).click();
    const results = page.getByRole('dialog', { name: '办理11项，未办理1项' });
    await results.getByRole('row').filter({ hasText: '当前环节为“已认领”' }).filter({ hasText: numbers[0]! }).waitFor();
    await expectAccessible(page);
    await closePage(page);
  });

  it('a tab in the background lets go of its connection, and catches up when it is looked at', async () => {
    const page = await openPage(browser);
    const isStream = (request: { url: () => string }) => request.url().endsWith('/api/v1/events');
    const opened = page.waitForRequest(isStream);
    await enter(page, product, 'nongye', '/pushes');
    await opened;
    const look = (state: string) =>
      page.evaluate(`{
        Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }`);
    const closed = page.waitForEvent('requestfailed', isStream);
    await look('hidden');
    await closed;
    const [no = ''] = await pushed();
    expect(await rowOf(page, no).count()).toBe(0);
    await look('visible');
    await rowOf(page, no).waitFor();
    await closePage(page);
  });

  it('rows by keyboard, once the focus is among them: down, select, open', async () => {
    await pushed(2);
    const page = await openPage(browser);
    await enter(page, product, 'nongye', '/pushes');
    await page.getByRole('button', { name: '认领' }).first().waitFor();
    // Outside the rows, letters do nothing (WCAG 2.1.4).
    for (const key of ['j', 'j', 'x']) await page.keyboard.press(key);
    expect(await page.locator('tr:focus').count()).toBe(0);
    await page.locator('tr[tabindex="0"]').focus();
    await page.keyboard.press('J');
    await page.keyboard.press('x');
    await page.getByText('已选1项').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '期限' }).waitFor();
    await closePage(page);
  });

  it('the authority publishes a record; the lead and the administrator carry a correction to its end', async () => {
    const permit = record();
    await submit(product, permit);
    const authority = await openPage(browser);
    await enter(authority, product, 'dengji', '/publications');
    const row = rowOf(authority, permit.documentNo);
    await row.getByRole('button', { name: '公示' }).click();
    await authority.getByRole('dialog', { name: '公示' }).getByRole('button', { name: '提交' }).click();
    await row.waitFor({ state: 'detached' });
    await closePage(authority);

    const officer = await openPage(browser);
    await enter(officer, product, 'nongye', `/new/correction?uscc=${permit.uscc}`);
    await officer.getByRole('combobox', { name: '有误的信息' }).click();
    await officer.getByRole('option', { name: new RegExp(permit.documentNo) }).waitFor({ state: 'attached' });
    await officer.keyboard.press('Enter');
    await officer.getByRole('textbox', { name: '发现之日' }).fill(today());
    await officer.keyboard.press('Enter');
    await officer.getByRole('textbox', { name: '错误情况' }).fill('许可内容录入有误');
    await expectAccessible(officer);
    await officer.getByRole('button', { name: '提交' }).click();
    await officer.getByRole('link', { name: '查看事项' }).click();
    await officer.getByRole('button', { name: '书面申请更正' }).click();
    const drawer = officer.getByRole('dialog', { name: '书面申请更正' });
    await drawer.getByRole('textbox', { name: '书面申请' }).fill('申请更正许可内容');
    await drawer.getByRole('textbox', { name: '许可内容' }).fill('农药经营（更正后）');
    await drawer.getByRole('button', { name: '提交' }).click();
    await drawer.waitFor({ state: 'detached' });
    const address = new URL(officer.url()).pathname;
    await closePage(officer);

    const lead = await openPage(browser);
    await enter(lead, product, 'nongye-lead', address);
    await lead.getByRole('button', { name: '复核同意，报请更正' }).click();
    const review = lead.getByRole('dialog', { name: '复核同意，报请更正' });
    const change = review.getByRole('row').filter({ hasText: '有变更' });
    await change.waitFor();
    expect(await change.locator('del, ins').allTextContents()).toEqual(['农药零售', '农药经营（更正后）']);
    await expectAccessible(lead);
    await review.getByRole('textbox', { name: '复核意见' }).fill('情况属实');
    await review.getByRole('button', { name: '提交' }).click();
    await review.waitFor({ state: 'detached' });
    await closePage(lead);

    const administrator = await openPage(browser);
    await enter(administrator, product, 'admin');
    await rowOf(administrator, permit.documentNo).getByRole('button', { name: '更正' }).click();
    const execution = administrator.getByRole('dialog', { name: '更正' });
    await execution.getByRole('row').filter({ hasText: '有变更' }).getByText('农药经营（更正后）').waitFor();
    await execution.getByRole('button', { name: '提交' }).click();
    await execution.waitFor({ state: 'detached' });
    const { body } = await product.get<{ sections: { records: { fields: { value: string }[] }[] }[] }>(
      null,
      `/api/v1/public/enterprises/${permit.uscc}`,
    );
    expect(JSON.stringify(body)).toContain('农药经营（更正后）');
    await closePage(administrator);
  });

  it('a department fetches, decides, executes and feeds back a joint sanction', async () => {
    const entry = listingEntry();
    const accepted = await product.post<AcceptedListing>('dengji', LISTINGS, entry);
    expect(accepted.status).toBe(201);
    const page = await openPage(browser);
    await enter(page, product, 'nongye', '/sanction-notices');
    await rowOf(page, entry.documentNo).getByRole('link').first().click();
    const deeds = page.getByRole('group', { name: '办理' });
    await deeds.getByRole('button', { name: '获取', exact: true }).click();
    await deeds.getByRole('button', { name: '决定限制', exact: true }).click();
    const decision = page.getByRole('dialog', { name: '决定限制' });
    await decision.getByRole('combobox', { name: '限制措施' }).click();
    await page.getByRole('option').first().waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await decision.getByRole('textbox', { name: '做出限制决定之日' }).fill(today());
    await page.keyboard.press('Enter');
    await decision.getByRole('textbox', { name: '提请人' }).fill('李经办');
    await decision.getByRole('button', { name: '提交' }).click();
    for (const [deed, field] of [
      ['执行限制', '执行情况'],
      ['反馈执行情况', '执行结果'],
    ] as const) {
      await deeds.getByRole('button', { name: deed, exact: true }).click();
      const dialog = page.getByRole('dialog', { name: deed });
      await dialog.getByRole('textbox', { name: field }).fill('已列入内部名单');
      await dialog.getByRole('button', { name: '提交' }).click();
      await dialog.waitFor({ state: 'detached' });
    }
    await page.getByText('已反馈').first().waitFor();
    // Decided measures are shown by name.
    await page.getByText(/^限制措施：/).waitFor();
    expect(await page.getByText(/^限制措施：/).textContent()).not.toMatch(/[A-Za-z0-9]/);
    await expectAccessible(page);
    await closePage(page);
  });
});
