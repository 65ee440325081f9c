/** Writes restrictions, and removes the listings that they rest on (第九条). */
import { and, eq, isNull } from 'drizzle-orm';
import { listings, restrictions } from '../db/schema.ts';
import type { EffectContext } from './effect-context.ts';

/**
 * A restriction is in force from the decision on. The listing's row is locked, so that a removal at the same time comes
 * either before, and the restriction is written as lifted at once, or after, and the restriction is lifted with the others.
 */
export async function decideRestriction(
  { tx, row, at }: EffectContext,
  { listingId, measureIds }: { listingId: string; measureIds: string[] },
): Promise<void> {
  const [listing] = await tx
    .select({ removedAt: listings.removedAt })
    .from(listings)
    .where(eq(listings.listingId, listingId))
    .for('share');
  const { caseId, uscc, departmentCode } = row;
  if (uscc === null) throw new Error(`${caseId} restricts nobody: it names no enterprise`);
  const liftedAt = listing?.removedAt ? at : null;
  await tx
    .insert(restrictions)
    .values(
      measureIds.map((measureId) => ({
        caseId,
        measureId,
        listingId,
        uscc,
        departmentCode: departmentCode ?? '',
        decidedAt: at,
        liftedAt,
      })),
    )
    .onConflictDoNothing();
}

export async function executeRestriction({ tx, row, at }: EffectContext): Promise<void> {
  await tx
    .update(restrictions)
    .set({ executedAt: at })
    .where(and(eq(restrictions.caseId, row.caseId), isNull(restrictions.executedAt)));
}

/** Lifts every restriction that the department decided for the listing. */
export async function liftRestrictions(
  { tx, row, at }: EffectContext,
  { listingId, departmentCode = row.departmentCode ?? '' }: { listingId: string; departmentCode?: string },
): Promise<void> {
  await tx
    .update(restrictions)
    .set({ liftedAt: at })
    .where(
      and(
        eq(restrictions.listingId, listingId),
        eq(restrictions.departmentCode, departmentCode),
        isNull(restrictions.liftedAt),
      ),
    );
}

export async function removeListing({ tx, at }: EffectContext, { listingId }: { listingId: string }): Promise<void> {
  await tx
    .update(listings)
    .set({ removedAt: at })
    .where(and(eq(listings.listingId, listingId), isNull(listings.removedAt)));
}
