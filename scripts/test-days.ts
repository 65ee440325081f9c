/** Runs tests under shifted clocks: `npm run test:days -- --help`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { faketimeEnvironment, findFaketime, sweepFaketime } from './lib/days/faketime.ts';
import { shiftedTemporalCli } from './lib/days/shifted-temporal.ts';
import { isTestDay, shiftTo, TEST_DAY_NAMES, TEST_DAY_VARIABLE, TEST_DAYS, type TestDay, type TestDayName } from './lib/days/test-days.ts'; // prettier-ignore
import { runEntry } from './lib/entry.ts';
import { readFlags, UsageError } from './lib/flags.ts';
import { consoleProgress } from './lib/progress.ts';

const HELP = `在平移的时钟下运行测试：周末、调休、年末、除夕、闰日和零点前后都应通过。

  npm run test:days                                     七天依次运行
  npm run test:days -- --list                           列出七天
  npm run test:days -- --day leap-day                   只运行一天
  npm run test:days -- --day midnight test/api/tasks    只运行一天中的部分测试

  --day     其中一天的名称
  --report  目录，每次运行在其中写一份 JSON 报告
  --help    显示本说明

需要 libfaketime（Debian：apt-get install faketime）；需要服务器的测试还需要 Go，用于编译一个时钟可平移的 Temporal 服务器。`;

const FLAGS = {
  day: { type: 'string' },
  list: { type: 'boolean' },
  report: { type: 'string' },
  help: { type: 'boolean' },
} as const;
const HINT = '全部选项：npm run test:days -- --help';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const FOLDERS = ['test/domain', 'test/workflows', 'test/api', 'test/db', 'test/outbox'];
/** They fail where the shift is not in force, so they are part of every run. */
const WITNESS = 'test/domain/day-of-the-run.test.ts';
const SERVERS_WITNESS = 'test/workflows/one-clock.test.ts';
const needsServers = (filter: string) => !/^test\/(domain|web)\b/.test(filter);

interface Run {
  day: TestDayName;
  filters: readonly string[];
  report: string | undefined;
}

/** @returns whether every test passed. */
async function runTests({ day, filters, report }: Run, library: string, temporalCli: string | null): Promise<boolean> {
  const witnesses = temporalCli ? [WITNESS, SERVERS_WITNESS] : [WITNESS];
  const reporters = report ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const env = {
    ...process.env,
    ...faketimeEnvironment(library, shiftTo(day, Date.now())),
    ...(temporalCli ? { TEMPORAL_CLI: temporalCli } : {}),
    [TEST_DAY_VARIABLE]: day,
  };
  const args = [VITEST, 'run', ...new Set([...filters, ...witnesses]), ...reporters];
  const tests = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' });
  // Ctrl-C reaches both: the tests stop their servers first.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  const [code] = (await once(tests, 'close')) as [number | null];
  process.off('SIGINT', wait);
  sweepFaketime();
  return code === 0;
}

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const chosen = argv.filter((argument) => argument.startsWith('test/'));
  const flags = readFlags(argv.filter((argument) => !argument.startsWith('test/')), FLAGS, HINT); // prettier-ignore
  if (flags.help) return console.log(HELP);
  if (flags.list) {
    for (const name of TEST_DAY_NAMES) console.log([name, TEST_DAYS[name].start, TEST_DAYS[name].title].join('\t'));
    return;
  }
  const { day } = flags;
  if (day !== undefined && !isTestDay(day))
    throw new UsageError(`没有名为“${day}”的日子`, ['名称：npm run -s test:days -- --list']);
  const filters = chosen.length > 0 ? chosen : FOLDERS;
  const library = findFaketime();
  const temporalCli = filters.some(needsServers) ? await shiftedTemporalCli(consoleProgress()) : null;
  const outcomes: { text: string; passed: boolean }[] = [];
  for (const name of day === undefined ? TEST_DAY_NAMES : [day]) {
    const { start, title, anew }: TestDay = TEST_DAYS[name];
    for (const group of anew ? filters.map((filter) => [filter]) : [filters]) {
      const text = `${name}（${title}，${start}）：${group.join(' ')}`;
      console.log(`\n${text}`);
      const report = flags.report && `${flags.report}/${name}-${outcomes.length}.json`;
      const servers = group.some(needsServers) ? temporalCli : null;
      outcomes.push({ text, passed: await runTests({ day: name, filters: group, report }, library, servers) });
    }
  }
  console.log();
  for (const { text, passed } of outcomes) console.log(`${passed ? '✓' : '✗'} ${text}`);
  if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1;
}

await runEntry(main);
