/** The rows of a list's file (第九条): 列入 and 移出. */
import { isRemoval, type ListingRow } from '../../domain/case-types/listing/removal-row.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import type { IntakeDeps } from './batch.ts';
import { acceptRemovals } from './listing-removals.ts';
import { acceptListings, type ListingResult } from './listings.ts';

/** A file's rows: what is listed first, then what is taken off. @returns one result for each row, in the order of the file. */
export async function acceptListingRows(
  deps: IntakeDeps,
  actor: Actor,
  rows: readonly ListingRow[],
  importId: string,
): Promise<ListingResult[]> {
  const entries = rows.flatMap((row) => (isRemoval(row) ? [] : [row]));
  const listed = entries.length > 0 ? await acceptListings(deps, actor, entries, importId) : [];
  const removals = rows.filter(isRemoval);
  const removed = removals.length > 0 ? await acceptRemovals(deps, actor, removals, importId) : [];
  return rows.map((row) => (isRemoval(row) ? removed.shift()! : listed.shift()!));
}
