/** 举报和投诉 (第十三条第四款): what people wrote. Names, contacts and texts stay in these tables and never reach Temporal. */
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import type { ComplaintCategory } from '../../domain/case-types/complaint/rules.ts';
import type { Matter } from '../../domain/rule-sets/complaint-terms.ts';
import { instant, pairsOf, recordedAt } from './columns.ts';

/** One row for each receipt, through whatever departments the report passes. */
export const complaintReports = pgTable(
  'complaint_reports',
  {
    /** 回执号: the only means by which the public asks for progress. */
    receiptNo: text('receipt_no').primaryKey(),
    matter: text('matter').$type<Matter>().notNull().default('report'),
    /** Null for a trader without a credit code: then name and place tell which one it is. */
    uscc: text('uscc'),
    traderName: text('trader_name'),
    traderPlace: text('trader_place'),
    category: text('category').$type<ComplaintCategory>().notNull(),
    /** What the trader deals in, in the reporter's words. */
    business: text('business'),
    reporterName: text('reporter_name'),
    contact: text('contact'),
    content: text('content').notNull(),
    reportedAt: instant('reported_at').notNull(),
    recordedAt: recordedAt(),
  },
  // Search of cases by the trader's name (db/queries/case-search.ts).
  (t) => [index('complaint_reports_trader_pairs').using('gin', pairsOf(t.traderName))],
);
