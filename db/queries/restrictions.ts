/** The restrictions that enterprises are under, and the listing that a notice is about. */
import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { Database } from '../postgres/client.ts';
import { departmentNameAt } from './department-names.ts';
import { contains, endOf, type Moment } from './moment.ts';
import { departments, listings, restrictions, restrictionTexts } from '../schema.ts';

/**
 * Restrictions in force at a moment: by the days of the decision, whenever it was entered, and neither lifted nor expired. A
 * term has ended with its last day, also while its timer has not fired yet.
 */
export async function restrictionsInForce(db: Database, usccs: readonly string[], moment: Moment) {
  if (usccs.length === 0) return [];
  const { uscc, decidedAt, measureId } = restrictions;
  const rows = await selectRestrictions(db, moment)
    .where(and(inArray(uscc, [...usccs]), isInForce(moment)))
    .orderBy(asc(uscc), asc(restrictions.decidedOn), asc(decidedAt), asc(restrictions.departmentCode), asc(measureId));
  if ('now' in moment) return rows;
  // Do not show a later execution to a query about a past day.
  const at = endOf(moment.day);
  return rows.map((row) => ({ ...row, executedAt: row.executedAt && row.executedAt <= at ? row.executedAt : null }));
}

export type RestrictionInForce = Awaited<ReturnType<typeof restrictionsInForce>>[number];

function isInForce(moment: Moment): SQL | undefined {
  const { decidedOn, validFrom, validUntil, liftedAt, expiredAt } = restrictions;
  if ('now' in moment) {
    const today = legalDateOf(moment.now.getTime());
    const hasBegun = or(isNull(validFrom), lte(validFrom, today));
    return and(isNull(liftedAt), isNull(expiredAt), hasBegun, or(isNull(validUntil), gte(validUntil, today)));
  }
  const { day } = moment;
  return and(
    sql`coalesce(${validFrom}, ${decidedOn}) <= ${day}`,
    or(isNull(validUntil), gte(validUntil, day)),
    or(isNull(liftedAt), gt(liftedAt, endOf(day))),
  );
}

const selectRestrictions = (db: Database, moment: Moment) =>
  db
    .select({
      uscc: restrictions.uscc,
      caseId: restrictions.caseId,
      measureId: restrictions.measureId,
      departmentCode: restrictions.departmentCode,
      departmentName: departmentNameAt(restrictions.departmentCode, moment),
      decidedOn: restrictions.decidedOn,
      decisionNo: restrictions.documentNo,
      decisionBasis: restrictionTexts.basis,
      validFrom: sql<string>`coalesce(${restrictions.validFrom}, ${restrictions.decidedOn})`,
      validUntil: restrictions.validUntil,
      personAsking: restrictionTexts.personAsking,
      decidedAt: restrictions.decidedAt,
      executedAt: restrictions.executedAt,
      liftedAt: restrictions.liftedAt,
      expiredAt: restrictions.expiredAt,
      list: listings.list,
      documentNo: listings.documentNo,
      authority: listings.authority,
      measuresVersion: listings.measuresVersion,
    })
    .from(restrictions)
    .innerJoin(listings, eq(listings.listingId, restrictions.listingId))
    .leftJoin(departments, eq(departments.code, restrictions.departmentCode))
    .leftJoin(
      restrictionTexts,
      and(eq(restrictionTexts.caseId, restrictions.caseId), eq(restrictionTexts.texts, restrictions.texts)),
    );

/** What a notice's department decided, as it stands: in force, lifted or expired. */
export async function restrictionsOf(db: Database, caseId: string, now: Date) {
  return selectRestrictions(db, { now }).where(eq(restrictions.caseId, caseId)).orderBy(asc(restrictions.measureId));
}

/** The measures that a department took because of a listing and that have not expired, including lifted ones. */
export async function measuresTaken(db: Database, listingId: string, departmentCode: string): Promise<string[]> {
  const rows = await db
    .select({ measureId: restrictions.measureId })
    .from(restrictions)
    .where(
      and(
        eq(restrictions.listingId, listingId),
        eq(restrictions.departmentCode, departmentCode),
        isNull(restrictions.expiredAt),
      ),
    );
  return rows.map(({ measureId }) => measureId);
}

/**
 * Listings in force at a moment: taken in and not yet removed. A term has ended with its last day, also while its timer has not
 * fired yet; that of a court's entry ends nothing.
 */
export async function listingsInForce(db: Database, uscc: string, moment: Moment) {
  const { acceptedAt, removedAt, listedOn, listingId, listedUntil, authorityCode } = listings;
  const day = 'now' in moment ? legalDateOf(moment.now.getTime()) : moment.day;
  const isInTerm = or(isNull(listedUntil), gte(listedUntil, day), isNull(authorityCode));
  return db
    .select()
    .from(listings)
    .where(and(eq(listings.uscc, uscc), contains(acceptedAt, removedAt, moment), isInTerm))
    .orderBy(desc(listedOn), asc(listingId));
}

export async function findListing(db: Database, listingId: string) {
  const [row] = await db.select().from(listings).where(eq(listings.listingId, listingId));
  return row;
}
