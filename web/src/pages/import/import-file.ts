/** What is known of a file before it is sent, and files to begin with. */
import { RECORD_FIELDS } from '../../../../domain/record-fields.ts';

const NEWLINE = 10;
const SLICE = 4 * 1024 * 1024;

/** Lines, which for a progress bar are near enough to rows: read slice by slice, so that a large file stays on disk. */
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

export const TEMPLATES: Record<string, () => string> = {
  registrations: () =>
    asFile(
      ['登记编号', '统一社会信用代码', '名称', '行政区划代码', '经营范围', '登记事项', '登记日期'],
      ['示例-1', '', '示例企业', '430103', '许可项目：农药零售。', '设立', '2026-11-23'],
    ),
  listings: () =>
    asFile(
      ['名单', '文号', '统一社会信用代码', '名称', '列入机关', '列入事由', '列入日期'],
      ['经营异常名录', '示例〔2026〕1号', '', '示例企业', '示例机关', '未按期公示年报', '2026-11-23'],
    ),
  publications: () =>
    asFile(
      RECORD_FIELDS.permit.map(({ labels: [label] }) => label),
      [],
    ),
};
