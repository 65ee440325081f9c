/** The files of reference data, by noun. */
import type { Noun } from '../../domain/reference-data/nouns.ts';
import { CATALOGUE_FILE, MEASURES_FILE } from './catalogues.ts';
import type { ReferenceFile } from './file.ts';
import { DEPARTMENTS_FILE, REGIONS_FILE, SECTORS_FILE } from './organs.ts';

export const REFERENCE_FILES: Readonly<Record<Noun, ReferenceFile>> = {
  sectors: SECTORS_FILE,
  regions: REGIONS_FILE,
  departments: DEPARTMENTS_FILE,
  catalogue: CATALOGUE_FILE,
  'sanction-measures': MEASURES_FILE,
};
