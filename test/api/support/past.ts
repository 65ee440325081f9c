/** Files of what a province had when it started, for tests of the first load. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { csvLine } from '../../../api/http/csv.ts';
import { withCheckDigit } from '../../../domain/uscc.ts';

let serial = 0;
export const nextUscc = () => withCheckDigit(`91430103MA6${String(100_000 + ++serial)}`);

export type Cells = Record<string, string>;

export async function fileOf(folder: string, rows: readonly Cells[], name = `file-${++serial}.csv`): Promise<string> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map(csvLine);
  const file = path.join(folder, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

export const enterprise = (more: Cells = {}): Cells => ({
  统一社会信用代码: nextUscc(),
  名称: `天心区装载企业${serial}有限公司`,
  行政区划代码: '430103',
  经营范围: '餐饮服务',
  登记日期: '2019-03-04',
  登记状态: '存续',
  ...more,
});
export const permit = (more: Cells = {}): Cells => ({
  行政相对人名称: `天心区装载企业${serial}`,
  统一社会信用代码: nextUscc(),
  行政许可决定书文号: `湘农许〔2020〕${++serial}号`,
  许可内容: '农药经营',
  许可决定日期: '2020-05-06',
  许可机关: '天心区农业农村局',
  部门代码: '430103-agriculture',
  ...more,
});
export const penalty = (more: Cells = {}): Cells => ({
  行政相对人名称: `天心区装载企业${serial}`,
  统一社会信用代码: nextUscc(),
  行政处罚决定书文号: `湘市监罚〔2024〕${++serial}号`,
  违法行为类型: '无照经营',
  处罚类别: '没收违法所得',
  处罚内容: '没收违法所得',
  处罚决定日期: '2022-01-10',
  处罚机关: '天心区市场监督管理局',
  部门代码: '430103-market-regulation',
  ...more,
});
export const listing = (more: Cells = {}): Cells => ({
  名单: '经营异常名录',
  文号: `异〔2019〕${++serial}号`,
  统一社会信用代码: nextUscc(),
  名称: `天心区装载企业${serial}`,
  列入机关: '天心区市场监督管理局',
  列入事由: '未按规定期限公示2018年度报告',
  列入日期: '2019-07-08',
  ...more,
});

export const codeOf = (row: Cells) => row['统一社会信用代码']!;
export const documentOf = (row: Cells) => row['文号']!;
