/** `npm run -s make-accounts -- --rows 20000`: a province's accounts as one file, the same every time, to try a load with. */
import { once } from 'node:events';
import { readReferenceFiles } from '../data/reference-files.ts';
import { csvLine } from '../api/http/csv.ts';
import { DEFAULT_PROVINCE } from '../data/provinces.ts';
import { ROLES } from '../domain/organs/roles.ts';
import { endWithReader, runEntry } from '../runtime/entry.ts';
import { readFlags, UsageError, wholeFlag } from '../runtime/flags.ts';

const HELP = `生成全省账号名册，用于试验成批开通：内容固定，同样的参数每次相同。

  npm run -s make-accounts -- --rows 20000 > accounts.csv

  --rows N        账号数，缺省 20000
  --province CODE 省、自治区、直辖市，缺省 ${DEFAULT_PROVINCE}
  --help          显示本说明

各部门依次各有一名负责人，其余为经办人。文件可由省级平台管理员在“账号—名册”上报，或提交 POST /api/v1/admin/accounts/import。`;

const FLAGS = { rows: { type: 'string' }, province: { type: 'string' }, help: { type: 'boolean' } } as const;
const HINT = '应写成 npm run -s make-accounts -- --rows 20000 > accounts.csv';
const ROWS = 20_000;
/** Characters that are written at once. */
const PIECE = 64 * 1024;

const FAMILY = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗';
const GIVEN = '伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚';

/** An index below `of` that looks arbitrary and is always the same for one row. */
const pick = (text: string, row: number, step: number): string => text[(row * step + (row >> 4)) % text.length]!;

function* accounts(rows: number, province: string): Generator<string> {
  const departments = readReferenceFiles(province).departments;
  yield csvLine(['姓名', '账号', '角色', '部门代码', '联系电话']);
  for (let row = 0; row < rows; row += 1) {
    const { code } = departments[row % departments.length]!;
    const name = pick(FAMILY, row, 7) + pick(GIVEN, row, 11) + pick(GIVEN, row, 3);
    const role = row < departments.length ? 'department-lead' : 'department-officer';
    const number = String(row + 1).padStart(6, '0');
    yield csvLine([name, `u${number}`, ROLES[role], code, `0731-8${number}`]);
  }
}

async function main(): Promise<void> {
  const { rows, province = DEFAULT_PROVINCE, help } = readFlags(process.argv.slice(2), FLAGS, HINT);
  if (help) return console.log(HELP);
  if (!/^\d{2}0000$/.test(province)) throw new UsageError(`--province ${province} 不是省级行政区划代码`, [HINT]);
  let text = '';
  for (const line of accounts(wholeFlag('rows', rows, HINT) ?? ROWS, province)) {
    text += `${line}\n`;
    if (text.length < PIECE) continue;
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    text = '';
  }
  process.stdout.write(text);
}

endWithReader();
await runEntry(main);
