/** Writes restrictions, and removes the listings that they rest on (第九条). */
import { and, eq, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm';
import { tellLater } from '../db/cases/told.ts';
import { cases, listings, restrictions } from '../db/schema.ts';
import type { Executor } from '../db/postgres/client.ts';
import type { DecidedRestriction } from '../domain/case/effects.ts';
import { addDays, endOfDay, legalDateOf, type LegalDate } from '../domain/clock/calendar.ts';
import type { EffectContext } from './effect-context.ts';

/**
 * The listing's row is locked, so that a removal at the same time comes either before, and the restriction is written as
 * lifted at once, or after, and the restriction is lifted with the others.
 */
export async function decideRestriction(
  { tx, row, at }: EffectContext,
  { listingId, measureIds, decidedOn = legalDateOf(at.getTime()), ...decision }: DecidedRestriction,
): Promise<void> {
  const [listing] = await tx
    .select({ removedAt: listings.removedAt })
    .from(listings)
    .where(eq(listings.listingId, listingId))
    .for('share');
  const { caseId, uscc, departmentCode } = row;
  const { documentNo, validFrom, validUntil, texts } = decision;
  const decided = { decidedAt: at, decidedOn, documentNo, validFrom, validUntil, texts };
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
        ...decided,
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

const isRunning = and(isNull(restrictions.liftedAt), isNull(restrictions.expiredAt));

/** Lifts every restriction that the department decided for the listing. One whose term has ended before is not lifted any more. */
export async function liftRestrictions(
  { tx, row, at }: EffectContext,
  { listingId, departmentCode = row.departmentCode ?? '' }: { listingId: string; departmentCode?: string },
): Promise<void> {
  const own = and(eq(restrictions.listingId, listingId), eq(restrictions.departmentCode, departmentCode));
  await endPassed(tx, own, legalDateOf(at.getTime()));
  await tx.update(restrictions).set({ liftedAt: at }).where(and(own, isRunning));
}

/** 限制期满. The timer of the listing runs some minutes after midnight; the record says midnight. */
export async function expireRestrictions(
  { tx }: EffectContext,
  { caseId, validUntil }: { caseId: string; validUntil: LegalDate },
): Promise<void> {
  await endPassed(tx, eq(restrictions.caseId, caseId), addDays(validUntil, 1));
}

/** Records the end of the terms whose last day lies before `day`, each at its 24:00, UTC+8. */
async function endPassed(tx: Executor, which: SQL | undefined, day: LegalDate): Promise<void> {
  const { validUntil } = restrictions;
  await tx
    .update(restrictions)
    .set({ expiredAt: sql`(${validUntil} + 1)::timestamp at time zone interval '8 hours'` })
    .where(and(which, isRunning, lt(validUntil, day)));
}

/** Whoever took over the duty of a retired department decides on its entries. */
export async function handOverListing(
  { tx }: EffectContext,
  { listingId, departmentCode }: { listingId: string; departmentCode: string },
): Promise<void> {
  await tx
    .update(listings)
    .set({ authorityCode: departmentCode })
    .where(and(eq(listings.listingId, listingId), isNotNull(listings.authorityCode)));
}

/** The timer of a term runs some minutes after midnight; the record says midnight. */
export async function removeListing(
  { tx, at }: EffectContext,
  { listingId, listedUntil }: { listingId: string; listedUntil?: LegalDate },
): Promise<void> {
  await tx
    .update(listings)
    .set({ removedAt: listedUntil ? new Date(endOfDay(listedUntil)) : at })
    .where(and(eq(listings.listingId, listingId), isNull(listings.removedAt)));
  // The row is locked by now: an application that comes later finds it removed.
  const isOpenRepair = and(
    eq(cases.parentCaseId, listingId),
    eq(cases.caseType, 'creditRepair'),
    eq(cases.status, 'open'),
  );
  const repairs = await tx.select({ caseId: cases.caseId }).from(cases).where(isOpenRepair);
  await tellLater(
    tx,
    repairs.map(({ caseId }) => ({ caseId, signal: 'entryRemoved', args: [listingId] })),
  );
}
