/** 举报 (第十三条第四款): what people wrote. Names, contacts and texts stay in these tables and never reach Temporal. */
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { ComplaintCategory } from '../../domain/case-types/complaint/rules.ts';
import { instant, recordedAt } from './columns.ts';

/** One row for each receipt, through whatever departments the report passes. */
export const complaintReports = pgTable('complaint_reports', {
  /** 回执号: the only means by which the public asks for progress. */
  receiptNo: text('receipt_no').primaryKey(),
  uscc: text('uscc').notNull(),
  category: text('category').$type<ComplaintCategory>().notNull(),
  reporterName: text('reporter_name'),
  contact: text('contact'),
  content: text('content').notNull(),
  reportedAt: instant('reported_at').notNull(),
  recordedAt: recordedAt(),
});
