/** The restrictions that an enterprise is under, and the listing that a notice is about. */
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { departmentNameAt } from './department-names.ts';
import { contains, endOf, type Moment } from './moment.ts';
import { departments, listings, restrictions } from '../schema.ts';

/** Restrictions in force at a moment: decided and not yet lifted. */
export async function restrictionsInForce(db: Database, uscc: string, moment: Moment) {
  const { decidedAt, liftedAt } = restrictions;
  const rows = await db
    .select({
      caseId: restrictions.caseId,
      measureId: restrictions.measureId,
      departmentCode: restrictions.departmentCode,
      departmentName: departmentNameAt(restrictions.departmentCode, moment),
      decidedAt,
      executedAt: restrictions.executedAt,
      liftedAt,
      list: listings.list,
      documentNo: listings.documentNo,
      authority: listings.authority,
      measuresVersion: listings.measuresVersion,
    })
    .from(restrictions)
    .innerJoin(listings, eq(listings.listingId, restrictions.listingId))
    .leftJoin(departments, eq(departments.code, restrictions.departmentCode))
    .where(and(eq(restrictions.uscc, uscc), contains(decidedAt, liftedAt, moment)))
    .orderBy(asc(decidedAt), asc(restrictions.measureId));
  if ('now' in moment) return rows;
  // Do not show a later execution to a query about a past day.
  const at = endOf(moment.day);
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

/** Listings in force at a moment: taken in and not yet removed. */
export async function listingsInForce(db: Database, uscc: string, moment: Moment) {
  const { acceptedAt, removedAt, listedOn, listingId } = listings;
  return db
    .select()
    .from(listings)
    .where(and(eq(listings.uscc, uscc), contains(acceptedAt, removedAt, moment)))
    .orderBy(desc(listedOn), asc(listingId));
}

export async function findListing(db: Database, listingId: string) {
  const [row] = await db.select().from(listings).where(eq(listings.listingId, listingId));
  return row;
}
