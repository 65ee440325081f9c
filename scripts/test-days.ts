/** Runs tests under shifted clocks: `npm run test:days -- --help`. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Env } from './lib/cache.ts';
import { faketimeEnvironment, findFaketime, shiftedTestServer, sweepFaketime } from './lib/days/faketime.ts';
import { runVitest, type Outcome } from './lib/days/test-process.ts';
import { shiftedTemporalCli } from './lib/days/shifted-temporal.ts';
import { isTestDay, shiftTo, TEST_DAY_NAMES, TEST_DAY_VARIABLE, TEST_DAYS, type TestDay, type TestDayName } from './lib/days/test-days.ts'; // prettier-ignore
import { runEntry } from '../runtime/entry.ts';
import { readFlags, UsageError } from '../runtime/flags.ts';
import { consoleProgress } from './lib/progress.ts';
import { SetupError } from '../runtime/setup-error.ts';
import { resolveTestServer } from './lib/test-server.ts';

const HELP = `在平移的时钟下运行测试：周末、调休、年末、除夕、闰日和零点前后都应通过。

  npm run test:days                                     七天依次运行
  npm run test:days -- --list                           列出七天
  npm run test:days -- --day leap-day                   只运行一天
  npm run test:days -- --day midnight test/api/tasks    只运行一天中的部分测试

  --day     其中一天的名称
  --report  目录，每次运行在其中写一份 JSON 报告
  --help    显示本说明

需要 libfaketime（Debian：apt-get install faketime）；需要服务器的测试还需要 Go，用于编译一个时钟可平移的 Temporal 服务器（一次，约 4 分钟）。`;

const FLAGS = {
  day: { type: 'string' },
  list: { type: 'boolean' },
  report: { type: 'string' },
  help: { type: 'boolean' },
} as const;
const HINT = '全部选项：npm run test:days -- --help';

const FOLDERS = ['test/domain', 'test/workflows', 'test/api'];
/** They fail where the shift is not in force, so they are part of every run. */
const WITNESS = 'test/domain/day-of-the-run.test.ts';
const SERVERS_WITNESS = 'test/workflows/one-clock.test.ts';
const MARKS: Record<Outcome, string> = { passed: '✓', failed: '✗', interrupted: '✗ 已中断：' };
const needsServers = (filter: string) => !/^test\/(domain|web)\b/.test(filter);

interface Run {
  day: TestDayName;
  filters: readonly string[];
  report: string | undefined;
}

/**
 * @param directory where the run leaves its temporary files.
 * @param servers environment variables that name shifted servers; null where the tests need none.
 */
async function runTests({ day, filters, report }: Run, directory: string, servers: Env | null): Promise<Outcome> {
  const witnesses = servers ? [WITNESS, SERVERS_WITNESS] : [WITNESS];
  const reporters = report ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const shift = faketimeEnvironment(findFaketime(), shiftTo(day, Date.now()));
  const env = { ...process.env, ...shift, ...servers, TMPDIR: directory, [TEST_DAY_VARIABLE]: day };
  const outcome = await runVitest([...new Set([...filters, ...witnesses]), ...reporters], env);
  sweepFaketime();
  return outcome;
}

/** Servers that start on a shifted clock. @param directory for what has to be written. */
async function shiftedServers(directory: string): Promise<Env> {
  const progress = consoleProgress();
  const testServer = await resolveTestServer();
  if (testServer.path === null) throw new SetupError(testServer.reason, ['或只运行不需要服务器的测试：npm run test:days -- test/domain']); // prettier-ignore
  return {
    TEMPORAL_CLI: await shiftedTemporalCli(progress),
    TEMPORAL_TEST_SERVER: shiftedTestServer(directory, testServer.path),
  };
}

function runsOf(day: TestDayName, filters: readonly string[]): Omit<Run, 'report'>[] {
  const { anew }: TestDay = TEST_DAYS[day];
  return anew ? filters.map((filter) => ({ day, filters: [filter] })) : [{ day, filters }];
}

/** Runs the tests on every day that is asked for, until somebody interrupts. @returns whether all passed. */
async function runDays(days: readonly TestDayName[], filters: readonly string[], reports?: string): Promise<boolean> {
  // What is missing is said before anything is compiled.
  findFaketime();
  const directory = mkdtempSync(path.join(tmpdir(), 'xietong-days-'));
  // A temporary directory is closed to other accounts, and under root PostgreSQL has an account of its own.
  chmodSync(directory, 0o711);
  const outcomes: { text: string; outcome: Outcome }[] = [];
  try {
    const servers = filters.some(needsServers) ? await shiftedServers(directory) : null;
    for (const run of days.flatMap((day) => runsOf(day, filters))) {
      const text = `${run.day}（${TEST_DAYS[run.day].title}，${TEST_DAYS[run.day].start}）：${run.filters.join(' ')}`;
      console.log(`\n${text}`);
      const report = reports && path.join(reports, `${run.day}-${outcomes.length}.json`);
      const needed = run.filters.some(needsServers) ? servers : null;
      const outcome = await runTests({ ...run, report }, directory, needed);
      outcomes.push({ text, outcome });
      if (outcome === 'interrupted') break;
    }
  } finally {
    // PostgreSQL may take a moment to end after an interruption.
    rmSync(directory, { recursive: true, maxRetries: 20, retryDelay: 250 });
  }
  console.log();
  for (const { text, outcome } of outcomes) console.log(`${MARKS[outcome]} ${text}`);
  return outcomes.every(({ outcome }) => outcome === 'passed');
}

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const isFilter = (argument: string) => argument.startsWith('test/');
  const flags = readFlags(
    argv.filter((argument) => !isFilter(argument)),
    FLAGS,
    HINT,
  );
  if (flags.help) return console.log(HELP);
  if (flags.list) {
    for (const name of TEST_DAY_NAMES) console.log([name, TEST_DAYS[name].start, TEST_DAYS[name].title].join('\t'));
    return;
  }
  const { day } = flags;
  if (day !== undefined && !isTestDay(day)) {
    throw new UsageError(`没有名为“${day}”的日子`, ['名称：npm run -s test:days -- --list']);
  }
  const chosen = argv.filter(isFilter);
  const days = day === undefined ? TEST_DAY_NAMES : [day];
  if (!(await runDays(days, chosen.length > 0 ? chosen : FOLDERS, flags.report))) process.exitCode = 1;
}

await runEntry(main);
