/** Cells of files of reference data, as people write them. */
import { z } from 'zod';
import { labelled, optional, text } from '../fields.ts';
import type { RegionLevel } from '../organs/regions.ts';

/** A name in one line. */
export const named = (field: string, most = 100) =>
  text(field)
    .min(1, `缺少${field}，请填写`)
    .max(most, `${field}不得超过${most}字，请更正`)
    .regex(/^[^\r\n\t]*$/, `${field}不得含有换行或制表符，请删除`);

/** A text that may be left out. */
export const maybe = (field: string, most = 500) =>
  optional(text(field).max(most, `${field}不得超过${most}字，请更正`)).describe(field);

const YES = { yes: '是', no: '否' } as const;

export const yesOrNo = (field: string) => optional(labelled(YES, field)).transform((value) => value === 'yes');

export const yesText = (value: boolean): string => (value ? YES.yes : '');

/** Several in one cell. */
const LIST_MARK = '；';

/** Phrases of a scope may have commas; semicolons and line breaks part them. */
export const listed = (field: string, most = 20_000) =>
  optional(text(field).max(most, `${field}不得超过${most}字，请更正`)).transform((value = '') =>
    value.split(/[；;\n]/).flatMap((part) => part.trim() || []),
  );

export const listText = (values: readonly string[] = []): string => values.join(LIST_MARK);

export const LEVELS = { province: '省', prefecture: '市州', county: '县区' } as const satisfies Record<
  RegionLevel,
  string
>;

export const LEVEL_WORDS: Readonly<Record<string, RegionLevel>> = {
  省级: 'province',
  自治区: 'province',
  市: 'prefecture',
  市级: 'prefecture',
  地级: 'prefecture',
  州: 'prefecture',
  设区的市: 'prefecture',
  县: 'county',
  区: 'county',
  县级: 'county',
  区县: 'county',
};

export const levelField = (field: string) => optional(labelled(LEVELS, field, undefined, LEVEL_WORDS));

/** A code or the name of a sector; the record says whether there is one (`sectorOf`). */
export const sectorField = (field: string) => named(field, 60);

export const wholeRow = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape, '每行应为一个对象，请更正');
