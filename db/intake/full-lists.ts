/**
 * 全量名单 (第九条第一款): an organ's whole list of a day against the platform's entries. Both sides tell by count and hash whether the
 * lists are the same. An entry that the list lacks becomes a question to the organ, and is never removed by it.
 */
import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import {
  compareLists,
  lineOf,
  mostMissing,
  type FullListKey,
  type UnknownStanding,
} from '../../domain/case-types/listing/full-list.ts';
import { isOfCourt } from '../../domain/case-types/listing/opening.ts';
import { isAnsweredBy, isToAsk, type ListingQuestion } from '../../domain/case-types/listing/question.ts';
import { endOfDay, legalDateOf, type LegalDate } from '../../domain/clock/calendar.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { isFeed } from '../../domain/organs/roles.ts';
import type { DishonestyList } from '../../domain/publicity/dishonesty-lists.ts';
import { openLoaded } from '../cases/loaded-listings.ts';
import { tellLater } from '../cases/told.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { inRegion } from '../queries/in-region.ts';
import { cases, fullLists, listings } from '../schema.ts';
import type { IntakeDeps } from './batch.ts';

/** Signals of workflows/messages.ts. */
const QUESTIONED = 'listingQuestioned';
const CONFIRMED = 'listingConfirmed';

export interface FullListSum {
  /** Different entries. */
  count: number;
  /** SHA-256, hexadecimal, over the lines of the entries: `documentNo,uscc` and a line feed, sorted by their UTF-8 bytes. */
  hash: string;
}

/** Counted are different entries, in whatever order they come. */
export function sumOf(keys: readonly FullListKey[]): FullListSum {
  const lines = [...new Set(keys.map(lineOf))].map((line) => Buffer.from(`${line}\n`));
  const hash = createHash('sha256');
  for (const line of lines.toSorted((a, b) => a.compare(b))) hash.update(line);
  return { count: lines.length, hash: hash.digest('hex') };
}

export interface StatedList extends FullListSum {
  list: DishonestyList;
  /** By whose words it is found. Absent: the sender's own department, by its code. */
  authority?: string | undefined;
  asOf: LegalDate;
  /** The sender has looked at a list that lacks very many entries, and stands by it. */
  confirmed?: boolean;
}

export interface FullListResult {
  agrees: boolean;
  ours: FullListSum;
  /** Present if the entries were sent. */
  compared?: {
    missing: (FullListKey & { caseId: string; question: 'asked' | 'pending' | 'answered' })[];
    unknown: (FullListKey & { standing: UnknownStanding })[];
  };
}

/**
 * @param entries of the list. Absent: only count and hash are compared.
 * @throws Refusal access.denied, input.invalid, listing.full-list-doubtful
 */
export function compareFullList(
  { db, clock, reference }: IntakeDeps,
  actor: Actor,
  stated: StatedList,
  entries: readonly FullListKey[] | undefined,
): Promise<FullListResult> {
  const now = clock.legal(Date.now());
  refuseList(actor, stated, legalDateOf(now.getTime()));
  const { list, authority, asOf, count, hash } = stated;
  const organ = authority ?? actor.departmentCode ?? '';
  const { regionCode } = actor;
  const holderIn = (code: string) => reference.router.registeringAuthority(code)?.code;
  if (entries) refuseIncomplete(stated, sumOf(entries));
  return db.transaction(async (tx) => {
    // One list of an organ after the other: a later day must not be overtaken by an earlier one.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`full-list:${list}:${organ}`}))`);
    await refuseOutdated(tx, { list, organ, regionCode, asOf });
    const shown = await entriesShown(tx, actor, stated);
    const ours = sumOf(shown);
    const agrees = isSameSum(ours, stated);
    const compared = entries && (await ask(tx, shown, entries, stated, { clock, holderIn }));
    await tx.insert(fullLists).values({
      list,
      organ,
      regionCode,
      asOf,
      theirCount: count,
      theirHash: hash,
      ourCount: ours.count,
      ourHash: ours.hash,
      missing: compared?.missing.length ?? null,
      unknown: compared?.unknown.length ?? null,
      receivedAt: now,
      receivedBy: actor.username,
    });
    return { agrees, ours, ...(compared && { compared }) };
  });
}

const isSameSum = (a: FullListSum, b: FullListSum): boolean => a.count === b.count && a.hash === b.hash;

function refuseList(actor: Actor, { list, authority, asOf }: StatedList, today: LegalDate): void {
  const ofFeed = isFeed(actor);
  if (!ofFeed && (authority !== undefined || isOfCourt(list) || !actor.departmentCode)) {
    throw new Refusal('access.denied', '只能报送本机关的全量名单，法院的名单由平台数据接入账号报送', {
      remedy: '请删除列入机关一项；本机关列入的条目按本账号所属部门核对',
      article: '第九条第一款',
    });
  }
  if (ofFeed && authority === undefined) {
    throw new Refusal('input.invalid', '缺少列入机关或执行法院（authority）', { remedy: '请填写与条目一致的机关名称' });
  }
  if (asOf > today) throw new Refusal('input.invalid', `名单日期${asOf}尚未到来`, { remedy: '请更正名单日期' });
}

function refuseIncomplete(stated: FullListSum, sent: FullListSum): void {
  if (isSameSum(sent, stated)) return;
  const differs =
    sent.count === stated.count ? '哈希值与所称的不符' : `有${sent.count}个条目，与所称的${stated.count}个不符`;
  throw new Refusal('input.invalid', `文件${differs}，可能不完整，没有核对`, {
    remedy: `请重新导出后提交；本文件的哈希值为${sent.hash}`,
    article: '第九条第一款',
  });
}

async function refuseOutdated(
  tx: Executor,
  sent: Pick<typeof fullLists.$inferSelect, 'list' | 'organ' | 'regionCode' | 'asOf'>,
): Promise<void> {
  const { list, organ, regionCode, asOf } = fullLists;
  const [newer] = await tx
    .select({ asOf })
    .from(fullLists)
    .where(and(eq(list, sent.list), eq(organ, sent.organ), eq(regionCode, sent.regionCode), gt(asOf, sent.asOf)))
    .limit(1);
  if (!newer) return;
  throw new Refusal('input.invalid', `已收到${newer.asOf}的全量名单，${sent.asOf}的不再核对`, {
    remedy: '请报送最新的全量名单',
  });
}

interface Shown extends FullListKey {
  listingId: string;
  isListed: boolean;
  question: ListingQuestion | undefined;
}

/** The organ's entries at the end of the day. Removed meanwhile or not: the list is of that day. */
async function entriesShown(tx: Executor, actor: Actor, { list, authority, asOf }: StatedList): Promise<Shown[]> {
  const { listingId, documentNo, uscc, removedAt, authorityCode, listedUntil } = listings;
  const question = sql<ListingQuestion | null>`${cases.facts}->'question'`;
  const rows = await tx
    .select({ listingId, documentNo, uscc, question, removedAt, stage: cases.stage })
    .from(listings)
    // 首次装载: without a case, unless somebody has acted on it.
    .leftJoin(cases, eq(cases.caseId, listingId))
    .where(
      and(
        eq(listings.list, list),
        authority === undefined ? eq(authorityCode, actor.departmentCode!) : eq(listings.authority, authority),
        inRegion(listings.regionCode, actor.regionCode),
        lte(listings.listedOn, asOf),
        or(isNull(removedAt), gt(removedAt, new Date(endOfDay(asOf)))),
        or(isNotNull(cases.caseId), isNull(authorityCode), isNull(listedUntil), gte(listedUntil, asOf)),
      ),
    );
  return rows.map(({ question: asked, removedAt: removed, stage, ...key }) => {
    return { ...key, isListed: stage === null ? removed === null : stage === 'listed', question: asked ?? undefined };
  });
}

/** How cases of loaded entries are opened. */
type Opening = Parameters<typeof openLoaded>[2];

/** In the order of keys, as removals lock them. */
async function lockedRows(tx: Executor, keys: readonly { caseId: string }[]) {
  if (keys.length === 0) return [];
  const { listingId } = listings;
  const ids = keys.map(({ caseId }) => caseId);
  return tx.select().from(listings).where(inArray(listingId, ids)).orderBy(asc(listingId)).for('update');
}

async function ask(
  tx: Executor,
  shown: readonly Shown[],
  entries: readonly FullListKey[],
  { list, asOf, confirmed }: StatedList,
  opening: Opening,
): Promise<NonNullable<FullListResult['compared']>> {
  const { missing, unknown, common } = compareLists(shown, entries);
  const doubtful = missing.filter(({ isListed }) => isListed);
  if (doubtful.length > mostMissing(shown.length) && !confirmed) {
    throw new Refusal(
      'listing.full-list-doubtful',
      `名单中缺少平台上${shown.length}个条目中的${doubtful.length}个，可能不是全量名单，没有核对`,
      { remedy: '请核对导出范围；确实如此的，以 confirmed=true 重新提交', article: '第九条第一款' },
    );
  }
  const questioned = doubtful.map(({ listingId: caseId, documentNo, uscc, question: last }) => {
    const standing = last?.state === 'answered' ? 'answered' : 'pending';
    const question = isToAsk(last, 'missing', asOf) ? 'asked' : standing;
    return { caseId, documentNo, uscc, question } as const;
  });
  const asked = questioned.filter(({ question }) => question === 'asked');
  const seen = common
    .filter(({ isListed, question }) => isListed && isAnsweredBy(question, asOf))
    .map(({ listingId: caseId }) => ({ caseId }));
  await openLoaded(tx, await lockedRows(tx, [...asked, ...seen]), opening);
  await tellLater(tx, [
    ...asked.map(({ caseId }) => ({ caseId, signal: QUESTIONED, args: [asOf] })),
    ...seen.map(({ caseId }) => ({ caseId, signal: CONFIRMED, args: [asOf] })),
  ]);
  return { missing: questioned, unknown: await standingOf(tx, list, unknown) };
}

/** What the platform has of entries that it does not show for the organ. */
async function standingOf(tx: Executor, list: DishonestyList, unknown: readonly FullListKey[]) {
  const found = new Map<string, UnknownStanding>();
  for (const some of chunksOf(unknown)) {
    const [numbers, codes] = [some.map(({ documentNo }) => documentNo), some.map(({ uscc }) => uscc)];
    const { rows } = await tx.execute<{ document_no: string; uscc: string; removed: boolean }>(sql`
      select document_no, uscc, removed_at is not null as removed from listings
      join unnest(${sql.param(numbers)}::text[], ${sql.param(codes)}::text[]) as sent (document_no, uscc)
        using (document_no, uscc) where list = ${list}`);
    for (const { document_no: documentNo, uscc, removed } of rows) {
      found.set(lineOf({ documentNo, uscc }), removed ? 'removed' : 'elsewhere');
    }
  }
  return unknown.map((key) => ({ ...key, standing: found.get(lineOf(key)) ?? ('absent' as const) }));
}

/** The comparisons of a region, the newest first. @param before the id of the last one seen. */
export function listFullLists(
  db: Database,
  { regionCode }: Pick<Actor, 'regionCode'>,
  page: { before?: number; limit: number },
) {
  const { id } = fullLists;
  return db
    .select()
    .from(fullLists)
    .where(and(inRegion(fullLists.regionCode, regionCode), page.before ? lt(id, page.before) : undefined))
    .orderBy(desc(id))
    .limit(page.limit);
}
