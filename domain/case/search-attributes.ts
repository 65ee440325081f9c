/**
 * What a supervisor can filter cases by. SQL visibility allows ten Keyword and three Datetime attributes; overdue is
 * derived from DueAt, not stored. Registered at start-up by scripts/lib/search-attributes.ts.
 */
export const SEARCH_ATTRIBUTES = {
  CaseType: 'Keyword',
  CaseStatus: 'Keyword',
  Region: 'Keyword',
  Department: 'Keyword',
  CaseNo: 'Keyword',
  Stage: 'Keyword',
  DueAt: 'Datetime',
} as const satisfies Record<string, 'Keyword' | 'Datetime'>;

/** Finds the cases that run in Temporal. Only those of this installation: other installations may share the namespace. */
export const runningCases = (taskQueue: string): string =>
  `CaseStatus='open' AND ExecutionStatus='Running' AND TaskQueue='${taskQueue}'`;
