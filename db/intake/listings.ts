/**
 * 失信名单 intake (第九条): accepted means in PostgreSQL with the case that follows and its outbox row, in one transaction,
 * even while Temporal is down. An entry is (list, document number, enterprise): the same again changes nothing.
 */
import { createHash } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import type { CaseOpening } from '../../domain/case/case.ts';
import { listingCaseId } from '../../domain/case/id.ts';
import { DISHONESTY_LISTS } from '../../domain/publicity/dishonesty-lists.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { canonicalListing, type ListingEntry } from '../../domain/case-types/listing/entry.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import { kindOfUscc } from '../../domain/registration/registration.ts';
import { concernedDepartments } from '../../domain/organs/sanction-measures.ts';
import { openedListing, type ListingInput } from '../../domain/case-types/listing/opening.ts';
import type { Executor } from '../postgres/client.ts';
import { introduceEnterprises, regionsOfEnterprises } from './enterprises.ts';
import type { IntakeDeps } from './registrations.ts';
import { auditActor, firstOfEach, openCases } from '../cases/opened.ts';
import { auditLog, listings } from '../schema.ts';
import type { Reference } from '../../domain/reference.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export type ListingResult = { documentNo: string; uscc: string } & (
  | { result: 'accepted'; caseId: string; departments: string[] }
  /** `message` where the entry was removed meanwhile: the same entry does not put the enterprise back. */
  | { result: 'duplicate'; caseId: string; message?: string }
  | { result: 'rejected'; code: ErrorCode; message: string }
);

interface Planned {
  entry: ListingEntry;
  input: ListingInput;
  caseId: string;
}

const hashOf = (entry: ListingEntry) => createHash('sha256').update(canonicalListing(entry)).digest('hex');

/** @returns one result per entry, in order. */
export async function acceptListings(
  deps: IntakeDeps,
  actor: Actor,
  entries: ListingEntry[],
  importId: string | null = null,
): Promise<ListingResult[]> {
  const now = Date.now();
  const usccs = [...new Set(entries.map((entry) => entry.uscc))];
  return deps.db.transaction(async (tx) => {
    const regions = await regionsOfEnterprises(tx, usccs);
    const plans = entries.map((entry) => plan(deps.reference, actor, entry, regions.get(entry.uscc), now));
    const admitted = plans.filter((one) => 'entry' in one);
    const fresh = firstOfEach(admitted, ({ caseId }) => caseId);
    const ordered = [...fresh.values()];
    const inserted = await insertListings(tx, deps, actor, ordered, importId, now);
    await insertEffects(
      tx,
      deps,
      actor,
      ordered.filter((one) => inserted.has(one.caseId)),
      now,
    );
    const known = await storedEntries(tx, [...fresh.keys()]);
    return plans.map((one): ListingResult => {
      if (!('entry' in one)) return one;
      const { entry, caseId, input } = one;
      const { documentNo, uscc } = entry;
      // The first of several equal rows in one batch is the accepted one, the others its duplicates.
      if (fresh.get(caseId) === one && inserted.has(caseId)) {
        const departments = input.departments.map((concerned) => concerned.departmentCode);
        return { result: 'accepted', documentNo, uscc, caseId, departments };
      }
      const stored = known.get(caseId);
      if (stored?.hash === hashOf(entry)) {
        return { result: 'duplicate', documentNo, uscc, caseId, ...(stored.removed && { message: REMOVED }) };
      }
      return rejected(
        entry,
        'listing.conflict',
        `${DISHONESTY_LISTS[entry.list]}中${documentNo}对该企业已有不同内容的条目。已解除或内容有误的，请由登记机关在原条目上办理`,
      );
    });
  });
}

const REMOVED = '该条目此前已受理，现已移出名单，没有重新列入。再次列入的，请以新的决定文书号提交';

const rejected = ({ documentNo, uscc }: ListingEntry, code: ErrorCode, message: string): ListingResult => ({
  result: 'rejected',
  documentNo,
  uscc,
  code,
  message,
});

/** Where the enterprise is, who keeps the entry, and which departments it concerns. */
function plan(
  reference: Reference,
  actor: Actor,
  entry: ListingEntry,
  registeredIn: string | undefined,
  now: number,
): Planned | ListingResult {
  const { list, documentNo, uscc } = entry;
  const code = entry.regionCode ?? registeredIn ?? uscc.slice(2, 8);
  const region = reference.regions.resolve(code);
  if (!region) {
    return rejected(entry, 'region.unknown', `行政区划代码${code}不在湖南省行政区划（GB/T 2260）中，请填写企业登记地`);
  }
  if (!isWithin(region.code, actor.regionCode)) {
    return rejected(entry, 'access.denied', `${region.name}不在本登记机关的管辖区域内，请由有管辖权的登记机关提交`);
  }
  const authority = reference.router.registeringAuthority(region.code);
  const { version, measures } = reference.measures;
  const departments = concernedDepartments(measures, reference.router, list, region.code);
  if (!authority || departments.length === 0) {
    // Nobody would ever be told, and nobody could lift it.
    const message = `惩戒措施目录（${version}）中没有针对${DISHONESTY_LISTS[list]}的措施，请平台管理员补充目录后重新提交`;
    return rejected(entry, 'department.unknown', message);
  }
  const input: ListingInput = {
    list,
    documentNo,
    uscc,
    regionCode: region.code,
    departmentCode: authority.code,
    measuresVersion: version,
    departments,
    listedAt: now,
  };
  return { entry, input, caseId: listingCaseId(input) };
}

async function insertListings(
  tx: Executor,
  { clock }: IntakeDeps,
  actor: Actor,
  planned: Planned[],
  importId: string | null,
  now: number,
): Promise<Set<string>> {
  if (planned.length === 0) return new Set();
  const rows = await tx
    .insert(listings)
    .values(
      planned.map(({ entry, input, caseId }) => ({
        listingId: caseId,
        list: entry.list,
        documentNo: entry.documentNo,
        uscc: entry.uscc,
        authority: entry.authority,
        grounds: entry.grounds,
        listedOn: entry.listedOn,
        regionCode: input.regionCode,
        content: entry,
        contentHash: hashOf(entry),
        measuresVersion: input.measuresVersion,
        importId,
        acceptedAt: clock.legal(now),
        acceptedBy: actor.username,
      })),
    )
    .onConflictDoNothing()
    .returning({ listingId: listings.listingId });
  return new Set(rows.map((row) => row.listingId));
}

async function insertEffects(
  tx: Executor,
  { clock }: IntakeDeps,
  actor: Actor,
  accepted: Planned[],
  now: number,
): Promise<void> {
  if (accepted.length === 0) return;
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
  await openCases(tx, starts, legal);
  await tx.insert(auditLog).values(
    accepted.map(({ input, caseId }) => ({
      caseId,
      // Before the workflow's own first step.
      step: 0,
      at: legal(now),
      ...auditActor(actor),
      action: 'acceptListing',
      before: null,
      after: { measuresVersion: input.measuresVersion, departments: input.departments },
      article: '第九条第一款',
    })),
  );
}

async function storedEntries(tx: Executor, listingIds: string[]) {
  const rows = await tx
    .select({ listingId: listings.listingId, hash: listings.contentHash, removedAt: listings.removedAt })
    .from(listings)
    .where(inArray(listings.listingId, listingIds));
  return new Map(rows.map(({ listingId, hash, removedAt }) => [listingId, { hash, removed: removedAt !== null }]));
}
