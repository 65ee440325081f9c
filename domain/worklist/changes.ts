/** The coarse hint that a commit sends to open pages, so that they know when to fetch again; and whom it concerns. */
import { z } from 'zod';
import type { CaseType } from '../case/id.ts';
import { isWithin } from '../organs/region-code.ts';
import { isOfDepartment, isOfOwnLevel } from '../organs/roles.ts';
import { CASE_TYPES } from '../case-types/case-types.ts';
import type { Actor } from '../organs/actor.ts';

/** Names no case: a receiver learns only that something of this kind has changed in the department or region. */
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

/** `everything`: some hints were missed, so anything may have changed. */
export type Change = z.infer<typeof changeSchema> | { of: 'everything' };

/**
 * Whether an account may see what changed. The same rules as visibleTo and addressedTo (db/queries), with one exception: a
 * department is also told of entries that leave its region's pool because another department has claimed them.
 */
export function concerns(change: Change, actor: Actor): boolean {
  if (change.of === 'everything') return true;
  const isOwn = change.departmentCode !== null && change.departmentCode === actor.departmentCode;
  const inRegion = isWithin(change.regionCode, actor.regionCode);
  if (change.of === 'notices') {
    return (
      isOwn || (change.role === actor.role && (isOfOwnLevel(actor) ? change.regionCode === actor.regionCode : inRegion))
    );
  }
  if (!isOfDepartment(actor)) return inRegion;
  return isOwn || (change.caseType === 'poolEntry' && inRegion);
}
