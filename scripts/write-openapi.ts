/**
 * Writes docs/openapi.json, the API's description made from the schemas that validate.
 *
 *   npm run openapi              write the file
 *   npm run openapi -- --check   fail if the file differs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openapiDocument } from './lib/openapi-document.ts';

const TARGET = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));

const built = await openapiDocument();
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, built);
  console.log(`已写入 ${TARGET}`);
} else if (readFileSync(TARGET, 'utf8') !== built) {
  console.error('docs/openapi.json 与代码不一致，请运行 npm run openapi 后核对差异');
  process.exitCode = 1;
}
