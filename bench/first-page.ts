/**
 * How soon an official can work: from an empty browser to a usable workbench, on a warm server. Needs a running product.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { dataDirsToSearch, runningInstance } from '../scripts/lib/instance.ts';

export const summary = 'the workbench in a browser without cache: size of the bundle, time until usable';

export const help = `npm run -s bench -- first-page [--url http://localhost:8080 | --data-dir .data/main] [--user nongye] [--password xietong-demo] [--runs 5]
Opens the workbench of a product that is running (npm start), at the given address, on the given data directory, else on the
usual ones, in a new browser context each time, signed in, nothing cached.
"usable" is when the list shows what the server answered: its first button, or that there is nothing to do. The same browser
opening the plain answer of /health/live stands for what browser and connection cost by themselves. Targets: a bundle below 500 kB gzipped, usable within 2 s.`;

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const TARGET_BYTES = 500_000;
const TARGET_MS = 2000;

/** Requests that must be answered before the page counts as usable. */
interface Usable {
  path: string;
  shown: string;
}

const PLAIN: Usable = { path: '/health/live', shown: 'body' };
const WORKBENCH: Usable = { path: '/api/v1/tasks', shown: '.row-actions button, .ant-empty' };

interface Visit {
  ms: number;
  /** Paths of the bundle's files. */
  bundle: string[];
}

async function visit(browser: Browser, url: string, token: string, { path, shown }: Usable): Promise<Visit> {
  const context = await browser.newContext({ locale: 'zh-CN' });
  await context.addCookies([{ name: 'xietong_session', value: token, url }]);
  const page = await context.newPage();
  const bundle: string[] = [];
  page.on('request', (request) => request.url().includes('/assets/') && bundle.push(request.url()));
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === path && response.ok());
  const began = performance.now();
  await page.goto(url);
  await answered;
  await page.locator(shown).first().waitFor();
  const ms = performance.now() - began;
  await context.close();
  return { ms, bundle };
}

/** Bytes of a file as a browser fetches it that accepts gzip only. */
async function gzipped(url: string): Promise<number> {
  const response = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
  await response.body?.cancel();
  return Number(response.headers.get('content-length'));
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function signIn(url: string, username: string, password: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (!response.ok)
    throw new Error(`sign-in answered ${response.status}: is the product running with its demo accounts?`);
  return ((await response.json()) as { token: string }).token;
}

function runningUrl(dataDir: string | undefined): string {
  const dataDirs = dataDirsToSearch(dataDir, process.env);
  const [instance] = dataDirs.flatMap((dir) => runningInstance(dir) ?? []);
  if (instance) return instance.url;
  throw new Error(
    `no product is running on ${dataDirs.join(' or ')} (npm start; --data-dir or --url where it is elsewhere)`,
  );
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string' },
      'data-dir': { type: 'string' },
      user: { type: 'string', default: 'nongye' },
      password: { type: 'string', default: 'xietong-demo' },
      runs: { type: 'string', default: '5' },
    },
  });
  const executablePath = PATHS.find((path) => existsSync(path));
  if (!executablePath) throw new Error('no Chromium (apt-get install chromium)');
  const url = values.url ?? runningUrl(values['data-dir']);
  const token = await signIn(url, values.user, values.password);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const plain: Visit[] = [];
    const workbench: Visit[] = [];
    // Alternate, so that both meet the same conditions. The first visit of each only warms up.
    for (let turn = 0; turn <= Number(values.runs); turn += 1) {
      plain.push(await visit(browser, `${url}/health/live`, token, PLAIN));
      workbench.push(await visit(browser, `${url}/`, token, WORKBENCH));
    }
    const [bare, usable] = [plain, workbench].map((visits) => median(visits.slice(1).map(({ ms }) => ms))) as [
      number,
      number,
    ];
    const sizes = await Promise.all((workbench.at(-1)?.bundle ?? []).map(gzipped));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    console.log(
      `bundle    ${(bytes / 1000).toFixed(0)} kB gzipped, ${sizes.length} files (target below ${TARGET_BYTES / 1000} kB)`,
    );
    console.log(`usable    ${usable.toFixed(0)} ms, median of ${values.runs} (target ${TARGET_MS} ms)`);
    console.log(`plain     ${bare.toFixed(0)} ms for an answer without a page; ratio ${(usable / bare).toFixed(1)}`);
    return bytes < TARGET_BYTES && usable <= TARGET_MS ? 0 : 1;
  } finally {
    await browser.close();
  }
}
