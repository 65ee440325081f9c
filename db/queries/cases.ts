/** Reads cases: who sees what, lists by remaining time, one case with all its rows. */
import { and, asc, desc, eq, getTableColumns, gt, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { CaseConditions } from '../../domain/worklist/case-filter.ts';
import { MOST_COUNTED } from '../../domain/worklist/counting.ts';
import { STAGES } from '../../domain/case-types/case-types.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { isOfDepartment } from '../../domain/organs/roles.ts';
import type { Database, Executor } from '../postgres/client.ts';
import {
  auditLog,
  cases,
  commands,
  complaintReports,
  deadlines,
  departments,
  enterprises,
  registrationHits,
  registrations,
} from '../schema.ts';
import { areRare, dueOrNever, meets } from './case-filter.ts';
import { onPage, supervisedBranches, visibleBranches, type Branch } from './case-pages.ts';
import { mentions } from './case-search.ts';
import { inRegion } from './in-region.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const anyOf = (branches: readonly Branch[]): SQL | undefined =>
  or(...branches.map(({ where, status }) => and(where, status && eq(cases.status, status))));

/** What an account works on or oversees, as one condition. */
export const visibleTo = (actor: Actor): SQL | undefined => anyOf(visibleBranches(actor));

/** What an account may read, if it asks for it: also what its department supervises and another holds. */
const readableBy = (actor: Actor): SQL | undefined => anyOf([...visibleBranches(actor), ...supervisedBranches(actor)]);

export interface CaseFilter extends CaseConditions {
  /** Pushes that another department holds and the account's department supervises, instead of its own. */
  supervised?: boolean;
  /** Searched as `mentions` describes. */
  q?: string;
  cursor?: string;
  limit: number;
}

/** What the ledger holds of a command that was carried out. */
export type KeptCommand = Pick<typeof commands.$inferSelect, 'requestHash' | 'result'>;

const NOTHING = sql<KeptCommand | null>`null`;

const columns = {
  case: cases,
  // Expressions, not columns: drizzle would make the whole object null where the enterprise is missing.
  enterprise: {
    /** Of a trader without a credit code, the name that the reporter gave. */
    name: sql<string>`coalesce(${enterprises.name}, ${complaintReports.traderName}, ${cases.caseNo})`,
    kind: sql<typeof enterprises.$inferSelect.kind | null>`${enterprises.kind}`,
  },
  departmentName: departments.name,
};

const listed = (db: Executor, done = NOTHING) =>
  db
    .select({ ...columns, done })
    .from(cases)
    .leftJoin(enterprises, eq(enterprises.uscc, cases.uscc))
    .leftJoin(complaintReports, and(isNull(cases.uscc), eq(complaintReports.receiptNo, cases.caseNo)))
    .leftJoin(departments, eq(departments.code, cases.departmentCode));

export type ListedCase = Awaited<ReturnType<typeof listed>>[number];

/**
 * The most urgent first; cases without a running limit last. @returns one row more than the limit if another page
 * follows.
 */
export async function listWhere(
  db: Executor,
  branches: readonly Branch[],
  { cursor, limit, supervised: _, ...filter }: CaseFilter,
  legalNow: Date,
): Promise<ListedCase[]> {
  const after = cursor ? decodeCursor(cursor) : undefined;
  const where = await asked(db, filter, legalNow);
  return listed(db)
    .where(onPage(db, branches, { conditions: filter, where, after, limit: limit + 1 }))
    .orderBy(dueOrNever, asc(cases.caseId));
}

type Asked = Omit<CaseFilter, 'cursor' | 'limit' | 'supervised'>;

const asked = async (db: Executor, { q, ...conditions }: Asked, legalNow: Date) =>
  and(meets(conditions, legalNow, await areRare(db, conditions)), q ? await mentions(db, q) : undefined);

export const listCases = (db: Executor, actor: Actor, filter: CaseFilter, legalNow: Date) =>
  listWhere(db, filter.supervised ? supervisedBranches(actor) : visibleBranches(actor), filter, legalNow);

/** Cases that a file reads at a time. */
const PAGE = 1000;

/**
 * Every case that the actor may see and that meets the filter, page by page in the order of the ids. A case's date may
 * move while a file is read, and would take the case to a page that was read before or back to one that comes; its id
 * never changes. Between the pages nothing is held, however slowly the file is fetched.
 */
export async function* pagesOfCases(
  db: Executor,
  actor: Actor,
  filter: Asked,
  legalNow: Date,
): AsyncGenerator<ListedCase[]> {
  const wanted = and(visibleTo(actor), await asked(db, filter, legalNow));
  let after = '';
  for (;;) {
    const page = await listed(db)
      .where(and(wanted, gt(cases.caseId, after)))
      .orderBy(asc(cases.caseId))
      .limit(PAGE);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.case.caseId;
  }
}

export function encodeCursor({ case: row }: ListedCase): string {
  return Buffer.from(JSON.stringify([row.dueAt?.toISOString() ?? 'infinity', row.caseId])).toString('base64url');
}

/**
 * Exactly as encoded here: JavaScript alone would also accept `foo 1`, 30 February and the year 0, which PostgreSQL
 * refuses.
 */
const isDue = (due: string) =>
  due === 'infinity' || (/^(?!0000)\d{4}-/.test(due) && new Date(due).toISOString() === due);
/** No control characters or halves of surrogate pairs: PostgreSQL cannot store them, so no case id has them. */
const CASE_ID = /^[^\p{Control}\p{Surrogate}]*$/u;

/** @returns undefined for a cursor that this system did not make. */
export function decodeCursor(cursor: string): { due: string; caseId: string } | undefined {
  try {
    const [due, caseId] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof due !== 'string' || !isDue(due)) return undefined;
    return typeof caseId === 'string' && CASE_ID.test(caseId) ? { due, caseId } : undefined;
  } catch {
    return undefined;
  }
}

/** The number of cases at each stage that the actor may see, each up to MOST_COUNTED. */
export async function countCases(db: Database, actor: Actor, caseType: CaseType): Promise<Record<string, number>> {
  const ofType = and(eq(cases.caseType, caseType), visibleTo(actor));
  const rows = isOfDepartment(actor) ? await countHeld(db, ofType) : await countByStage(db, ofType, STAGES[caseType]);
  return Object.fromEntries(rows.map(({ stage, count }) => [stage, Math.min(count, MOST_COUNTED)]));
}

/** A department's cases are few. */
const countHeld = (db: Database, where: SQL | undefined) =>
  db
    .select({ stage: cases.stage, count: sql<number>`count(*)::int` })
    .from(cases)
    .where(where)
    .groupBy(cases.stage);

/** Stage by stage, because an index gives the cases of a stage in a region and each count can stop. */
async function countByStage(db: Database, where: SQL | undefined, stages: Record<string, string>) {
  const counted = db
    .select({ one: sql`1` })
    .from(cases)
    .where(and(where, sql`${cases.stage} = asked.stage`))
    .limit(MOST_COUNTED);
  const { rows } = await db.execute<{ stage: string; count: number }>(sql`
    select asked.stage, (select count(*)::int from (${counted}) as counted) as count
    from unnest(${sql.param(Object.keys(stages))}::text[]) as asked (stage)`);
  return rows.filter(({ count }) => count > 0);
}

/** @returns undefined if there is no such case, or the actor may not see it. */
export async function findCase(db: Database, actor: Actor, caseId: string): Promise<ListedCase | undefined> {
  const [row] = await listed(db).where(and(eq(cases.caseId, caseId), readableBy(actor)));
  return row;
}

/** As `findCase`, with what the ledger holds of a command on the case. @param key of the command. */
export async function findCaseWith(db: Database, actor: Actor, caseId: string, key: string) {
  const done = sql<KeptCommand | null>`(
    select json_build_object('requestHash', ${commands.requestHash}, 'result', ${commands.result}) from ${commands}
    where ${and(eq(commands.caseId, caseId), eq(commands.key, key))})`;
  const [row] = await listed(db, done).where(and(eq(cases.caseId, caseId), readableBy(actor)));
  return row;
}

/** Whatever the reader may see. @returns undefined if there is no such case. */
export async function statusOf(db: Database, caseId: string) {
  const [row] = await db.select({ status: cases.status }).from(cases).where(eq(cases.caseId, caseId));
  return row?.status;
}

/** The status of each of these cases that the record holds. */
export async function statusesOf(db: Database, caseIds: readonly string[]): Promise<Map<string, 'open' | 'closed'>> {
  const { caseId, status } = cases;
  const rows = await db
    .select({ caseId, status })
    .from(cases)
    .where(inArray(caseId, [...caseIds]));
  return new Map(rows.map((row) => [row.caseId, row.status]));
}

/** The cases with a matter's number that the account may read, oldest first. */
export function casesNumbered(db: Database, actor: Actor, caseNo: string) {
  return db
    .select({
      caseId: cases.caseId,
      caseType: cases.caseType,
      stage: cases.stage,
      departmentCode: cases.departmentCode,
      facts: cases.facts,
    })
    .from(cases)
    .where(and(eq(cases.caseNo, caseNo), readableBy(actor)))
    .orderBy(asc(cases.openedAt));
}

/** A pool entry that was published to the actor's region and has been claimed. */
export async function claimedEntry(db: Database, actor: Actor, caseId: string) {
  const isClaimed = and(eq(cases.caseType, 'poolEntry'), eq(cases.stage, 'claimed'));
  const [row] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.caseId, caseId), isClaimed, inRegion(cases.regionCode, actor.regionCode)));
  return row;
}

export async function deadlinesOf(db: Database, caseIds: string[]) {
  if (caseIds.length === 0) return [];
  return db.select().from(deadlines).where(inArray(deadlines.caseId, caseIds)).orderBy(asc(deadlines.dueAt));
}

export async function hitsOf(db: Database, registrationNo: string) {
  return db
    .select()
    .from(registrationHits)
    .where(eq(registrationHits.registrationNo, registrationNo))
    .orderBy(asc(registrationHits.position));
}

export async function auditOf(db: Database, caseId: string) {
  return db.select().from(auditLog).where(eq(auditLog.caseId, caseId)).orderBy(asc(auditLog.step));
}

export async function registrationOf(db: Database, registrationNo: string) {
  const [row] = await db.select().from(registrations).where(eq(registrations.registrationNo, registrationNo));
  return row;
}

/** What the registrations say, by number; their contacts are personal and stay out. */
export async function registrationsOf(db: Database, registrationNos: string[]) {
  const { contact: _, ...told } = getTableColumns(registrations);
  const rows = await db.select(told).from(registrations).where(inArray(registrations.registrationNo, registrationNos));
  return new Map(rows.map((row) => [row.registrationNo, row]));
}

/** The other cases of the same enterprise that the account may see; of a trader without a code, those of the same receipt. */
export async function relatedCases(db: Database, actor: Actor, row: ListedCase['case']) {
  return db
    .select({
      caseId: cases.caseId,
      caseType: cases.caseType,
      caseNo: cases.caseNo,
      stage: cases.stage,
      status: cases.status,
      departmentCode: cases.departmentCode,
      departmentName: departments.name,
      dueAt: cases.dueAt,
    })
    .from(cases)
    .leftJoin(departments, eq(departments.code, cases.departmentCode))
    .where(
      and(
        row.uscc === null ? eq(cases.caseNo, row.caseNo) : eq(cases.uscc, row.uscc),
        sql`${cases.caseId} <> ${row.caseId}`,
        visibleTo(actor),
      ),
    )
    .orderBy(desc(cases.openedAt))
    .limit(100);
}

/** The stored result of a command, by its idempotency key. */
export async function findCommand(db: Database, caseId: string, key: string): Promise<KeptCommand | undefined> {
  const [row] = await db
    .select()
    .from(commands)
    .where(and(eq(commands.caseId, caseId), eq(commands.key, key)));
  return row;
}
