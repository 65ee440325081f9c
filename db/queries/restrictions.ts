/** The restrictions that an enterprise is under, and the listing that a notice is about. */
import { and, asc, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { departmentNameAt } from './department-names.ts';
import { departments, listings, restrictions } from '../schema.ts';

/** Restrictions in force at an instant: decided and not yet lifted. */
export async function restrictionsInForce(db: Database, uscc: string, at: Date) {
  const rows = await db
    .select({
      caseId: restrictions.caseId,
      measureId: restrictions.measureId,
      departmentCode: restrictions.departmentCode,
      departmentName: departmentNameAt(restrictions.departmentCode, at),
      decidedAt: restrictions.decidedAt,
      executedAt: restrictions.executedAt,
      liftedAt: restrictions.liftedAt,
      list: listings.list,
      documentNo: listings.documentNo,
      authority: listings.authority,
      measuresVersion: listings.measuresVersion,
    })
    .from(restrictions)
    .innerJoin(listings, eq(listings.listingId, restrictions.listingId))
    .leftJoin(departments, eq(departments.code, restrictions.departmentCode))
    .where(
      and(
        eq(restrictions.uscc, uscc),
        lte(restrictions.decidedAt, at),
        or(isNull(restrictions.liftedAt), gt(restrictions.liftedAt, at)),
      ),
    )
    .orderBy(asc(restrictions.decidedAt), asc(restrictions.measureId));
  // Do not show a later execution to a query about a past instant.
  return rows.map((row) => ({ ...row, executedAt: row.executedAt && row.executedAt <= at ? row.executedAt : null }));
}

/** The measures that a department took because of a listing, including lifted ones. */
export async function measuresTaken(db: Database, listingId: string, departmentCode: string): Promise<string[]> {
  const rows = await db
    .select({ measureId: restrictions.measureId })
    .from(restrictions)
    .where(and(eq(restrictions.listingId, listingId), eq(restrictions.departmentCode, departmentCode)));
  return rows.map(({ measureId }) => measureId);
}

/** Listings in force at an instant: taken in and not yet removed. */
export async function listingsInForce(db: Database, uscc: string, at: Date) {
  const { acceptedAt, removedAt, listedOn, listingId } = listings;
  return db
    .select()
    .from(listings)
    .where(and(eq(listings.uscc, uscc), lte(acceptedAt, at), or(isNull(removedAt), gt(removedAt, at))))
    .orderBy(desc(listedOn), asc(listingId));
}

export async function findListing(db: Database, listingId: string) {
  const [row] = await db.select().from(listings).where(eq(listings.listingId, listingId));
  return row;
}
