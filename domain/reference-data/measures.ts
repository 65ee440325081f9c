/** 惩戒措施目录: what a file of it says. */
import { z } from 'zod';
import { labelled } from '../fields.ts';
import { DOMAINS, sanctionMeasuresSchema, type Measure } from '../organs/sanction-measures.ts';
import { DISHONESTY_LISTS, FORMER_LIST_TITLES, type DishonestyList } from '../publicity/dishonesty-lists.ts';
import type { ReferenceData } from '../reference.ts';
import { itemIdField } from '../scope/item-id.ts';
import type { Fault, Judged, Read } from './content.ts';
import type { Edition } from './edition.ts';
import { listed, listText, named, sectorField, wholeRow } from './fields.ts';
import { repeated } from './repeated.ts';
import { sectorOf, unknownSector } from './sectors.ts';

const LIST = labelled(DISHONESTY_LISTS, '适用名单', '请更正', FORMER_LIST_TITLES);

export const measureRowSchema = wholeRow({
  id: itemIdField('措施编号').describe('措施编号：本省的编号，写法不限；列入决定的措施以此为据，定后不变'),
  lists: listed('适用名单')
    .transform((titles, context) =>
      titles.flatMap((title): DishonestyList[] => {
        const list = LIST.safeParse(title);
        if (list.success) return [list.data];
        context.addIssue({ code: 'custom', message: list.error.issues[0]!.message });
        return [];
      }),
    )
    .describe(`适用名单：${Object.values(DISHONESTY_LISTS).join('、')}，以分号隔开`),
  domain: z.enum(DOMAINS, `领域应为${DOMAINS.join('、')}，请更正`).describe('领域'),
  sector: sectorField('实施部门').describe('实施部门：行业的代码或者名称'),
  name: named('惩戒措施', 500).describe('惩戒措施'),
  basis: named('依据', 500).describe('依据'),
});

export type MeasureRow = z.output<typeof measureRowSchema>;

export function judgeMeasures(rows: readonly Read<MeasureRow>[], data: ReferenceData, edition: Edition): Judged {
  const faults: Fault[] = [...repeated(rows, 'id', '措施编号')];
  const measures = rows.map(({ line, value: { id, lists, domain, sector, name: measure, basis } }): Measure => {
    const known = sectorOf(data, sector);
    if (!known) faults.push({ line, path: 'sector', message: unknownSector('实施部门', sector) });
    if (lists.length === 0) faults.push({ line, path: 'lists', message: '缺少适用名单，请填写' });
    return { id, lists: [...new Set(lists)], domain, sector: known?.id ?? sector, measure, basis };
  });
  const { version, source = data.measures.source, standing = data.measures.standing } = edition;
  const content = { version, source, standing, measures };
  const whole = faults.length > 0 || rows.length === 0 ? undefined : sanctionMeasuresSchema.safeParse(content).error;
  for (const { path, message } of whole?.issues ?? []) faults.push({ line: 0, path: path.join('.'), message });
  return { content: { noun: 'sanction-measures', measures: content }, faults };
}

export const measureCells = ({ id, lists, domain, sector, measure, basis }: Measure) => ({
  id,
  lists: listText(lists.map((list) => DISHONESTY_LISTS[list])),
  domain,
  sector,
  name: measure,
  basis,
});
