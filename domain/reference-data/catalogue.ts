/**
 * 后置审批事项目录: what a file of it says. A row is an item with its first qualifier; each further qualifier of the item is a row
 * with the item's number and nothing else of the item.
 */
import type { z } from 'zod';
import { labelled, optional } from '../fields.ts';
import type { ReferenceData } from '../reference.ts';
import { catalogueSchema, itemSchema, type Catalogue, type CatalogueItem, type Qualifier } from '../scope/catalogue.ts';
import { itemIdField } from '../scope/item-id.ts';
import { ITEM_MODES, QUALIFIER_EFFECTS } from '../scope/item-modes.ts';
import type { Fault, Judged, Read } from './content.ts';
import type { Edition } from './edition.ts';
import { LEVELS, levelField, listed, listText, maybe, sectorField, wholeRow, yesOrNo, yesText } from './fields.ts';
import { sectorOf, unknownSector } from './sectors.ts';

export const catalogueRowSchema = wholeRow({
  id: itemIdField('事项编号').describe('事项编号：本省的编号，写法不限'),
  name: maybe('事项名称', 200).describe('事项名称；同一事项的第二个及以后的限定另起一行，只填事项编号和限定各列'),
  sector: optional(sectorField('审批部门')).describe('审批部门：行业的代码或者名称；每个事项必填'),
  level: maybe('审批层级说明', 100).describe('审批层级说明：法律的表述，如县级以上；每个事项必填'),
  law: maybe('依据的法律', 200).describe('依据的法律；每个事项必填'),
  article: maybe('依据的条款', 100).describe('依据的条款；每个事项必填'),
  mode: optional(labelled(ITEM_MODES, '办理方式')).describe('办理方式；留空为审批'),
  modeLaw: maybe('办理方式的法律', 200),
  modeArticle: maybe('办理方式的条款', 100),
  modeNote: maybe('办理方式的说明'),
  approvingLevel: levelField('审批层级').describe('审批层级：法律定在一级的，填省、市州或县区；留空为登记的同级'),
  approvingLevelLaw: maybe('审批层级的法律', 200),
  approvingLevelArticle: maybe('审批层级的条款', 100),
  approvingLevelNote: maybe('审批层级的说明'),
  supervisingSector: optional(sectorField('监管部门')).describe('监管部门：行业的代码或者名称；与审批部门相同的留空'),
  supervisingSectorLaw: maybe('监管部门的法律', 200),
  supervisingSectorArticle: maybe('监管部门的条款', 100),
  supervisingSectorNote: maybe('监管部门的说明'),
  preApproval: yesOrNo('前置审批').describe('前置审批：填“是”的只列明，不推送'),
  keywords: listed('关键词').describe('关键词：每个事项至少一个，以分号隔开'),
  synonyms: listed('同义词').describe('同义词：以分号隔开'),
  exclusions: listed('排除词').describe('排除词：看似而不是本事项的，以分号隔开'),
  note: maybe('备注', 2000),
  qualifierPhrases: listed('限定').describe('限定：许可不及的写法，如仅销售预包装食品，以分号隔开'),
  qualifierBrackets: listed('限定的括注').describe('限定的括注：只在括号内说明的写法，以分号隔开'),
  qualifierEffect: optional(labelled(QUALIFIER_EFFECTS, '限定的效果')).describe('限定的效果；填写限定的必填'),
  qualifierLaw: maybe('限定的法律', 200),
  qualifierArticle: maybe('限定的条款', 100),
  qualifierNote: maybe('限定的说明'),
  qualifierLevel: levelField('备案层级').describe('备案层级：与审批层级不同的，填省、市州或县区'),
  qualifierSector: optional(sectorField('备案部门')).describe('备案部门：行业的代码或者名称；与审批部门相同的留空'),
});

export type CatalogueRow = z.output<typeof catalogueRowSchema>;

const BASED = ['mode', 'approvingLevel', 'supervisingSector'] as const;

export function judgeCatalogue(rows: readonly Read<CatalogueRow>[], data: ReferenceData, edition: Edition): Judged {
  const faults: Fault[] = [];
  const items = new Map<string, { line: number; item: Record<string, unknown>; qualifiers: unknown[] }>();
  for (const { line, value } of rows) {
    const coded = withSectors(value, data, (path, message) => faults.push({ line, path, message }));
    const before = items.get(value.id);
    const qualifier = qualifierOf(coded);
    if (value.name !== undefined) {
      if (before) faults.push({ line, path: 'id', message: `事项${value.id}与第${before.line}行重复，请删除其一` });
      else items.set(value.id, { line, item: itemOf(coded), qualifiers: qualifier ? [qualifier] : [] });
    } else if (!before) {
      faults.push({ line, path: 'name', message: `缺少事项名称，请填写；限定的续行应在事项${value.id}之后` });
    } else if (qualifier) before.qualifiers.push(qualifier);
    else faults.push({ line, path: 'qualifierPhrases', message: `事项${value.id}的续行没有限定，请填写或删除本行` });
  }
  const judged = [...items.values()].flatMap(({ line, item, qualifiers }): CatalogueItem[] => {
    const parsed = itemSchema.safeParse({ ...item, ...(qualifiers.length > 0 && { qualifiers }) });
    if (parsed.success) return [parsed.data];
    faults.push(...faultsOf(parsed.error, line));
    return [];
  });
  const { version, title = data.catalogue.title, source = data.catalogue.source } = edition;
  const catalogue: Catalogue = { version, title, source, items: judged };
  const whole = faults.length > 0 || rows.length === 0 ? undefined : catalogueSchema.safeParse(catalogue).error;
  if (whole) faults.push(...faultsOf(whole, 0));
  return { content: { noun: 'catalogue', catalogue }, faults };
}

/** One of them: a field that is missing in several places is said once. */
function faultsOf(error: z.ZodError, line: number): Fault[] {
  const told = new Set<string>();
  return error.issues.flatMap(({ path, message }) => {
    const field = String(path[0] ?? '');
    const said = MISSING[field] ?? message;
    if (told.has(said)) return [];
    told.add(said);
    return [{ line, path: path.map(String).join('.'), message: said }];
  });
}

/** The item's schema is made for files of programs; these are what people leave out. */
const MISSING: Readonly<Record<string, string>> = {
  sector: '缺少审批部门，请填写',
  level: '缺少审批层级说明，请填写，如县级以上',
  law: '缺少依据的法律，请填写',
  article: '缺少依据的条款，请填写',
};

type Coded = CatalogueRow;

/** Names of sectors become their codes. */
function withSectors(row: CatalogueRow, data: ReferenceData, fault: (path: string, message: string) => void): Coded {
  const coded = { ...row };
  for (const [field, title] of SECTOR_FIELDS) {
    const written = row[field];
    if (written === undefined) continue;
    const known = sectorOf(data, written);
    // Told once: the item's schema need not find it again.
    coded[field] = known?.id ?? 'unknown';
    if (!known) fault(field, unknownSector(title, written));
  }
  return coded;
}

const SECTOR_FIELDS = [
  ['sector', '审批部门'],
  ['supervisingSector', '监管部门'],
  ['qualifierSector', '备案部门'],
] as const;

function itemOf(row: Coded): Record<string, unknown> {
  const { id, name, sector, level, law, article, approvingLevel, supervisingSector, note } = row;
  const { preApproval, keywords, synonyms, exclusions, mode = 'approval' } = row;
  const bases = BASED.flatMap((field) => {
    const found = basisOf(row[`${field}Law`], row[`${field}Article`], row[`${field}Note`]);
    return found ? [[field, found]] : [];
  });
  return {
    id,
    name,
    sector,
    level,
    law,
    article,
    mode,
    ...(approvingLevel && { approvingLevel }),
    ...(supervisingSector && { supervisingSector }),
    ...(bases.length > 0 && { bases: Object.fromEntries(bases) as unknown }),
    preApproval,
    keywords,
    synonyms,
    exclusions,
    ...(note !== undefined && { note }),
  };
}

function qualifierOf(row: Coded): Record<string, unknown> | undefined {
  const { qualifierPhrases: phrases, qualifierBrackets: brackets, qualifierEffect: effect } = row;
  const { qualifierLevel: approvingLevel, qualifierSector: sector } = row;
  const basis = basisOf(row.qualifierLaw, row.qualifierArticle, row.qualifierNote);
  if (phrases.length + brackets.length === 0 && !effect && !basis && !approvingLevel && !sector) return undefined;
  return {
    phrases,
    ...(brackets.length > 0 && { brackets }),
    effect,
    basis: basis ?? { law: '', article: '' },
    ...(approvingLevel && { approvingLevel }),
    ...(sector && { sector }),
  };
}

function basisOf(law: string | undefined, article: string | undefined, note: string | undefined) {
  if (law === undefined && article === undefined && note === undefined) return undefined;
  return { law: law ?? '', article: article ?? '', ...(note !== undefined && { note }) };
}

type Cells = Partial<Record<keyof CatalogueRow, string>>;

/** The rows of an item, by which a file of it is the same item again. */
export function itemCells(item: CatalogueItem): Cells[] {
  const [first, ...more] = item.qualifiers ?? [];
  const { id, name, sector, level, law, article, note = '' } = item;
  const own: Cells = {
    id,
    name,
    sector,
    level,
    law,
    article,
    note,
    mode: ITEM_MODES[item.mode],
    approvingLevel: item.approvingLevel ? LEVELS[item.approvingLevel] : '',
    supervisingSector: item.supervisingSector ?? '',
    preApproval: yesText(item.preApproval),
    keywords: listText(item.keywords),
    synonyms: listText(item.synonyms),
    exclusions: listText(item.exclusions),
  };
  for (const field of BASED) {
    const basis = item.bases?.[field];
    own[`${field}Law`] = basis?.law ?? '';
    own[`${field}Article`] = basis?.article ?? '';
    own[`${field}Note`] = basis?.note ?? '';
  }
  return [{ ...own, ...(first && qualifierCells(first)) }, ...more.map((one) => ({ id, ...qualifierCells(one) }))];
}

const qualifierCells = ({ phrases, brackets, effect, basis, approvingLevel, sector = '' }: Qualifier): Cells => ({
  qualifierPhrases: listText(phrases),
  qualifierBrackets: listText(brackets),
  qualifierEffect: QUALIFIER_EFFECTS[effect],
  qualifierLaw: basis.law,
  qualifierArticle: basis.article,
  qualifierNote: basis.note ?? '',
  qualifierLevel: approvingLevel ? LEVELS[approvingLevel] : '',
  qualifierSector: sector,
});
