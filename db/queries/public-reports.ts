/** Reports of the public with their authors, for the departments and organs that the case concerns (第十九条). */
import { eq } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { complaintReports, correctionReports } from '../schema.ts';

/** 举报. @returns undefined if there is no such receipt. */
export async function findComplaintReport(db: Database, receiptNo: string) {
  const [report] = await db.select().from(complaintReports).where(eq(complaintReports.receiptNo, receiptNo));
  return report;
}

/** 更正. @returns undefined if the department itself found the error. */
export async function findCorrectionReport(db: Database, caseId: string) {
  const [report] = await db.select().from(correctionReports).where(eq(correctionReports.caseId, caseId));
  return report;
}
