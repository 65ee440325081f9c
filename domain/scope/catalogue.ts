/** The schema of the post-approval catalogue (后置审批事项目录, 第七条). */
import { z } from 'zod';
import { keysOf } from '../keys.ts';
import { SECTOR_CODE } from '../organs/departments.ts';
import { REGION_LEVELS } from '../organs/regions.ts';
import { itemIdField } from './item-id.ts';
import { ITEM_MODES, QUALIFIER_EFFECTS } from './item-modes.ts';

/** A sector of the record (`sectors`); whether it is there is asked where the catalogue is loaded (`unknownSectors`). */
const sectorCode = z.string().regex(SECTOR_CODE, '行业主管部门应填行业代码');

/** Whether brackets pair: a phrase with an unpaired bracket could never equal a clause of a well-formed scope. */
function bracketsPair(phrase: string): boolean {
  let depth = 0;
  for (const character of phrase) {
    if (character === '（' || character === '(') depth++;
    if ((character === '）' || character === ')') && --depth < 0) return false;
  }
  return depth === 0;
}

const phrase = z
  .string()
  .min(2, '词语至少两个字：一个字会命中任何列举')
  .refine((text) => text.trim() === text, '词语前后不得有空格')
  .refine(bracketsPair, '词语中的括号应成对');

const basis = z.object({
  law: z.string().min(1, '应注明依据的法律'),
  article: z.string().min(1, '应注明依据的条款'),
  /** What is doubtful. */
  note: z.string().optional(),
});

/** What turns an item's permit into a filing or into nothing: 仅销售预包装食品 (食品安全法第三十五条). */
const qualifier = z.object({
  /** Clauses that the item's permit does not cover. A bracket behind a phrase of the item may say the same. */
  phrases: z.array(phrase).min(1, '限定至少有一个词语'),
  /** What only a bracket says; as a clause of its own it would not tell whose item is meant. */
  brackets: z.array(phrase).optional(),
  effect: z.enum(keysOf(QUALIFIER_EFFECTS)),
  basis,
  /** The level at which the filing is made, where it is not that of the permit. */
  approvingLevel: z.enum(REGION_LEVELS).optional(),
  /** The sector that takes the filing, where it is not that of the permit: 第二类易制毒化学品经营. */
  sector: sectorCode.optional(),
});

/** An item as it stands in a catalogue; a file's rows are judged by it as well. */
export const itemSchema = z
  .object({
    id: itemIdField('事项编号'),
    name: z.string().min(1),
    sector: sectorCode,
    /** The level of the approving authority in the statute's words; for information only. */
    level: z.string().min(1),
    law: z.string().min(1, '事项应注明依据的法律'),
    article: z.string().min(1, '事项应注明依据的条款'),
    /** How the item is dealt with; catalogues of earlier versions do not say. */
    mode: z.enum(keysOf(ITEM_MODES)).default('approval'),
    /** The level whose organ approves, where the law fixes one; left out, the registration's own (同级, 第七条第二款). */
    approvingLevel: z.enum(REGION_LEVELS).optional(),
    /** The sector that supervises, where the law names another than the approving one. */
    supervisingSector: sectorCode.optional(),
    /** Law and article of each of these three. */
    bases: z.object({ mode: basis, approvingLevel: basis, supervisingSector: basis }).partial().optional(),
    /** True for pre-approval items (前置审批): they stay listed, so that nobody adds them again, but are never a hit. */
    preApproval: z.boolean(),
    keywords: z.array(phrase).min(1, '事项至少有一个关键词'),
    synonyms: z.array(phrase),
    /** Clauses that look like this item but are not. */
    exclusions: z.array(phrase),
    /** Absent in editions of earlier versions. */
    qualifiers: z.array(qualifier).optional(),
    note: z.string().optional(),
  })
  .superRefine((value, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message: `${value.id}：${message}` });
    const qualified = (value.qualifiers ?? []).flatMap(({ phrases, brackets = [] }) => [...phrases, ...brackets]);
    const seen = new Set<string>();
    for (const text of [...value.keywords, ...value.synonyms, ...value.exclusions, ...qualified]) {
      if (seen.has(text)) refuse(`“${text}”重复列出`);
      seen.add(text);
    }
    if (value.supervisingSector === value.sector) refuse('监管部门与审批部门相同，不必另列');
    if (value.approvingLevel && !value.bases?.approvingLevel) refuse('审批层级应注明依据');
    if (value.supervisingSector && !value.bases?.supervisingSector) refuse('监管部门应注明依据');
    for (const { effect, approvingLevel, sector, phrases } of value.qualifiers ?? []) {
      if (effect === 'none' && (approvingLevel ?? sector)) refuse(`“${phrases[0]}”无须办理，没有办理的层级和部门`);
      if (sector === value.sector) refuse(`“${phrases[0]}”的备案部门与审批部门相同，不必另列`);
    }
  });

/**
 * Validates a catalogue file. Errors name the item's index and the field. Use it once when loading: the matcher trusts its
 * argument.
 */
export const catalogueSchema = z
  .object({
    /** `<year>.<edition>`; every hit names it. */
    version: z.string().regex(/^\d{4}\.\d+$/, '版本号为“年份.版次”，如2026.1'),
    title: z.string().min(1),
    /** Where the catalogue comes from, and whether it is official. */
    source: z.string().min(1),
    items: z.array(itemSchema).min(1),
  })
  .superRefine((value, context) => {
    const seen = new Set<string>();
    for (const { id } of value.items) {
      if (seen.has(id)) context.addIssue({ code: 'custom', path: ['items'], message: `事项${id}重复列出` });
      seen.add(id);
    }
  });

/** The sectors that a catalogue names. */
const sectorsOf = ({ items }: Catalogue): string[] =>
  items.flatMap(({ sector, supervisingSector, qualifiers = [] }) => [
    sector,
    ...(supervisingSector ? [supervisingSector] : []),
    ...qualifiers.flatMap(({ sector: filedWith }) => filedWith ?? []),
  ]);

/** The sectors that a catalogue names and nobody has, each once. */
export const unknownSectors = (catalogue: Catalogue, known: ReadonlySet<string>): string[] => [
  ...new Set(sectorsOf(catalogue).filter((id) => !known.has(id))),
];

export type Catalogue = z.infer<typeof catalogueSchema>;
export type CatalogueItem = Catalogue['items'][number];
export type Qualifier = NonNullable<CatalogueItem['qualifiers']>[number];
