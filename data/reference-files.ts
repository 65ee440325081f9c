/** The reference data as they stand in the files of this folder; db/seed.ts loads them into a database. */
import { readFileSync } from 'node:fs';
import { buildDepartments, sectorsSchema } from '../domain/organs/departments.ts';
import { sanctionMeasuresSchema } from '../domain/organs/sanction-measures.ts';
import { readNewestCalendar } from './calendar-files.ts';
import { loadCatalogue } from './catalogue/load.ts';
import { DEFAULT_PROVINCE, divisionsOf, provinceOf } from './provinces.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

export function readReferenceFiles(code = DEFAULT_PROVINCE) {
  const { regions, formerCodes } = divisionsOf(code);
  const { sectors } = sectorsSchema.parse(read('./departments/sectors.json'));
  const measures = sanctionMeasuresSchema.parse(read('./sanctions/measures.json'));
  const departments = buildDepartments(sectors, regions);
  return {
    province: provinceOf(code),
    regions,
    formerCodes,
    sectors,
    departments,
    catalogue: loadCatalogue(),
    measures,
    calendar: readNewestCalendar(),
  };
}
