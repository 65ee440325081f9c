import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Actor } from '../../domain/cases.ts';
import { regionPrefix } from '../../domain/region-code.ts';
import type { Database } from '../client.ts';
import { auditLog, cases, enterprises, registrations } from '../schema.ts';

export interface AuditQuery {
  caseId?: string;
  caseNo?: string;
  actor?: string;
  before?: number;
  limit: number;
}

/** The audit log of a region, newest first. Entries belong to a case or, at acceptance, to a registration. */
export async function listAudit(db: Database, reader: Actor, { caseId, caseNo, actor, before, limit }: AuditQuery) {
  const region = sql`coalesce(${cases.regionCode}, ${registrations.regionCode}) like ${`${regionPrefix(reader.regionCode)}%`}`;
  return db
    .select({
      entry: auditLog,
      caseType: cases.caseType,
      caseNo: sql<string>`coalesce(${cases.caseNo}, ${registrations.registrationNo})`,
      enterpriseName: sql<string | null>`coalesce(${enterprises.name}, ${registrations.name})`,
    })
    .from(auditLog)
    .leftJoin(cases, eq(cases.caseId, auditLog.caseId))
    .leftJoin(registrations, eq(sql`'registration~' || ${registrations.registrationNo}`, auditLog.caseId))
    .leftJoin(enterprises, eq(enterprises.uscc, cases.uscc))
    .where(
      and(
        region,
        caseId ? eq(auditLog.caseId, caseId) : undefined,
        caseNo ? sql`coalesce(${cases.caseNo}, ${registrations.registrationNo}) = ${caseNo}` : undefined,
        actor ? eq(auditLog.actor, actor) : undefined,
        before ? lt(auditLog.id, before) : undefined,
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit);
}
