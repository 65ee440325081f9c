/**
 * 移出 by the organ that listed (第九条): rows of its file end its entries. The entry's case is told by the outbox and lifts
 * everywhere; a row that is sent again changes nothing.
 */
import { inArray } from 'drizzle-orm';
import type { IntakeDeps } from './batch.ts';
import type { ToldCase } from '../../domain/case/effects.ts';
import { listingCaseId } from '../../domain/case/id.ts';
import { removableOnlyFrom } from '../../domain/case-types/listing/dates.ts';
import { isOfCourt } from '../../domain/case-types/listing/opening.ts';
import type { ListingRemoval } from '../../domain/case-types/listing/removal-row.ts';
import { legalDateOf, type LegalDate } from '../../domain/clock/calendar.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import { isFeed } from '../../domain/organs/roles.ts';
import { openLoaded } from '../cases/loaded-listings.ts';
import { tellLater, toldAmong } from '../cases/told.ts';
import type { Executor } from '../postgres/client.ts';
import { listings } from '../schema.ts';
import { asListed, type ListingResult } from './listings.ts';

/** The signal of workflows/messages.ts. */
const ENDED = 'listingEnded';

type Listed = typeof listings.$inferSelect;

/** @returns one result for each row, in order. */
export async function acceptRemovals(
  { db, clock, reference }: IntakeDeps,
  actor: Actor,
  sent: readonly ListingRemoval[],
  importId: string | null,
): Promise<ListingResult[]> {
  const today = legalDateOf(clock.toLegal(Date.now()));
  return db.transaction(async (tx) => {
    const removals = await asListed(tx, sent);
    const keys = [...new Set(removals.map(listingCaseId))].toSorted();
    const found = await lockListings(tx, keys);
    const ended = new Set((await toldAmong(tx, keys, [ENDED])).map(({ caseId }) => caseId));
    const told: ToldCase[] = [];
    const results: ListingResult[] = [];
    for (const row of removals) {
      const { documentNo, uscc, removalGround, removedOn, removalNo = '' } = row;
      const caseId = listingCaseId(row);
      const listed = found.get(caseId);
      const refusal = listed ? faultOf(listed, row, actor, today) : unknownEntry();
      if (refusal) {
        const { code, message } = refusal;
        results.push({ result: 'rejected', documentNo, uscc, code, message });
        continue;
      }
      if (listed?.removedAt || ended.has(caseId)) {
        results.push({ result: 'duplicate', documentNo, uscc, caseId, message: '该条目已移出' });
        continue;
      }
      ended.add(caseId);
      const args = [removalGround, removedOn, removalNo, importId ?? '', actor.username];
      told.push({ caseId, signal: ENDED, args });
      results.push({ result: 'accepted', documentNo, uscc, caseId, departments: [] });
    }
    const holderIn = (regionCode: string) => reference.router.registeringAuthority(regionCode)?.code;
    await openLoaded(
      tx,
      told.flatMap(({ caseId }) => found.get(caseId) ?? []),
      { clock, holderIn },
    );
    await tellLater(tx, told);
    return results;
  });
}

/** In the order of keys, so that two files at once cannot wait for each other. */
async function lockListings(tx: Executor, keys: string[]): Promise<Map<string, Listed>> {
  const { listingId } = listings;
  const rows = await tx.select().from(listings).where(inArray(listingId, keys)).orderBy(listingId).for('update');
  return new Map(rows.map((row) => [row.listingId, row]));
}

const unknownEntry = () => new Refusal('resource.not-found', '没有这个名单条目，请核对名单、文号和统一社会信用代码');

function faultOf(listed: Listed, row: ListingRemoval, actor: Actor, today: LegalDate): Refusal | undefined {
  const { list, authority, authorityCode, regionCode, listedOn, minimumPublicUntil } = listed;
  if (!isWithin(regionCode, actor.regionCode)) return unknownEntry();
  const ofFeed = isFeed(actor);
  if (isOfCourt(list) && !ofFeed) {
    return new Refusal('listing.court-only', '法院列入的条目只能随法院报送的名单数据移出，请由平台数据接入账号导入');
  }
  if (!ofFeed && authorityCode !== actor.departmentCode) {
    return new Refusal('access.denied', '只有做出列入决定的机关可以移出，请由列入机关的账号或其报送的数据办理');
  }
  if (row.removalGround === 'credit-repaired' && !ofFeed) {
    return new Refusal('access.denied', '信用修复须由两人办理，请在信用修复事项中受理和决定');
  }
  if (row.authority !== authority) {
    return new Refusal('access.denied', `该条目由${authority}列入，不是${row.authority}，不能移出，请核对列入机关`);
  }
  if (row.removedOn < listedOn || row.removedOn > today) {
    const wrong = row.removedOn < listedOn ? `早于列入之日${listedOn}` : '尚未到来';
    return new Refusal('input.invalid', `移出日期${row.removedOn}${wrong}，请更正`);
  }
  const from = removableOnlyFrom(minimumPublicUntil, row.removalGround, row.removedOn);
  if (isOfCourt(list) || !from) return undefined;
  const message = `该条目的最短公示期至${minimumPublicUntil}，可于${from}以后移出`;
  return new Refusal('listing.minimum-publicity', message);
}
