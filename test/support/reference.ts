/** Reference data as the product ships it, for what is planned from it, and one county to plan in. */
import { readReferenceFiles } from '../../data/reference-files.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { createReference, type Reference } from '../../domain/reference.ts';
import { withCheckDigit } from '../../domain/uscc.ts';

export const files = readReferenceFiles();
export const reference = createReference(files);
export const USCC = withCheckDigit('91430103MA5100001');
export const COUNTY = '430103';
export const TODAY = '2026-06-15';
export const NOW = Date.parse('2026-06-15T10:00:00+08:00');
export const AUTHORITY: Actor = {
  username: 'dengji',
  role: 'registering-authority',
  regionCode: COUNTY,
  departmentCode: `${COUNTY}-registration`,
};

/** The same reference data with departments retired or gone. */
export const without = (change: (code: string) => 'retired' | 'gone' | 'kept'): Reference =>
  createReference({
    ...files,
    departments: files.departments
      .filter(({ code }) => change(code) !== 'gone')
      .map((row) => (change(row.code) === 'retired' ? { ...row, retiredAt: new Date(NOW) } : row)),
  });
