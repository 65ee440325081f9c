/** What officials see of a push that nobody acts on: reminder, breach, supervision, on the accelerated clock. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accept } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';
import { closePage, enter, expectAccessible, noBrowser, openBrowser, openPage } from './support/browser.ts';

/** The three working days of a claim and the three until supervision take less than a minute. */
const SECONDS_PER_WORKING_DAY = 6;
const PATIENCE = 120_000;

let product: Product;
let browser: Browser;

// Skipped where there is no Chromium: see support/browser.ts.
describe.skipIf(noBrowser)('a push that is left alone', () => {
  beforeAll(async () => {
    product = await Product.start({ secondsPerWorkingDay: SECONDS_PER_WORKING_DAY });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  it('is shown overdue without reload, the lead answers its supervision, the supervisor closes it', async () => {
    const { registrationNo } = await accept(product, { scope: '许可项目：农药零售。' });
    const officer = await openPage(browser);
    await enter(officer, product, 'nongye');
    const row = officer.getByRole('row').filter({ hasText: registrationNo });
    await row.getByText(/剩\d个工作日|今日到期/).waitFor({ timeout: PATIENCE });
    await row.getByText(/逾期\d个工作日|已逾期/).waitFor({ timeout: PATIENCE });
    await expectAccessible(officer);
    await officer.getByRole('link', { name: /通知，[1-9]\d*条未读/ }).waitFor({ timeout: PATIENCE });
    await closePage(officer);

    const lead = await openPage(browser);
    await enter(lead, product, 'nongye-lead');
    const supervised = lead
      .getByRole('row')
      .filter({ hasText: '督查督办' })
      .filter({ hasText: registrationNo })
      .first();
    await supervised.getByRole('button', { name: '签收' }).click({ timeout: PATIENCE });
    await supervised.getByRole('button', { name: '答复' }).click({ timeout: PATIENCE });
    const reply = lead.getByRole('dialog', { name: '答复' });
    await reply.getByRole('textbox', { name: '逾期原因和整改情况' }).fill('人员调整，已安排专人办理');
    await reply.getByRole('button', { name: '提交' }).click();
    await reply.waitFor({ state: 'detached' });
    await closePage(lead);

    const supervisor = await openPage(browser);
    await enter(supervisor, product, 'ducha');
    const answered = supervisor.getByRole('row').filter({ hasText: registrationNo }).filter({ hasText: '已答复' });
    await answered.getByRole('link').first().click({ timeout: PATIENCE });
    await supervisor.getByRole('heading', { name: '被督办的事项' }).waitFor();
    await supervisor.getByText('人员调整，已安排专人办理').waitFor();
    await supervisor.getByRole('group', { name: '办理' }).getByRole('button', { name: '办结', exact: true }).click();
    const closing = supervisor.getByRole('dialog', { name: '办结' });
    await closing.getByRole('textbox', { name: '办结意见' }).fill('情况属实，予以办结');
    await closing.getByRole('button', { name: '提交' }).click();
    await supervisor.getByText('已办结').first().waitFor();
    await expectAccessible(supervisor);
    const { body } = await product.get<{ items: { stage: string }[] }>(
      'ducha',
      `/api/v1/supervisions?status=closed&q=${registrationNo}`,
    );
    expect(body.items.map(({ stage }) => stage)).toContain('closed');
    await closePage(supervisor);
  }, 400_000);
});
