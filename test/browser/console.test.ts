/** The console as officials use it, each role's main path, in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile, jsonl, registration } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';
import { closePage, expectAccessible, noBrowser, openBrowser, openPage, signIn } from './support/browser.ts';

const PESTICIDE = '许可项目：农药零售。一般项目：肥料销售。';

let product: Product;
let browser: Browser;

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

  async function pushed(count: number): Promise<string[]> {
    const rows = Array.from({ length: count }, () => registration({ scope: PESTICIDE }));
    await importFile(product, jsonl(rows));
    const numbers = rows.map(({ registrationNo }) => registrationNo);
    await eventually(
      () => product.get<{ items: { caseNo: string }[] }>('nongye', '/api/v1/pushes?limit=200'),
      ({ body }) => numbers.every((no) => body.items.some(({ caseNo }) => caseNo === no)),
    );
    return numbers;
  }

  const rowOf = (page: Page, caseNo: string) => page.getByRole('row').filter({ hasText: caseNo });

  it('a new official completes a push within three clicks of signing in', async () => {
    const [no] = await pushed(1);
    const page = await openPage(browser);
    await signIn(page, product, 'nongye');
    const row = rowOf(page, no!);
    await row.getByRole('button', { name: '认领' }).click();
    await row.getByRole('button', { name: '反馈' }).click();
    await page.getByRole('menuitem', { name: '许可办理中' }).click();
    await row.waitFor({ state: 'detached' });
    const { body } = await product.get<{ items: { caseNo: string; stage: string }[] }>(
      'nongye',
      `/api/v1/pushes?q=${no}`,
    );
    expect(body.items.map(({ stage }) => stage)).toEqual(['fedBack']);
    await expectAccessible(page);
    await closePage(page);
  });
});
