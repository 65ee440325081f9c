/**
 * Writes a province's reference data in full, composed, as files to import:
 *   npm run -s reference-files -- --to DIRECTORY
 */
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { csvFile } from '../api/http/csv.ts';
import { NOUNS } from '../domain/reference-data/nouns.ts';
import { keysOf } from '../domain/keys.ts';
import { runEntry } from '../runtime/entry.ts';
import { readFlags, UsageError } from '../runtime/flags.ts';
import { composeReferenceFiles } from './lib/reference-files.ts';

const HELP = `写出一个省规模的基础数据文件（CSV），供试导入：14个市州、122个县区和各市州一个开发区，45个行业，600个事项。
每次写出的内容相同。先导入行业，再导入行政区划，然后部门、后置审批事项目录、惩戒措施目录。

  npm run -s reference-files -- --to 目录

  --to    写到该目录，如 .data/reference-files；没有的新建
  --help  显示本说明`;

const FLAGS = { to: { type: 'string' }, help: { type: 'boolean' } } as const;
const HINT = '应写成 npm run -s reference-files -- --to 目录';

async function main(): Promise<void> {
  const { to = '', help } = readFlags(process.argv.slice(2), FLAGS, HINT);
  if (help) return console.log(HELP);
  if (to === '') throw new UsageError('没有给出目录', [HINT]);
  mkdirSync(to, { recursive: true });
  const files = composeReferenceFiles();
  for (const noun of keysOf(NOUNS)) {
    const target = path.join(to, `${noun}.csv`);
    await pipeline(csvFile(files[noun]), createWriteStream(target));
    console.log(`${target}：${NOUNS[noun].title}，${files[noun].length - 1}行`);
  }
}

await runEntry(main);
