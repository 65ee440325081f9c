/** What a commit tells of itself, coarsely, so that open pages know when to ask again; and whom it concerns. */
import { z } from 'zod';
import type { CaseType } from '../case/id.ts';
import { isWithin } from '../organs/region-code.ts';
import { isOfDepartment } from '../organs/roles.ts';
import { CASE_TYPES } from '../case-types/case-types.ts';
import type { Actor } from '../organs/actor.ts';

/** Names no case: who hears it learns no more than that something of this kind happened there. */
export const changeSchema = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('cases'),
    caseType: z.string().refine((text): text is CaseType => Object.hasOwn(CASE_TYPES, text)),
    departmentCode: z.string().nullable(),
    regionCode: z.string(),
  }),
  z.object({
    of: z.literal('notices'),
    departmentCode: z.string().nullable(),
    role: z.string().nullable(),
    regionCode: z.string(),
  }),
]);

/** `everything`: what was told meanwhile was missed. */
export type Change = z.infer<typeof changeSchema> | { of: 'everything' };

/**
 * Whether an account may see what changed. It follows visibleTo and addressedTo (db/queries), but that a department also
 * hears of entries that leave its region's pool: another has claimed them.
 */
export function concerns(change: Change, actor: Actor): boolean {
  if (change.of === 'everything') return true;
  const isOwn = change.departmentCode !== null && change.departmentCode === actor.departmentCode;
  const inRegion = isWithin(change.regionCode, actor.regionCode);
  if (change.of === 'notices') return isOwn || (change.role === actor.role && inRegion);
  if (!isOfDepartment(actor)) return inRegion;
  return isOwn || (change.caseType === 'poolEntry' && inRegion);
}
