/**
 * Writes the skeleton of a case type (docs/adding-a-case-type.md):
 *   npm run new-case-type -- support-measure --title 小微企业扶持
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runEntry } from '../runtime/entry.ts';
import { readFlags, UsageError } from '../runtime/flags.ts';
import { SetupError } from '../runtime/setup-error.ts';
import { skeletonFiles, skeletonRows, type CaseTypeNames } from './lib/case-type-skeleton.ts';

const HELP = `新的事项类型：写出骨架，并在各登记处添上一行（docs/adding-a-case-type.md）。

  npm run new-case-type -- support-measure --title 小微企业扶持

  名称     英文单数，小写，以连字符分词：文件夹、文件名；加 s 即地址
  --title  中文名称
  --root   写到哪里，默认本仓库
  --help   显示本说明

写好后运行 npm run typecheck：还缺什么，由编译器逐处指出；标有〔待填〕之处未填完，测试不通过。`;

const FLAGS = { title: { type: 'string' }, root: { type: 'string' }, help: { type: 'boolean' } } as const;
const HINT = '应写成 npm run new-case-type -- support-measure --title 小微企业扶持';

function namesOf(noun: string, title = ''): CaseTypeNames {
  if (!/^[a-z]+(-[a-z]+)*$/.test(noun)) throw new UsageError(`名称“${noun}”不是以连字符分词的英文小写单数`, [HINT]);
  if (!/^\p{Script=Han}{2,20}$/u.test(title)) throw new UsageError('--title 应为2至20个汉字', [HINT]);
  return { noun, title };
}

function addRows(root: string, names: CaseTypeNames): string[] {
  const changed = new Map<string, string>();
  for (const { file, before, row } of skeletonRows(names)) {
    const source = changed.get(file) ?? readFileSync(path.join(root, file), 'utf8');
    const [head, ...rest] = source.split(before);
    if (head === undefined || rest.length !== 1) {
      throw new SetupError(`${file} 中找不到添行之处`, [`应恰有一处：${before.trim().split('\n')[0]}`]);
    }
    changed.set(file, `${head}${row}${before}${rest[0]}`);
  }
  for (const [file, source] of changed) writeFileSync(path.join(root, file), source);
  return [...changed.keys()];
}

function main(): void {
  const [first = '', ...others] = process.argv.slice(2);
  const isNoun = !first.startsWith('-');
  const flags = readFlags(isNoun ? others : [first, ...others], FLAGS, HINT);
  if (flags.help) return console.log(HELP);
  const names = namesOf(isNoun ? first : '', flags.title);
  const root = flags.root ?? fileURLToPath(new URL('../', import.meta.url));
  const files = skeletonFiles(names);
  const taken = Object.keys(files).filter((file) => existsSync(path.join(root, file)));
  if (taken.length > 0) throw new SetupError(`已有 ${taken.join('、')}，没有写入任何文件`, ['换一个名称，或先删去']);
  const rows = addRows(root, names);
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), source);
  }
  console.log(`新文件：\n  ${Object.keys(files).join('\n  ')}\n添了行：\n  ${rows.join('\n  ')}`);
  console.log('接下来：npm run format && npm run typecheck，再按 docs/adding-a-case-type.md 填写');
}

await runEntry(main);
