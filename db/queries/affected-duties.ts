/** Which running limits a calendar moves: what is shown before it is published, and looked for after. */
import { and, asc, eq, gt, gte, isNull, or, sql } from 'drizzle-orm';
import type { LegalDate, WorkCalendar } from '../../domain/calendar.ts';
import { dueOf, moves } from '../../domain/deadlines.ts';
import type { Executor } from '../client.ts';
import { cases, deadlines, enterprises } from '../schema.ts';

export interface AffectedDuty {
  caseId: string;
  caseNo: string;
  enterpriseName: string | null;
  limitId: string;
  before: { dueDate: LegalDate; provisional: boolean };
  after: { dueDate: LegalDate; provisional: boolean };
}

const PAGE = 2000;

/** @param from the first day that the calendars count differently: what ends before cannot move. */
export async function* affectedDuties(
  db: Executor,
  calendar: WorkCalendar,
  from: LegalDate,
): AsyncGenerator<AffectedDuty> {
  let last = { caseId: '', limitId: '' };
  for (;;) {
    const page = await db
      .select({ duty: deadlines, caseNo: cases.caseNo, enterpriseName: enterprises.name })
      .from(deadlines)
      .innerJoin(cases, and(eq(cases.caseId, deadlines.caseId), eq(cases.status, 'open')))
      .leftJoin(enterprises, eq(enterprises.uscc, cases.uscc))
      .where(
        and(
          isNull(deadlines.settledAt),
          gte(deadlines.dueDate, from),
          or(
            gt(deadlines.caseId, last.caseId),
            and(eq(deadlines.caseId, last.caseId), gt(deadlines.limitId, last.limitId)),
          ),
        ),
      )
      .orderBy(asc(deadlines.caseId), asc(deadlines.limitId))
      .limit(PAGE);
    for (const { duty, caseNo, enterpriseName } of page) {
      const { due: dueDate, provisional } = dueOf(calendar, duty);
      const { caseId, limitId } = duty;
      const before = { dueDate: duty.dueDate, provisional: duty.provisional };
      if (!moves(before, { dueDate, provisional })) continue;
      yield { caseId, caseNo, enterpriseName, limitId, before, after: { dueDate, provisional } };
    }
    const end = page.at(-1);
    if (!end || page.length < PAGE) return;
    last = end.duty;
  }
}

/** Publications wait for each other, so that each is judged by the calendar that it follows. */
export async function lockCalendars(tx: Executor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('calendars'))`);
}
