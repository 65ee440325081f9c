/**
 * Renders docs/rules.md and docs/articles.md from the tables that the system itself uses, for officials and auditors.
 *
 *   npm run rules              write the files
 *   npm run rules -- --check   fail if a file differs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { articlesDocument } from './lib/articles-document.ts';
import { rulesDocument } from './lib/rules-document.ts';

const DOCUMENTS = { 'rules.md': rulesDocument, 'articles.md': articlesDocument };

for (const [name, render] of Object.entries(DOCUMENTS)) {
  const target = fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
  if (!process.argv.includes('--check')) {
    writeFileSync(target, render());
    console.log(`已写入 ${target}`);
  } else if (readFileSync(target, 'utf8') !== render()) {
    console.error(`docs/${name} 与规则表不一致，请运行 npm run rules 后核对差异`);
    process.exitCode = 1;
  }
}
