/** The support that is published for an enterprise (第十条). */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { SupportMeasure } from '../../domain/case-types/support-measure/entry.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { Database } from '../postgres/client.ts';
import { auditLog, cases, departments } from '../schema.ts';
import { departmentNameAt } from './department-names.ts';
import { contains, type Moment } from './moment.ts';

/** Support published at a moment: approved, not ended, and within its term even if its timer has not fired yet. */
export async function publishedSupport(db: Database, uscc: string, moment: Moment) {
  const day = 'day' in moment ? moment.day : legalDateOf(moment.now.getTime());
  const rows = await db
    .select({
      caseId: cases.caseId,
      documentNo: cases.caseNo,
      departmentName: departmentNameAt(cases.departmentCode, moment),
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
        contains(auditLog.at, cases.closedAt, moment),
        sql`${cases.facts} -> 'measure' ->> 'validUntil' >= ${day}`,
      ),
    )
    .orderBy(desc(auditLog.at), cases.caseId);
  // No need to parse: the intake stored it as validated by its schema.
  return rows.map(({ facts, ...row }) => ({ ...row, measure: facts['measure'] as SupportMeasure }));
}
