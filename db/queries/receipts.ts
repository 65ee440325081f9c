/** 回执: how a report stands, by its number alone. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { ReceiptKind } from '../../domain/receipt.ts';
import type { Database } from '../client.ts';
import { auditLog, cases, complaintReports, correctionReports, departments } from '../schema.ts';

/** @returns undefined where there is no such receipt. */
export async function findReceipt(db: Database, receiptNo: string) {
  const report = await findReport(db, receiptNo);
  if (!report) return undefined;
  const rows = await db
    .select({ case: cases, departmentName: departments.name })
    .from(cases)
    .leftJoin(departments, eq(departments.code, cases.departmentCode))
    .where(report.isItsCase)
    .orderBy(asc(cases.round));
  const ofRounds = inArray(
    auditLog.caseId,
    rows.map((row) => row.case.caseId),
  );
  const deeds = await db
    .select({ action: auditLog.action, at: auditLog.at })
    .from(auditLog)
    .where(ofRounds)
    .orderBy(asc(auditLog.at), asc(auditLog.id));
  // The row of the case is written with the report.
  return { kind: report.kind, reportedAt: report.reportedAt, latest: rows.at(-1)!, deeds };
}

async function findReport(db: Database, receiptNo: string) {
  const [correction] = await db.select().from(correctionReports).where(eq(correctionReports.receiptNo, receiptNo));
  if (correction) {
    const { caseId, reportedAt } = correction;
    return { kind: 'correction' as ReceiptKind, reportedAt, isItsCase: eq(cases.caseId, caseId) };
  }
  const [complaint] = await db.select().from(complaintReports).where(eq(complaintReports.receiptNo, receiptNo));
  if (!complaint) return undefined;
  const isItsCase = and(eq(cases.caseType, 'complaint'), eq(cases.caseNo, receiptNo));
  return { kind: 'complaint' as ReceiptKind, reportedAt: complaint.reportedAt, isItsCase };
}
