/** Breaches of limits that are settled, whose last day a calendar may put off after the fact. */
import { and, asc, gte, isNotNull, sql } from 'drizzle-orm';
import type { LegalDate } from '../../domain/clock/calendar.ts';
import type { Executor } from '../postgres/client.ts';
import { deadlines, pastTerms } from '../schema.ts';

/** A term that was settled after its last day, and where it stands: with the present ones, or with those before them. */
export interface SettledLate {
  table: typeof deadlines | typeof pastTerms;
  term: typeof deadlines.$inferSelect & { settledAt: Date };
}

const PAGE = 1000;

/** @returns the term, unless it runs. */
export const settledIn = (
  table: SettledLate['table'],
  { settledAt, ...term }: typeof deadlines.$inferSelect,
): SettledLate[] => (settledAt ? [{ table, term: { ...term, settledAt } }] : []);

/**
 * Every settled term with a breach whose last day is `from` or later: the present term of each limit, and those before
 * which it began again. Page by page, in the order of a key that does not move.
 * @param from the first day that the calendars count differently.
 */
export async function* forgivableBreaches(db: Executor, from: LegalDate): AsyncGenerator<SettledLate> {
  for (const table of [deadlines, pastTerms]) {
    let last = { caseId: '', limitId: '', ladder: 0 };
    for (;;) {
      const page = await db
        .select()
        .from(table)
        .where(
          and(
            isNotNull(table.settledAt),
            isNotNull(table.breachedAt),
            gte(table.dueDate, from),
            sql`(${table.caseId}, ${table.limitId}, ${table.ladder}) > (${last.caseId}, ${last.limitId}, ${last.ladder})`,
          ),
        )
        .orderBy(asc(table.caseId), asc(table.limitId), asc(table.ladder))
        .limit(PAGE);
      yield* page.flatMap((term) => settledIn(table, term));
      const end = page.at(-1);
      if (!end || page.length < PAGE) break;
      last = end;
    }
  }
}
