import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { publicationId } from '../../domain/case/id.ts';
import type { Database } from '../postgres/client.ts';
import { auditLog, cases, enterprises, registrations } from '../schema.ts';
import { inRegion } from './in-region.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export interface AuditQuery {
  caseId?: string;
  caseNo?: string;
  actor?: string;
  before?: number;
  limit: number;
}

/** What an entry belongs to: a case, also for the entry about the acceptance that opened it, or a registration. */
const SUBJECT = sql`case
  when ${auditLog.caseId} like 'report~%' then substr(${auditLog.caseId}, ${'report~'.length + 1})
  when ${auditLog.caseId} like 'record~%' then ${publicationId('')} || substr(${auditLog.caseId}, ${'record~'.length + 1})
  else ${auditLog.caseId} end`;
const REGISTRATION_NO = sql`substring(${auditLog.caseId} from '^registration~(.*)$')`;

/** The inverse: all case ids that belong to a matter, so that the log's index by case can be used. */
const ofMatter = (caseNo: string) => sql`${auditLog.caseId} in (
  select case_id from cases where case_no = ${caseNo}
  union all select 'report~' || case_id from cases where case_no = ${caseNo}
  union all select 'record~' || substr(case_id, ${publicationId('').length + 1}) from cases
    where case_no = ${caseNo} and case_type = 'publication'
  union all select ${`registration~${caseNo}`})`;

/** The audit log of a region, newest first. */
export async function listAudit(db: Database, reader: Actor, { caseId, caseNo, actor, before, limit }: AuditQuery) {
  const region = inRegion(sql`coalesce(${cases.regionCode}, ${registrations.regionCode})`, reader.regionCode);
  return db
    .select({
      entry: auditLog,
      caseType: cases.caseType,
      caseNo: sql<string>`coalesce(${cases.caseNo}, ${registrations.registrationNo})`,
      enterpriseName: sql<string | null>`coalesce(${enterprises.name}, ${registrations.name})`,
    })
    .from(auditLog)
    .leftJoin(cases, eq(cases.caseId, SUBJECT))
    .leftJoin(registrations, eq(registrations.registrationNo, REGISTRATION_NO))
    .leftJoin(enterprises, eq(enterprises.uscc, cases.uscc))
    .where(
      and(
        region,
        caseId ? eq(auditLog.caseId, caseId) : undefined,
        caseNo ? ofMatter(caseNo) : undefined,
        actor ? eq(auditLog.actor, actor) : undefined,
        before ? lt(auditLog.id, before) : undefined,
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit);
}
