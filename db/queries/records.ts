/** Records of enterprises: shown now, shown on a day, and what a department or organ may see beyond that. */
import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNotNull,
  isNull,
  lte,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { regionPrefix } from '../../domain/organs/region-code.ts';
import { isOfDepartment } from '../../domain/organs/roles.ts';
import { documentNumber, spellingsOf } from '../../domain/publicity/document-no.ts';
import type { RecordKey } from '../../domain/publicity/record.ts';
import { normaliseUscc } from '../../domain/uscc.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { departmentNameAt } from './department-names.ts';
import { auditLog, departments, enterprises, records, recordVersions, registrations } from '../schema.ts';
import { inRegion } from './in-region.ts';
import { FORMER_NAMES, NAMES } from './enterprise-names.ts';
import { hasPart, search } from './text-search.ts';
import { contains, endOf, type Moment } from './moment.ts';
import type { Actor } from '../../domain/organs/actor.ts';

function shownAt(moment: Moment): SQL | undefined {
  const day = 'day' in moment ? moment.day : legalDateOf(moment.now.getTime());
  const isPublic = or(isNull(recordVersions.publicUntil), gte(recordVersions.publicUntil, day));
  return and(contains(recordVersions.shownFrom, recordVersions.shownUntil, moment), isPublic);
}

export async function findEnterprise(db: Executor, uscc: string) {
  const [row] = await db.select().from(enterprises).where(eq(enterprises.uscc, uscc));
  return row;
}

/** @returns the record of a document, unless it was withdrawn. */
export async function findRecordOf(db: Executor, { departmentCode, kind, documentNo }: RecordKey) {
  const isIt = [
    eq(records.departmentCode, departmentCode),
    eq(records.kind, kind),
    inArray(records.documentNo, spellingsOf(documentNumber(documentNo))),
    isNull(records.withdrawnAt),
  ];
  const [row] = await db
    .select()
    .from(records)
    .where(and(...isIt));
  return row;
}

/** Names that are put in order. Where more have the part, the first by name would help nobody more than others. */
const MOST_ORDERED = 1000;

/**
 * By credit code, or by a part of the name or of a former name: in the order of the names, unless thousands have the part.
 * `formerName`: the one by which the enterprise was found, where its present name does not have the part.
 */
export async function searchEnterprises(db: Database, q: string, limit: number) {
  const part = { common: limit, most: MOST_ORDERED };
  const [present, former] = await Promise.all([search(db, NAMES, q, part), search(db, FORMER_NAMES, q, part)]);
  const usccs = [...new Set([normaliseUscc(q), ...present.keys, ...former.keys])];
  const formerName = sql<string | null>`case when not ${hasPart(enterprises.name, q)} then (
    select former.name from ${registrations} as former
    where former.uscc = enterprises.uscc and ${hasPart(sql`former.name`, q)}
    order by former.registered_on desc limit 1) end`;
  return db
    .select({ ...getTableColumns(enterprises), formerName })
    .from(enterprises)
    .where(sql`${enterprises.uscc} = any(${sql.param(usccs)}::text[])`)
    .orderBy(asc(enterprises.name), asc(enterprises.uscc))
    .limit(limit);
}

/** What the public sees about an enterprise. */
export async function shownRecords(db: Database, uscc: string, moment: Moment) {
  return db
    .select({
      record: records,
      version: recordVersions,
      departmentName: departmentNameAt(records.departmentCode, moment),
    })
    .from(records)
    .innerJoin(recordVersions, eq(recordVersions.recordId, records.recordId))
    .leftJoin(departments, eq(departments.code, records.departmentCode))
    .where(and(eq(records.uscc, uscc), shownAt(moment)))
    .orderBy(sql`${recordVersions.content} ->> 'generatedOn' desc`, asc(records.recordId));
}

/**
 * Whether the actor may see a record that is not yet shown: only its department and the organs of its region. A shown
 * record is everyone's.
 */
export function isOwn(actor: Actor, { departmentCode, regionCode }: { departmentCode: string; regionCode: string }) {
  if (isOfDepartment(actor)) return departmentCode === actor.departmentCode;
  return regionCode.startsWith(regionPrefix(actor.regionCode));
}

/** Records of an enterprise that the actor may see, the latest day of generation first. */
export async function recordsOf(db: Database, actor: Actor, uscc: string) {
  const own = isOfDepartment(actor)
    ? eq(records.departmentCode, actor.departmentCode ?? '')
    : inRegion(records.regionCode, actor.regionCode);
  return db
    .select()
    .from(records)
    .where(and(eq(records.uscc, uscc), or(isNotNull(records.publishedAt), own)))
    .orderBy(desc(records.generatedOn), asc(records.recordId));
}

/** What was done to records until the moment, as the public may know it: their shown versions, the first one first. */
export async function historyOf(db: Executor, recordIds: readonly string[], moment: Moment) {
  const { recordId, version, event, shownFrom } = recordVersions;
  const isPast = 'day' in moment ? lte(shownFrom, endOf(moment.day)) : isNotNull(shownFrom);
  return db
    .select({ recordId, version, event, shownFrom })
    .from(recordVersions)
    .where(and(inArray(recordId, [...recordIds]), isPast))
    .orderBy(asc(recordId), asc(shownFrom), asc(version));
}

export async function findRecord(db: Executor, recordId: string) {
  const [row] = await db.select().from(records).where(eq(records.recordId, recordId));
  return row;
}

/** The version of that number: what a case's facts name, its step has taken up. */
export async function findVersion(db: Executor, recordId: string, version: number) {
  const [row] = await db
    .select()
    .from(recordVersions)
    .where(and(eq(recordVersions.recordId, recordId), eq(recordVersions.version, version)));
  return row;
}

/** The versions that a step took up, the first one first. */
export async function versionsOf(db: Database, recordId: string) {
  const ofRecord = and(eq(recordVersions.recordId, recordId), isNotNull(recordVersions.takenUpAt));
  return db.select().from(recordVersions).where(ofRecord).orderBy(asc(recordVersions.version));
}

/** The steps by which a record passed from one party to the other. */
export async function passingsOf(db: Executor, caseId: string) {
  return db
    .select({ action: auditLog.action, at: auditLog.at })
    .from(auditLog)
    .where(and(eq(auditLog.caseId, caseId), inArray(auditLog.action, ['approve', 'return', 'resubmit', 'publish'])))
    .orderBy(asc(auditLog.step));
}
