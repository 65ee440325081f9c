/** The support that is published for an enterprise (第十条). */
import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { SupportMeasure } from '../../domain/case-types/support-measure/entry.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { Database } from '../postgres/client.ts';
import { auditLog, cases, departments } from '../schema.ts';
import { departmentNameAt } from './department-names.ts';

/** Support published at an instant: approved, not ended, and within its term even if its timer has not fired yet. */
export async function publishedSupport(db: Database, uscc: string, at: Date) {
  const rows = await db
    .select({
      caseId: cases.caseId,
      documentNo: cases.caseNo,
      departmentName: departmentNameAt(cases.departmentCode, at),
      publishedAt: auditLog.at,
      facts: cases.facts,
    })
    .from(cases)
    .innerJoin(auditLog, and(eq(auditLog.caseId, cases.caseId), eq(auditLog.action, 'approve')))
    .leftJoin(departments, eq(departments.code, cases.departmentCode))
    .where(
      and(
        eq(cases.uscc, uscc),
        eq(cases.caseType, 'supportMeasure'),
        lte(auditLog.at, at),
        or(isNull(cases.closedAt), gt(cases.closedAt, at)),
        sql`${cases.facts} -> 'measure' ->> 'validUntil' >= ${legalDateOf(at.getTime())}`,
      ),
    )
    .orderBy(desc(auditLog.at), cases.caseId);
  // No need to parse: the intake stored it as validated by its schema.
  return rows.map(({ facts, ...row }) => ({ ...row, measure: facts['measure'] as SupportMeasure }));
}
