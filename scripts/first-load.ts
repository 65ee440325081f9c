/**
 * Takes in what a province has when it starts: enterprises, records and listings of the past, as what they are:
 *   npm run -s first-load -- enterprises 主体.csv
 */
import { existsSync } from 'node:fs';
import { isAdministrator } from '../db/queries/accounts.ts';
import { connectDatabase } from '../db/postgres/client.ts';
import { ERROR_CODES, Refusal, type ErrorCode } from '../domain/errors.ts';
import { FIRST_LOAD_KINDS, type FirstLoadKind } from '../domain/first-load/kinds.ts';
import { endWithReader, runEntry } from '../runtime/entry.ts';
import { readFlags, UsageError, wholeFlag } from '../runtime/flags.ts';
import { SetupError } from '../runtime/setup-error.ts';
import { firstLoad, type LoadReport } from './lib/first-load/run.ts';
import { findStanding } from './lib/standing-database.ts';

const HELP = `首次装载：平台启用时已有的经营主体、公示信息和失信名单条目，按其本来的状态和日期装入。不推送，不立案，不起算期限，不发通知。

  npm run -s first-load -- enterprises|records|listings 文件 [选项]

  文件       CSV、JSONL 或 XLSX；列与导入模板相同，另可有：
             enterprises  登记状态（存续、吊销、注销……）、注销日期、吊销日期；登记编号可以没有
             records      公示日期（缺省为信息产生日期）；公示期限自该日起算
             listings     移出日期、移出事由；空为仍在列
  --sheet      工作簿中的工作表
  --department 归集部门的代码（records），用于文件没有部门代码的行
  --account    负责的平台管理员账号；给出的，该账号可在接口查看报告
  --chunk      每个事务的行数，默认 5000
  --data-dir   npm start 的数据目录，默认 .data/main 或 .data/demo 中正在运行的；给出 DATABASE_URL 的，以其为准
  --help       显示本说明

中断（包括 kill -9）后以同一文件再次运行即从中断处继续；同一文件装完后再次运行不装入任何内容。平台上已有的以平台为准。
未装入的行连同原因写在文件旁的 .rejected.csv。`;

const FLAGS = {
  sheet: { type: 'string' },
  department: { type: 'string' },
  account: { type: 'string' },
  chunk: { type: 'string' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean' },
} as const;
const HINT = '全部选项：npm run -s first-load -- --help';

function read(argv: readonly string[]) {
  const [kind = '', file = '', ...rest] = argv;
  if (!Object.hasOwn(FIRST_LOAD_KINDS, kind)) {
    throw new UsageError(`应先写明装载什么：${Object.keys(FIRST_LOAD_KINDS).join('、')}，现为“${kind}”`, [HINT]);
  }
  if (!existsSync(file)) throw new UsageError(`没有文件 ${file}`, [HINT]);
  const flags = readFlags(rest, FLAGS, HINT);
  return { kind: kind as FirstLoadKind, file, flags };
}

async function refuseUnfitAccount(databaseUrl: string, username: string): Promise<void> {
  const { db, close } = connectDatabase(databaseUrl, 1);
  try {
    if (await isAdministrator(db, username)) return;
    throw new SetupError(`账号 ${username} 不存在或不是平台管理员。`, ['请给出平台管理员的账号，或不写 --account']);
  } finally {
    await close();
  }
}

function print(kind: FirstLoadKind, report: LoadReport): void {
  const { taken, present, refused, reasons, rejections, unreadColumns, importId } = report;
  if (report.isRepeated) console.log('这个文件已经装完，没有再次装入；其报告如下。');
  console.log(
    `${FIRST_LOAD_KINDS[kind]}：装入 ${taken} 行，已有 ${present} 行，未装入 ${refused} 行（导入编号 ${importId}）`,
  );
  for (const [reason, { count, example }] of Object.entries(reasons).toSorted(([, a], [, b]) => b.count - a.count)) {
    const [code = '', field = ''] = reason.split(' ');
    const { title } = ERROR_CODES[code as ErrorCode];
    console.log(`  ${count} 行  ${title}${field && `（${field}）`}，如：${example}`);
  }
  if (unreadColumns.length > 0) console.log(`没有读取的列：${unreadColumns.join('、')}`);
  if (rejections) console.log(`未装入的行和原因：${rejections}`);
}

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes('--help') || argv.length === 0) return console.log(HELP);
  const { kind, file, flags } = read(argv);
  const { databaseUrl } = findStanding(flags['data-dir'], process.env);
  const { account, department, sheet } = flags;
  if (account !== undefined) await refuseUnfitAccount(databaseUrl, account);
  const began = Date.now();
  let before: number | undefined;
  const report = await firstLoad(databaseUrl, {
    kind,
    file,
    account,
    department,
    sheet,
    chunk: wholeFlag('chunk', flags.chunk, HINT),
    tell: (text) => console.error(text),
    onProgress({ rows, taken, present, refused }) {
      before ??= rows;
      const perSecond = Math.round((rows - before) / Math.max(1, (Date.now() - began) / 1000));
      console.error(`已处理 ${rows} 行：装入 ${taken}，已有 ${present}，未装入 ${refused}；每秒约 ${perSecond} 行`);
    },
  }).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new SetupError(error.message, error.remedy === undefined ? [] : [error.remedy]);
  });
  print(kind, report);
}

endWithReader();
await runEntry(main);
