/** Every command in the documents, with how it is tested or why it is not. */
import { FILES, text } from './repository.ts';

export interface Documented {
  file: string;
  /** As written, without the comment behind it. A block with one shell script is one command. */
  command: string;
  comment: string;
  /** True in a block of commands, to be copied; false in a sentence or table, where arguments may be omitted. */
  inBlock: boolean;
}

interface Run {
  /** What standard output must contain. */
  prints: RegExp;
  /** Arguments that the test adds to keep the run short. */
  more?: string;
  /** A bench ends with 1 if a busy machine misses its target, so only its output is checked. */
  measures?: true;
}

/** Where or by which test the command is run, if test/e2e/readme-commands.test.ts does not run it as written. */
type Elsewhere = string;

const START =
  'test/e2e/readme-commands.test.ts starts `npm start -- --working-day 2`, test/e2e/second-start.test.ts `npm start`';
const FIRST_LOAD =
  'test/e2e/first-load-command.test.ts runs it, test/api/first-load.test.ts holds what becomes of the rows';
const TESTS = 'the run of the tests is this command or a part of it';

/** The departments in the list depend on the day. */
const ASSESSMENT = /^月度考核 2026-11[^]*\n部门代码\t[^]*SHA-256：[\da-f]{64}\n$/;

export const COMMANDS: Record<string, Run | Elsewhere> = {
  'npm ci': 'whoever runs the tests has run it',
  'npm ci && npm start': START,
  'npm start -- --working-day 2': START,
  'npm ci && npm test': TESTS,
  'npm run check': TESTS,
  'npx vitest run --project domain': TESTS,
  'npx vitest run --project system test/workflows': TESTS,

  'npm run demo': { prints: /在运行中的系统上演示：http[^]*━━ [^]*\n全部事项演示完毕。\n$/ },
  'npm start -- --help': { prints: /用法：npm start -- \[选项\][^]*--pg-port/ },
  'npm run -s due -- --start 2026-02-13 --days 7': { prints: /^\{"due"/ },
  'npm run -s match -- --input data/samples/registrations.jsonl': {
    prints: /^(\{"registrationNo":"DEMO-\d{4}","items":\[.*\]\}\n){24}$/,
  },
  'npm run -s make-accounts -- --rows 20000 > accounts.csv':
    'test/scripts/make-accounts.test.ts runs it without the file',
  'npm run -s assess -- --month 2026-11': { prints: ASSESSMENT },
  'npm run -s assess -- --month 2026-11 --region 430103': { prints: ASSESSMENT },
  'npm run -s assess -- --month 2026-11 --json': { prints: /^\{\n[^]*"digest": "[\da-f]{64}"[^]*\}\n$/ },
  'npm run -s recount -- --check': { prints: /^汇总与重新统计一致。\n$/ },
  'npm run -s reference-files -- --to .data/reference-files':
    'writes files; test/domain/reference-effect.test.ts holds what is in them, and that it is the same each time',
  'npm run -s reference-files -- --to DIRECTORY': 'the same, for a reader to fill in',
  'npm run restore -- --dry-run': { prints: /全部在办事项的流程都在运行|共\d+件/ },
  'npm run -s bench -- matching': { more: ' --rounds 1', prints: /precision [\d.]+ {3}recall/, measures: true },
  // It bundles three times, which takes half a minute of one core.
  'npm run -s bench -- lists': { more: ' --help', prints: /^Usage: npm run -s bench -- lists/ },
  'npm run -s bench -- workflows': { more: ' --help', prints: /^Usage: npm run -s bench -- workflows/ },
  // A million cases take minutes.
  'npm run -s bench -- statistics': { more: ' --help', prints: /^Usage: npm run -s bench -- statistics/ },
  'npm run -s bench -- first-page': { more: ' --runs 1', prints: /usable +\d+ ms/, measures: true },

  // They put load on a product of their own, for minutes.
  'npm run -s bench -- lifecycle': { more: ' --help', prints: /^用法：npm run -s bench -- lifecycle/ },
  'npm run -s bench -- cost': { more: ' --help', prints: /^用法：npm run -s bench -- cost/ },
  'npm run -s bench -- import': { more: ' --help', prints: /^用法：npm run -s bench -- import/ },
  'npm run -s bench -- first-load': { more: ' --help', prints: /^用法：npm run -s bench -- first-load/ },
  'npm run -s first-load -- --help': { prints: /^首次装载：/ },
  'npm run -s first-load -- enterprises enterprises.csv': FIRST_LOAD,
  'npm run -s first-load -- records permits.csv': FIRST_LOAD,
  'npm run -s first-load -- listings listings.csv': FIRST_LOAD,
  'npm run -s first-load -- enterprises|records|listings FILE': FIRST_LOAD,
  'npm run -s first-load -- enterprises 文件': FIRST_LOAD,
  'npm run -s bench -- row-files': { more: ' --help', prints: /^用法：npm run -s bench -- row-files/ },
  'npm run -s bench -- reference-files': { more: ' --help', prints: /^用法：npm run -s bench -- reference-files/ },
  'npm run -s bench -- drain': { more: ' --help', prints: /^用法：npm run -s bench -- drain/ },
  'npm run -s bench -- storm': { more: ' --help', prints: /^用法：npm run -s bench -- storm/ },
  'npm run -s bench -- cache': { more: ' --help', prints: /^用法：npm run -s bench -- cache/ },

  'XIETONG_ADMIN_PASSWORD=… npm start -- --no-sample':
    'test/db/seed.test.ts opens the account, test/e2e/second-start.test.ts starts the rest',
  'npm start -- --province 330000':
    'test/db/seed.test.ts seeds that province, test/scripts/options.test.ts reads the option, test/e2e/second-start.test.ts starts the rest',
  'npm start -- --setup-only': 'test/e2e/readme-commands.test.ts runs it with the addresses that it asks for',
  'npm run worker': 'npm start runs worker.ts; test/scripts/entry-points.test.ts starts it alone',
  'npm run api': 'npm start runs server.ts; test/scripts/entry-points.test.ts starts it alone',
  'npm run web': 'a server for those who change the console; test/browser has the same sources, built',
  'npm run web:build': 'test/support/global-setup.ts runs it before the tests that need servers',
  'S3_TEST_SERVER=<executable> npx vitest run --project domain test/storage': 'needs an S3 server to be named',

  'npm run rules': 'writes a file; test/domain/limits.test.ts holds that it would write what is there',
  'npm run openapi': 'writes a file; test/api/openapi.test.ts holds that it would write what is there',
  'npm run db:generate': 'writes files; test/safety.test.ts holds that it would write none',
  'npm run calendar': 'writes a file; test/domain/calendar.test.ts runs it with --check',
  'npm run divisions': 'writes a file; test/domain/calendar.test.ts runs it with --check',
  'npm run new-case-type -- support-measure --title 小微企业扶持':
    'writes files; test/scripts/new-case-type.test.ts has it write another into a copy',
  'npm run format && npm run typecheck': 'writes files; npm run check holds that it would write none',
  'npm run vectors': 'writes files; test/domain/calendar.test.ts holds that it would write what is there',
  'npm run test:days -- --day leap-day': '.ci/run runs one of the days, chosen by the commit',
  'npm run chaos -- --lifecycles 200 --seed 7':
    'it kills processes for minutes; test/e2e/chaos-checker.test.ts tests what it finds',
  'npm run mutate -- domain': 'it runs for an hour; test/scripts/mutation.test.ts tests how it judges',
  'npm run histories': 'writes files, over minutes; test/replay/replay.test.ts replays what it wrote',
};

const isRun = (entry: Run | Elsewhere | undefined): entry is Run => typeof entry === 'object';

/** Commands that are run as written, beside a running system. */
export const RUNS = Object.entries(COMMANDS).flatMap(([command, entry]) =>
  isRun(entry) ? [{ command, ...entry }] : [],
);

const BLOCK = /^```(?:sh|bash|shell|console)\n([^]*?)^```$/gm;
const ANY_BLOCK = /^```[^]*?^```$/gm;
const COMMAND = /^(?:[A-Z\d_]+=\S+ )*(?:npm|npx) /;

/** The changelog is skipped: it names past commands. */
export const DOCUMENTED: Documented[] = FILES.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md').flatMap(
  documentedIn,
);

/** Shell scripts, whose lines belong together: they are run as a whole. */
export const SCRIPTS = DOCUMENTED.filter(({ command }) => command.includes('\n'));

function documentedIn(file: string): Documented[] {
  const content = text(file);
  const inBlocks = [...content.matchAll(BLOCK)].flatMap(([, block = '']) => commandsOf(block));
  const spans = [...content.replaceAll(ANY_BLOCK, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  return [
    ...inBlocks.map((each) => ({ file, inBlock: true, ...each })),
    ...spans.filter((span) => COMMAND.test(span)).map((command) => ({ file, inBlock: false, command, comment: '' })),
  ];
}

function commandsOf(block: string): { command: string; comment: string }[] {
  const lines = block.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (!lines.every((line) => COMMAND.test(line))) return [{ command: block.trim(), comment: '' }];
  return lines.map((line) => {
    const [, command = '', comment = ''] = /^(.*?)(?:\s+#\s*(.*))?$/.exec(line) ?? [];
    return { command, comment };
  });
}
