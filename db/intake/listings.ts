/**
 * 失信名单 intake (第九条). An entry is identified by list, document number and enterprise; handing it in again changes nothing.
 */
import { inArray, sql } from 'drizzle-orm';
import type { CaseOpening } from '../../domain/case/case.ts';
import { DISHONESTY_LISTS } from '../../domain/publicity/dishonesty-lists.ts';
import { Refusal, type ErrorCode } from '../../domain/errors.ts';
import { canonicalText } from '../../domain/fields.ts';
import type { ListingEntry } from '../../domain/case-types/listing/entry.ts';
import { kindOfUscc } from '../../domain/registration/registration.ts';
import { isOfCourt, openedListing } from '../../domain/case-types/listing/opening.ts';
import { listingCaseId, type ListingKey } from '../../domain/case/id.ts';
import { planListing, type PlannedListing } from '../../domain/case-types/listing/plan.ts';
import type { Executor } from '../postgres/client.ts';
import { insertRows } from '../postgres/insert-rows.ts';
import { digest } from '../records/content-hash.ts';
import { acceptBatch, type Handover, type IntakeDeps } from './batch.ts';
import { asOnRecord } from './document-numbers.ts';
import { introduceEnterprises, placesOfEnterprises } from './enterprises.ts';
import { auditActor } from '../cases/audit-actor.ts';
import { openCases } from '../cases/opened.ts';
import { auditLog, listings } from '../schema.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export type ListingResult = { documentNo: string; uscc: string } & (
  | { result: 'accepted'; caseId: string; departments: string[] }
  /**
   * `message` is present if the entry was removed meanwhile: handing it in again does not put the enterprise back on the
   * list.
   */
  | { result: 'duplicate'; caseId: string; message?: string }
  | { result: 'rejected'; code: ErrorCode; message: string }
);

interface Row extends PlannedListing {
  key: string;
  hash: string;
}

interface Held {
  hashes: string[];
  removed: boolean;
}

/** Entries with their numbers as they are on record. */
export const asListed = <R extends ListingKey>(db: Executor, rows: readonly R[]): Promise<R[]> =>
  asOnRecord(db, listings.listingId, rows, listingCaseId);

/** @returns one result for each entry, in order. */
export async function acceptListings(
  deps: IntakeDeps,
  actor: Actor,
  sent: ListingEntry[],
  importId: string | null = null,
): Promise<ListingResult[]> {
  const handover = { actor, importId, now: Date.now() };
  const entries = await asListed(deps.db, sent);
  const places = await placesOfEnterprises(
    deps.db,
    entries.map(({ uscc }) => uscc),
  );
  return acceptBatch<ListingEntry, Row, Held, ListingResult>(deps.db, entries, {
    plan(entry) {
      const planned = planListing(deps.reference, actor, entry, places.get(entry.uscc), {
        now: handover.now,
        clock: deps.clock,
      });
      return { key: planned.caseId, hash: digest(canonicalText(entry)), ...planned };
    },
    insert: (tx, rows) => insertListings(tx, deps, handover, rows),
    async follow(tx, inserted) {
      await insertEffects(tx, deps, handover, inserted);
      return new Map(inserted.map(({ key, hash }) => [key, { hashes: [hash], removed: false }]));
    },
    held: storedEntries,
    accepted: ({ entry: { documentNo, uscc }, caseId, input }) => {
      const departments = input.departments.map((concerned) => concerned.departmentCode);
      return { result: 'accepted', documentNo, uscc, caseId, departments };
    },
    duplicate: ({ entry: { documentNo, uscc }, caseId }, { removed }) => ({
      result: 'duplicate',
      documentNo,
      uscc,
      caseId,
      ...(removed && { message: REMOVED }),
    }),
    conflict: ({ entry: { list, documentNo } }) =>
      new Refusal(
        'listing.conflict',
        `${DISHONESTY_LISTS[list]}中${documentNo}对该企业已有不同内容的条目。已解除或内容有误的，请由登记机关在原条目上办理`,
      ),
    rejected: ({ documentNo, uscc }, { code, message }) => ({ result: 'rejected', documentNo, uscc, code, message }),
  });
}

const REMOVED = '该条目此前已受理，现已移出名单，没有重新列入。再次列入的，请以新的决定文书号提交';

async function insertListings(
  tx: Executor,
  { clock }: IntakeDeps,
  { actor, importId, now }: Handover,
  rows: Row[],
): Promise<{ key: string }[]> {
  const values = rows.map(({ entry, input, caseId, hash, dates, ground }) => ({
    listingId: caseId,
    list: entry.list,
    documentNo: entry.documentNo,
    uscc: entry.uscc,
    authority: entry.authority,
    authorityCode: isOfCourt(entry.list) ? null : input.departmentCode,
    grounds: entry.grounds,
    ground,
    severity: entry.severity,
    ...dates,
    regionCode: input.regionCode,
    content: entry,
    contentHash: hash,
    measuresVersion: input.measuresVersion,
    importId,
    acceptedAt: clock.legal(now),
    acceptedBy: actor.username,
  }));
  const written = await tx.execute<{ key: string }>(
    sql`${insertRows(listings, values)} on conflict do nothing returning listing_id as key`,
  );
  return written.rows;
}

async function insertEffects(tx: Executor, { clock }: IntakeDeps, handover: Handover, accepted: Row[]): Promise<void> {
  const { actor, now } = handover;
  const { legal } = clock;
  const named = new Map(accepted.map((one) => [one.entry.uscc, one]));
  await introduceEnterprises(
    tx,
    [...named].map(([uscc, { entry, input }]) => ({
      uscc,
      name: entry.name,
      kind: kindOfUscc(uscc),
      regionCode: input.regionCode,
    })),
    legal(now),
  );
  const starts = accepted.map(({ input }): CaseOpening => ({
    workflow: 'listing',
    opened: openedListing(input),
    input,
  }));
  const entries = accepted.map(({ input, caseId }) => ({
    caseId,
    // Step 0 precedes the first step of the workflow.
    step: 0,
    at: legal(now),
    ...auditActor(actor),
    action: 'acceptListing',
    before: null,
    after: { measuresVersion: input.measuresVersion, departments: input.departments },
    article: '第九条第一款',
  }));
  await tx.execute(insertRows(auditLog, entries));
  await openCases(tx, starts, clock, handover.importId);
}

async function storedEntries(tx: Executor, listingIds: string[]): Promise<Map<string, Held>> {
  const rows = await tx
    .select({ key: listings.listingId, hash: listings.contentHash, removedAt: listings.removedAt })
    .from(listings)
    .where(inArray(listings.listingId, listingIds));
  return new Map(rows.map(({ key, hash, removedAt }) => [key, { hashes: [hash], removed: removedAt !== null }]));
}
