/**
 * Renders docs/rules.md from the tables that the system itself uses, for officials and auditors.
 *
 *   npm run rules              write the file
 *   npm run rules -- --check   fail if the file differs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rulesDocument } from './lib/rules-document.ts';

const TARGET = fileURLToPath(new URL('../docs/rules.md', import.meta.url));

const rendered = rulesDocument();
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, rendered);
  console.log(`已写入 ${TARGET}`);
} else if (readFileSync(TARGET, 'utf8') !== rendered) {
  console.error('docs/rules.md 与 domain/ 中的规则表不一致，请运行 npm run rules 后核对差异');
  process.exitCode = 1;
}
