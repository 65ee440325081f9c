/** What is known of a file before it is sent, and template files. */
import { saveAs } from '../../api/client.ts';
import type { RowResult } from '../../../../api/import/row-import.ts';
import { keysOf } from '../../../../domain/keys.ts';
import { RECORD_FIELDS, RECORD_KINDS } from '../../../../domain/publicity/record-fields.ts';

const NEWLINE = 10;
const SLICE = 4 * 1024 * 1024;

/**
 * Counts lines, near enough to rows for a progress bar. Reads slice by slice, so that a large file is never in memory
 * whole.
 */
export async function countRows(file: File): Promise<number> {
  let lines = 0;
  for (let from = 0; from < file.size; from += SLICE) {
    const bytes = new Uint8Array(await file.slice(from, from + SLICE).arrayBuffer());
    for (const byte of bytes) if (byte === NEWLINE) lines += 1;
  }
  return Math.max(1, lines);
}

const asFile = (columns: readonly string[], example: readonly string[]) =>
  `data:text/csv;charset=utf-8,%EF%BB%BF${encodeURIComponent(`${columns.join(',')}\n${example.join(',')}\n`)}`;

/** Invalid except for its length: an example row that nobody deleted is refused. */
const NO_USCC = 'X'.repeat(18);
const NAME = '示例企业（请删除本行）';

/** Example values of required columns; the day is that of the registration's example. */
const RECORD: Record<string, string> = {
  name: NAME,
  uscc: NO_USCC,
  documentNo: '示例〔2026〕1号',
  content: '示例内容',
  violation: '示例违法行为',
  title: '示例标题',
  section: '其他依法应当公示的信息',
  generatedOn: '2026-11-23',
  authority: '示例机关',
};

interface Template {
  title: string;
  file: () => string;
}

const recordTemplates = keysOf(RECORD_KINDS).map((kind): Template => ({
  title: RECORD_KINDS[kind],
  file: () =>
    asFile(
      RECORD_FIELDS[kind].map(({ labels: [label] }) => label),
      RECORD_FIELDS[kind].map(({ field }) => RECORD[field] ?? ''),
    ),
}));

const REGISTRATION: readonly [column: string, value: string][] = [
  ['登记编号', '示例-1'],
  ['统一社会信用代码', NO_USCC],
  ['名称', NAME],
  ['行政区划代码', '430103'],
  ['经营范围', '许可项目：农药零售。'],
  ['登记事项', '设立'],
  ['登记日期', '2026-11-23'],
  ['住所', ''],
  ['经营场所', ''],
  ['法定代表人', ''],
  ['联系人', ''],
  ['联系电话', ''],
  ['注册资本', ''],
  ['企业类型', ''],
  ['行业代码', ''],
  ['成立日期', ''],
  ['营业期限自', ''],
  ['营业期限至', ''],
  ['登记机关', ''],
  ['变更事项', ''],
  ['变更前', ''],
  ['变更后', ''],
];

/** By kind of import: permits and penalties have different columns. */
export const TEMPLATES: Record<string, readonly Template[]> = {
  registrations: [
    {
      title: '登记信息',
      file: () =>
        asFile(
          REGISTRATION.map(([column]) => column),
          REGISTRATION.map(([, value]) => value),
        ),
    },
  ],
  listings: [
    {
      title: '失信名单',
      file: () =>
        asFile(
          ['名单', '文号', '统一社会信用代码', '名称', '列入机关', '列入事由', '列入日期'],
          ['经营异常名录', '示例〔2026〕1号', NO_USCC, NAME, '示例机关', '未按期公示年报', '2026-11-23'],
        ),
    },
  ],
  publications: recordTemplates,
};

/** Downloads the refused rows with their reasons. Built on demand: there may be a hundred thousand. */
export function downloadRejections([line, reason]: [string, string], rejected: RowResult[]): void {
  const quoted = (text = '') => `"${text.replaceAll('"', '""')}"`;
  const rows = rejected.map((row) => `${row.line},${quoted(row.message)}`);
  saveAs(new Blob([`\uFEFF${[`${line},${reason}`, ...rows].join('\n')}\n`]), '未受理的行.csv');
}
