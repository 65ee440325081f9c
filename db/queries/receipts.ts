/** 回执: the progress of a report, by its number alone. */
import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import type { ReceiptKind } from '../../domain/receipts/receipt.ts';
import type { Database } from '../postgres/client.ts';
import {
  auditLog,
  cases,
  complaintReports,
  correctionReports,
  deadlines,
  departments,
  enterprises,
  records,
} from '../schema.ts';

/** @returns undefined if there is no such receipt. */
export async function findReceipt(db: Database, receiptNo: string) {
  const report = await findReport(db, receiptNo);
  if (!report) return undefined;
  const rows = await db
    .select({
      case: cases,
      departmentName: departments.name,
      enterpriseName: enterprises.name,
      traderName: complaintReports.traderName,
    })
    .from(cases)
    .leftJoin(departments, eq(departments.code, cases.departmentCode))
    .leftJoin(enterprises, eq(enterprises.uscc, cases.uscc))
    .leftJoin(complaintReports, eq(complaintReports.receiptNo, cases.caseNo))
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
  // Never empty: the case's row is written with the report.
  const latest = rows.at(-1)!;
  const limits = await db
    .select({ limitId: deadlines.limitId, workingDays: deadlines.workingDays })
    .from(deadlines)
    .where(eq(deadlines.caseId, latest.case.caseId));
  return {
    kind: report.kind,
    reportedAt: report.reportedAt,
    record: await recordOf(db, report),
    latest,
    deeds,
    limits,
  };
}

interface Report {
  kind: ReceiptKind;
  recordId: string | null;
  reportedAt: Date;
  isItsCase: SQL | undefined;
}

/** The record that is reported to be wrong. */
async function recordOf(db: Database, { recordId }: { recordId: string | null }) {
  if (recordId === null) return null;
  const [row] = await db
    .select({ kind: records.kind, documentNo: records.documentNo })
    .from(records)
    .where(eq(records.recordId, recordId));
  return row ?? null;
}

async function findReport(db: Database, receiptNo: string): Promise<Report | undefined> {
  const [correction] = await db.select().from(correctionReports).where(eq(correctionReports.receiptNo, receiptNo));
  if (correction) {
    const { caseId, recordId, reportedAt } = correction;
    return { kind: 'correction', recordId, reportedAt, isItsCase: eq(cases.caseId, caseId) };
  }
  const [complaint] = await db.select().from(complaintReports).where(eq(complaintReports.receiptNo, receiptNo));
  if (!complaint) return undefined;
  const isItsCase = and(eq(cases.caseType, 'complaint'), eq(cases.caseNo, receiptNo));
  return { kind: 'complaint', recordId: null, reportedAt: complaint.reportedAt, isItsCase };
}
