/** A real browser in front of the whole product. */
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { Product } from '../../support/product.ts';

// Two cores may be shared with servers, a worker and the next test file.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });
const PATIENCE_MS = 40_000;

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = CANDIDATES.find((path) => existsSync(path));

/** Without Chromium, a user's run skips these tests; under CI they fail. */
export const noBrowser = executablePath === undefined && process.env['CI'] === undefined;
if (noBrowser) process.stdout.write('跳过浏览器测试：没有 Chromium（apt-get install chromium fonts-noto-cjk）\n');

export async function openBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error(`no Chromium at ${CANDIDATES.join(', ')}`);
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Errors and warnings of a page, checked when the page is closed. */
const complaints = new WeakMap<Page, string[]>();

/** Chromium's own message about answers that the page expects, e.g. a refusal. */
const EXPECTED = /Failed to load resource/;

/** Opens a window with its own cookies, so for its own person. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    // Half-faded elements have no measurable contrast.
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const said: string[] = [];
  complaints.set(page, said);
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text())) said.push(message.text());
  });
  return page;
}

/** Fails if the page threw, or logged an error or a warning. */
export async function closePage(page: Page): Promise<void> {
  await page.context().close();
  expect(complaints.get(page)).toEqual([]);
}

/** Signs in through the form, as a person does. */
export async function signIn(page: Page, { url }: Product, username: string, password = 'xietong-demo'): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByRole('textbox', { name: '账号' }).fill(username);
  await page.getByRole('textbox', { name: '密码' }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
}

/** Opens a page already signed in: sign-ins are limited, and a token serves as well as the form. */
export async function enter(page: Page, product: Product, username: string, path = '/'): Promise<void> {
  await enterWith(page, product, await product.tokenOf(username), path);
}

/** For an account that is not one of the demonstration's. */
export async function enterWith(page: Page, product: Product, value: string, path = '/'): Promise<void> {
  await page.context().addCookies([{ name: 'xietong_session', value, url: product.url }]);
  await page.goto(product.url + path);
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
}

/** Holds requests to the address until `goOn` is called. */
export async function held(page: Page, address: string): Promise<{ goOn: () => void }> {
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  await page.route(address, async (route) => {
    await gate;
    await route.continue();
  });
  return { goOn };
}

const WCAG_2_1_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** @throws if axe finds a violation of WCAG 2.1 AA in what the page shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_2_1_AA).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
  expect(found).toEqual([]);
}
