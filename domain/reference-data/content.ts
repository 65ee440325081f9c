/** What a file of reference data says, once its rows are read, and the data that follow from it. */
import type { Department, Sector } from '../organs/departments.ts';
import { departmentCode } from '../organs/departments.ts';
import type { Region } from '../organs/regions.ts';
import { REGISTRATION_SECTOR } from '../organs/registering-authority.ts';
import type { SanctionMeasures } from '../organs/sanction-measures.ts';
import type { ReferenceData } from '../reference.ts';
import type { Catalogue } from '../scope/catalogue.ts';

export interface DepartmentRow extends Omit<Department, 'retiredAt'> {
  retired: boolean;
}

export type Content =
  | { noun: 'sectors'; sectors: Sector[] }
  /** Authorities: the registering organ of each region that the file names one for. */
  | { noun: 'regions'; regions: Region[]; authorities: { regionCode: string; name: string }[] }
  | { noun: 'departments'; departments: DepartmentRow[] }
  | { noun: 'catalogue'; catalogue: Catalogue }
  | { noun: 'sanction-measures'; measures: SanctionMeasures };

/** A fault of a row, by which the whole file proposes nothing. */
export interface Fault {
  line: number;
  /** The field; empty for the whole row. */
  path: string;
  message: string;
}

export interface Read<Row> {
  line: number;
  value: Row;
}

export interface Judged {
  content: Content;
  faults: Fault[];
}

/**
 * The data as they are once the content is in force.
 * @param at legal time, from which departments that the content retires are retired.
 */
export function applied(data: ReferenceData, content: Content, at: Date): ReferenceData {
  switch (content.noun) {
    case 'sectors':
      return { ...data, sectors: merged(data.sectors, content.sectors, ({ id }) => id) };
    case 'regions': {
      const regions = merged(data.regions, content.regions, ({ code }) => code);
      return { ...data, regions, departments: withRows(data, authoritiesOf(content.authorities), at) };
    }
    case 'departments':
      return { ...data, departments: withRows(data, content.departments, at) };
    case 'catalogue':
      return { ...data, catalogue: content.catalogue };
    case 'sanction-measures':
      return { ...data, measures: content.measures };
  }
}

const authoritiesOf = (authorities: { regionCode: string; name: string }[]): DepartmentRow[] =>
  authorities.map(({ regionCode, name }) => ({
    code: departmentCode(regionCode, REGISTRATION_SECTOR),
    sector: REGISTRATION_SECTOR,
    regionCode,
    name,
    retired: false,
  }));

/** One that is retired already stays retired from when it was. */
function withRows({ departments }: ReferenceData, rows: readonly DepartmentRow[], at: Date): Department[] {
  const before = new Map(departments.map((row) => [row.code, row]));
  const changed = rows.map(({ retired, ...row }): Department => {
    const retiredAt = retired ? (before.get(row.code)?.retiredAt ?? at) : null;
    return { ...row, retiredAt };
  });
  return merged(departments, changed, ({ code }) => code);
}

function merged<Row>(before: readonly Row[], rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const all = new Map(before.map((row) => [keyOf(row), row]));
  for (const row of rows) all.set(keyOf(row), row);
  return [...all.values()];
}
