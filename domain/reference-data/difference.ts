/** What a file would change: what it adds, what it changes and from what, what is no longer in force. */
import type { ReferenceData } from '../reference.ts';
import type { CatalogueItem } from '../scope/catalogue.ts';
import { itemCells } from './catalogue.ts';
import { departmentCells } from './departments.ts';
import { measureCells } from './measures.ts';
import type { Noun } from './nouns.ts';
import { regionCells } from './regions.ts';
import { sectorCells } from './sectors.ts';

export const DIFFERENCES = { added: '新增', changed: '变更', retired: '撤销' } as const;

export type DifferenceKind = keyof typeof DIFFERENCES;

interface ChangedField {
  /** A column of the noun's file. */
  field: string;
  before: string;
  after: string;
}

interface DifferenceEntry {
  of: Noun;
  kind: DifferenceKind;
  key: string;
  name: string;
  /** Of what is added or retired, all that it has. */
  fields: ChangedField[];
}

export type Difference = DifferenceEntry[];

export type DifferenceCounts = Record<DifferenceKind, number>;

export function countsOf(difference: Difference): DifferenceCounts {
  const counts: DifferenceCounts = { added: 0, changed: 0, retired: 0 };
  for (const { kind } of difference) counts[kind] += 1;
  return counts;
}

type Cells = Readonly<Record<string, string>>;

interface Part {
  of: Noun;
  /** By key, in the order of the file. @returns the cells of each, or undefined for what is not in force. */
  cells: (data: ReferenceData) => Map<string, Cells | undefined>;
}

const PARTS: readonly Part[] = [
  { of: 'sectors', cells: ({ sectors }) => new Map(sectors.map((row) => [row.id, sectorCells(row)])) },
  { of: 'regions', cells: ({ regions }) => new Map(regions.map((row) => [row.code, regionCells(row, undefined)])) },
  {
    of: 'departments',
    cells: ({ departments }) =>
      new Map(departments.map((row) => [row.code, row.retiredAt ? undefined : departmentCells(row, row.sector)])),
  },
  { of: 'catalogue', cells: ({ catalogue }) => new Map(catalogue.items.map((row) => [row.id, joinedCells(row)])) },
  {
    of: 'sanction-measures',
    cells: ({ measures }) => new Map(measures.measures.map((row) => [row.id, measureCells(row)])),
  },
];

/** An item's rows as one: its second qualifier and those behind it have a number in their names. */
function joinedCells(item: CatalogueItem): Cells {
  const joined: Record<string, string> = {};
  itemCells(item).forEach((cells, row) => {
    for (const [field, value] of Object.entries(cells)) {
      if (field !== 'id' || row === 0) joined[row === 0 ? field : `${field} ${row + 1}`] = value;
    }
  });
  return joined;
}

/** @param was and will are the same objects where a part was not touched. */
export function differenceOf(was: ReferenceData, will: ReferenceData): Difference {
  return PARTS.flatMap(({ of, cells }) => {
    const before = cells(was);
    const after = cells(will);
    return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
      const entry = entryOf(before.get(key), after.get(key));
      return entry ? [{ of, key, ...entry }] : [];
    });
  });
}

function entryOf(before: Cells | undefined, after: Cells | undefined): Omit<DifferenceEntry, 'of' | 'key'> | undefined {
  const name = after?.['name'] ?? before?.['name'] ?? '';
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])];
  const fields = names.flatMap((field): ChangedField[] => {
    const [was = '', will = ''] = [before?.[field], after?.[field]];
    return was === will ? [] : [{ field, before: was, after: will }];
  });
  if (fields.length === 0) return undefined;
  return { kind: !before ? 'added' : after ? 'changed' : 'retired', name, fields };
}
