/** 部门: what a file of departments says. */
import type { z } from 'zod';
import { optional, plainText, regionCodeField } from '../fields.ts';
import { departmentCode, type Department } from '../organs/departments.ts';
import { isHeading, type Region } from '../organs/regions.ts';
import { REGISTRATION_SECTOR } from '../organs/registering-authority.ts';
import type { ReferenceData } from '../reference.ts';
import type { DepartmentRow, Fault, Judged, Read } from './content.ts';
import { named, sectorField, wholeRow, yesOrNo, yesText } from './fields.ts';
import { sectorOf, unknownSector } from './sectors.ts';

export const departmentRowSchema = wholeRow({
  code: optional(plainText('部门代码').max(60, '部门代码不得超过60字，请更正')).describe(
    '部门代码：区划代码-行业代码；留空按区划和行业确定',
  ),
  regionCode: optional(regionCodeField()).describe('区划代码；填写部门代码的可留空'),
  sector: optional(sectorField('行业')).describe('行业：代码或者名称；填写部门代码的可留空'),
  name: named('部门名称').describe('部门名称'),
  retired: yesOrNo('撤销').describe('撤销：填“是”后不再向其推送，在办事项仍由其办理；留空为在用'),
});

export type DepartmentInput = z.output<typeof departmentRowSchema>;

export function judgeDepartments(rows: readonly Read<DepartmentInput>[], data: ReferenceData): Judged {
  const faults: Fault[] = [];
  const departments: DepartmentRow[] = [];
  const regions = new Map(data.regions.map((region) => [region.code, region]));
  const first = new Map<string, number>();
  for (const { line, value } of rows) {
    const found = placed(value, data, regions);
    if ('message' in found) {
      faults.push({ line, ...found });
      continue;
    }
    const before = first.get(found.code);
    if (before === undefined) first.set(found.code, line);
    else faults.push({ line, path: 'code', message: `部门${found.code}与第${before}行重复，请删除其一` });
    if (found.retired && found.sector === REGISTRATION_SECTOR) {
      faults.push({ line, path: 'retired', message: '登记机关不能撤销：每个区划须有一个；更名的请改名称' });
    }
    departments.push(found);
  }
  return { content: { noun: 'departments', departments }, faults };
}

/** Where a row's department is, and of what sector. */
function placed(
  { code, regionCode, sector, name, retired }: DepartmentInput,
  data: ReferenceData,
  regions: ReadonlyMap<string, Region>,
): DepartmentRow | Omit<Fault, 'line'> {
  const [, ofCode, sectorOfCode] = /^(\d{6})-(.+)$/.exec(code ?? '') ?? [];
  if (code !== undefined && ofCode === undefined) {
    return { path: 'code', message: `部门代码“${code}”应为“区划代码-行业代码”，请更正或留空` };
  }
  const place = regionCode ?? ofCode;
  const written = sector ?? sectorOfCode;
  if (place === undefined || written === undefined) {
    return { path: 'code', message: '请填写部门代码，或者区划代码和行业' };
  }
  const region = regions.get(place);
  if (!region) return { path: 'regionCode', message: `区划代码${place}不存在，请核对，或者先导入行政区划` };
  if (isHeading(region)) return { path: 'regionCode', message: `${region.name}（${place}）不设部门，请核对` };
  const known = sectorOf(data, written);
  if (!known) return { path: 'sector', message: unknownSector('行业', written) };
  const own = departmentCode(region.code, known.id);
  if (code !== undefined && code !== own) {
    return { path: 'code', message: `部门代码${code}与区划代码、行业不符，应为${own}，请更正` };
  }
  return { code: own, sector: known.id, regionCode: region.code, name, retired };
}

export const departmentCells = ({ code, regionCode, name, retiredAt }: Department, sector: string) => ({
  code,
  regionCode,
  sector,
  name,
  retired: yesText(Boolean(retiredAt)),
});
