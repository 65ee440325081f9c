/** 行业: what a file of sectors says. */
import type { z } from 'zod';
import { labelled, text } from '../fields.ts';
import { SECTOR_CODE, type Sector } from '../organs/departments.ts';
import { REGION_LEVELS, type RegionLevel } from '../organs/regions.ts';
import { REGISTRATION_SECTOR } from '../organs/registering-authority.ts';
import type { ReferenceData } from '../reference.ts';
import type { Fault, Judged, Read } from './content.ts';
import { LEVELS, LEVEL_WORDS, listed, listText, named, wholeRow } from './fields.ts';
import { repeated } from './repeated.ts';

export const sectorRowSchema = wholeRow({
  id: text('行业代码')
    .max(40, '行业代码不得超过40字，请更正')
    .regex(SECTOR_CODE, '行业代码为小写字母，各词以连字符相连，如 civil-affairs，请更正')
    .describe('行业代码：小写字母，各词以连字符相连，如 civil-affairs；定后不变'),
  name: named('行业名称', 50).describe('行业名称'),
  levels: listed('设置层级')
    .transform((words, context) =>
      words.flatMap((word): RegionLevel[] => {
        const level = LEVEL.safeParse(word);
        if (level.success) return [level.data];
        context.addIssue({ code: 'custom', message: `设置层级“${word}”应为省、市州或县区，请更正` });
        return [];
      }),
    )
    .describe('设置层级：省、市州、县区，以分号隔开；留空为各级都设'),
  basis: text('职责说明').min(1, '缺少职责说明，请填写').max(500, '职责说明不得超过500字，请更正').describe('职责说明'),
});

const LEVEL = labelled(LEVELS, '设置层级', '请更正', LEVEL_WORDS);

export type SectorRow = z.output<typeof sectorRowSchema>;

export function judgeSectors(rows: readonly Read<SectorRow>[], data: ReferenceData): Judged {
  const faults: Fault[] = [...repeated(rows, 'id', '行业代码')];
  const sectors = rows.map(({ value: { levels, ...row } }): Sector => {
    const chosen = levels.length > 0 ? levels : REGION_LEVELS;
    return { ...row, levels: REGION_LEVELS.filter((level) => chosen.includes(level)) };
  });
  const names = new Map(data.sectors.map(({ id, name }) => [id, name]));
  for (const { id, name } of sectors) names.set(id, name);
  for (const { line, value } of rows) {
    const other = [...names].find(([id, name]) => id !== value.id && (name === value.name || id === value.name));
    if (other) faults.push({ line, path: 'name', message: `行业名称“${value.name}”已用于${other[0]}，请另取名称` });
    if (value.id === REGISTRATION_SECTOR && new Set(value.levels).size % REGION_LEVELS.length !== 0) {
      faults.push({ line, path: 'levels', message: '登记机关各级都设，请留空' });
    }
  }
  return { content: { noun: 'sectors', sectors }, faults };
}

export const sectorCells = ({ id, name, levels, basis }: Sector) => ({
  id,
  name,
  levels: listText(levels.map((level) => LEVELS[level])),
  basis,
});

/** The sector that a cell means, by its code or its name. */
export function sectorOf({ sectors }: Pick<ReferenceData, 'sectors'>, written: string): Sector | undefined {
  return sectors.find(({ id }) => id === written) ?? sectors.find(({ name }) => name === written);
}

export const unknownSector = (field: string, written: string): string =>
  `${field}“${written}”不在行业表中，请核对，或者先导入行业`;
