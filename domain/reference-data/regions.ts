/** 行政区划, 功能区 among them: what a file of regions says. */
import type { z } from 'zod';
import { labelled, optional, regionCodeField } from '../fields.ts';
import { departmentCode } from '../organs/departments.ts';
import { isCounty, isProvince, isWithin, regionPrefix } from '../organs/region-code.ts';
import { isHeading, REGION_LEVELS, type Region, type RegionLevel } from '../organs/regions.ts';
import { REGISTRATION_SECTOR } from '../organs/registering-authority.ts';
import type { ReferenceData } from '../reference.ts';
import type { Fault, Judged, Read } from './content.ts';
import { LEVELS, LEVEL_WORDS, maybe, named, wholeRow } from './fields.ts';
import { repeated } from './repeated.ts';

const KINDS = { ...LEVELS, zone: '功能区' } as const;
type Kind = keyof typeof KINDS;

const KIND_WORDS: Readonly<Record<string, Kind>> = {
  ...LEVEL_WORDS,
  开发区: 'zone',
  经开区: 'zone',
  经济技术开发区: 'zone',
  高新区: 'zone',
  高新技术产业开发区: 'zone',
  新区: 'zone',
};

export const regionRowSchema = wholeRow({
  code: regionCodeField().describe('区划代码：GB/T 2260 的6位数字；功能区用统计上的代码，如 430171'),
  name: named('名称').describe('名称'),
  kind: labelled(KINDS, '级别', '请更正', KIND_WORDS).describe('级别：省、市州、县区或者功能区（开发区、高新区）'),
  parent: optional(regionCodeField()).describe('上级区划代码；留空按区划代码确定'),
  authority: maybe('登记机关', 100).describe('登记机关的名称：新设的区划必填；已有的留空不变'),
});

export type RegionRow = z.output<typeof regionRowSchema>;

const levelOfKind = (kind: Kind): RegionLevel => (kind === 'zone' ? 'county' : kind);

const kindOf = ({ level, functionalZone }: Region): Kind => (functionalZone ? 'zone' : level);

/** 430171 → 430100, 430100 → 430000. */
const outerOf = (code: string): string => (isCounty(code) ? `${code.slice(0, 4)}00` : `${code.slice(0, 2)}0000`);

export function judgeRegions(rows: readonly Read<RegionRow>[], data: ReferenceData): Judged {
  const regions = rows.map(({ value: { code, name, kind, parent } }): Region => {
    const above = kind === 'province' ? null : (parent ?? outerOf(code));
    return { code, name, level: levelOfKind(kind), parent: above, ...(kind === 'zone' && { functionalZone: true }) };
  });
  const all = new Map(data.regions.map((region) => [region.code, region]));
  for (const region of regions) all.set(region.code, region);
  const faults: Fault[] = [...repeated(rows, 'code', '区划代码')];
  rows.forEach(({ line, value }, index) => {
    // One fault at a time: what follows from a wrong code is none of its own.
    const checks: [keyof RegionRow, () => string | undefined][] = [
      ['code', () => codeFault(data, value)],
      ['kind', () => kindFault(data, value)],
      ['parent', () => parentFault(all, regions[index]!)],
      ['authority', () => authorityFault(data, value)],
    ];
    for (const [path, check] of checks) {
      const message = check();
      if (message === undefined) continue;
      faults.push({ line, path, message });
      break;
    }
  });
  const authorities = rows.flatMap(({ value: { code: regionCode, authority: name } }) =>
    name === undefined ? [] : [{ regionCode, name }],
  );
  return { content: { noun: 'regions', regions, authorities }, faults };
}

function codeFault({ province, formerCodes }: ReferenceData, { code }: RegionRow): string | undefined {
  if (!isWithin(code, province.code)) return `区划代码${code}不在${province.name}，请核对`;
  const current = formerCodes[code];
  return current === undefined ? undefined : `${code}是旧代码，现行代码为${current}，请改用现行代码`;
}

function kindFault({ regions }: ReferenceData, { code, kind }: RegionRow): string | undefined {
  const own = isProvince(code) ? 'province' : isCounty(code) ? 'county' : 'prefecture';
  if (levelOfKind(kind) !== own) return `${code}是${LEVELS[own]}的代码，与级别“${KINDS[kind]}”不符，请核对`;
  const before = regions.find((region) => region.code === code);
  if (!before || kindOf(before) === kind) return undefined;
  return `${code}现为${KINDS[kindOf(before)]}，级别不能更改；请核对代码`;
}

/** What lies in a region is told by its code everywhere, so the parent is the one whose digits the code has. */
function parentFault(all: ReadonlyMap<string, Region>, { code, level, parent }: Region): string | undefined {
  if (parent === null) return undefined;
  const above = all.get(parent);
  if (!above) return `上级代码${parent}不存在，请核对，或者在文件中补上这一区划`;
  const isAbove = above.level === REGION_LEVELS[REGION_LEVELS.indexOf(level) - 1];
  if (isAbove && isWithin(code, parent)) return undefined;
  return `${code}的上级应为代码以${regionPrefix(outerOf(code))}开头的上一级（${outerOf(code)}），请更正或留空`;
}

/** Rollbacks of a region's registrations go to its own registering organ, so none may be without. */
function authorityFault({ departments }: ReferenceData, { code, name, authority }: RegionRow): string | undefined {
  const own = departmentCode(code, REGISTRATION_SECTOR);
  if (authority === undefined) {
    const isOpen = departments.some((department) => department.code === own && !department.retiredAt);
    return isOpen || isHeading({ name }) ? undefined : `${name}没有登记机关，请填写登记机关的名称`;
  }
  if (!/^\d{6}-/.test(authority)) return undefined;
  return `登记机关请填名称；平台以${own}为其代码，部门代码${authority}不必填写`;
}

export const regionCells = (region: Region, authority: string | undefined) => ({
  code: region.code,
  name: region.name,
  kind: KINDS[kindOf(region)],
  parent: region.parent ?? '',
  authority: authority ?? '',
});
