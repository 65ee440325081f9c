/**
 * 首次装载 brings entries of lists without cases. What somebody does about one that is in force needs its case: it is opened then,
 * with the act itself, and tells no department, because none was told of the entry by the platform (第九条).
 */
import { inArray } from 'drizzle-orm';
import type { CaseOpening } from '../../domain/case/case.ts';
import { openedListing, type ListingInput } from '../../domain/case-types/listing/opening.ts';
import { endOfDay } from '../../domain/clock/calendar.ts';
import { spreadOf, type Clock } from '../../domain/clock/clock.ts';
import type { Executor } from '../postgres/client.ts';
import { cases, type listings } from '../schema.ts';
import { openCases } from './opened.ts';

type Listed = typeof listings.$inferSelect;

/**
 * Opens the cases of those that have none. Their rows must be locked.
 * @param holderIn who holds a court's entry of a region: the region's registering authority.
 */
export async function openLoaded(
  tx: Executor,
  listed: readonly Listed[],
  { clock, holderIn }: { clock: Clock; holderIn: (regionCode: string) => string | undefined },
): Promise<void> {
  const standing = listed.filter(({ removedAt }) => removedAt === null);
  if (standing.length === 0) return;
  const ids = standing.map(({ listingId }) => listingId);
  const rows = await tx.select({ caseId: cases.caseId }).from(cases).where(inArray(cases.caseId, ids));
  const opened = new Set(rows.map(({ caseId }) => caseId));
  const now = Date.now();
  const starts = standing
    .filter(({ listingId }) => !opened.has(listingId))
    .flatMap((row): CaseOpening[] => {
      const holder = row.authorityCode ?? holderIn(row.regionCode);
      if (holder === undefined) return [];
      const input = inputOf(row, holder, now, clock);
      return [{ workflow: 'listing', opened: openedListing(input), input }];
    });
  if (starts.length > 0) await openCases(tx, starts, clock);
}

function inputOf(row: Listed, departmentCode: string, listedAt: number, clock: Clock): ListingInput {
  const { list, documentNo, uscc, regionCode, measuresVersion, listedUntil } = row;
  const term = listedUntil && {
    listedUntil,
    expiresAt: clock.toEngine(endOfDay(listedUntil)),
    spread: spreadOf(clock),
  };
  const key = { list, documentNo, uscc, regionCode, departmentCode };
  return { ...key, measuresVersion, departments: [], listedAt, ...(term && { term }) };
}
