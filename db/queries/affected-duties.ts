/** Which running limits a calendar moves: shown before publication, and used by the rollout afterwards. */
import { and, asc, eq, gt, gte, isNull, or, sql } from 'drizzle-orm';
import type { LegalDate, WorkCalendar } from '../../domain/clock/calendar.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { isRecounted, planRunning, rungDatesOf, type RungDates } from '../../domain/clock/running-limit.ts';
import type { LimitId } from '../../domain/clock/limits.ts';
import type { DeadlinePlan } from '../../domain/clock/deadlines.ts';
import type { Executor } from '../postgres/client.ts';
import { cases, deadlines, enterprises } from '../schema.ts';

interface Dates {
  dueDate: LegalDate;
  provisional: boolean;
  /** The days of the ladder: supervision may move although the due date stays. */
  rungs: RungDates;
}

export interface AffectedDuty {
  caseId: string;
  caseNo: string;
  enterpriseName: string | null;
  limitId: LimitId;
  before: Dates;
  after: Dates;
}

const PAGE = 2000;

/**
 * @param from the first day that the calendars count differently. Limits that end before it, ladder included, cannot
 * move.
 * @param today the legal day on which the recount is made.
 */
export async function* affectedDuties(
  db: Executor,
  calendar: WorkCalendar,
  from: LegalDate,
  today: LegalDate,
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
          or(gte(deadlines.dueDate, from), climbsOn(from)),
          or(
            gt(deadlines.caseId, last.caseId),
            and(eq(deadlines.caseId, last.caseId), gt(sql`${deadlines.limitId}`, last.limitId)),
          ),
        ),
      )
      .orderBy(asc(deadlines.caseId), asc(deadlines.limitId))
      .limit(PAGE);
    for (const { duty, caseNo, enterpriseName } of page) {
      // Only dates are compared, and those are the same under every clock.
      const plan = planRunning(calendar, duty, realClock, today);
      if (isRecounted(duty, plan)) yield { ...describe(duty, plan), caseNo, enterpriseName };
    }
    const end = page.at(-1);
    if (!end || page.length < PAGE) return;
    last = end.duty;
  }
}

const climbsOn = (from: LegalDate) =>
  sql`exists (select from jsonb_each_text(${deadlines.rungDates}) as ladder where ladder.value >= ${from})`;

function describe(
  duty: typeof deadlines.$inferSelect,
  plan: DeadlinePlan,
): Omit<AffectedDuty, 'caseNo' | 'enterpriseName'> {
  const { caseId, limitId, dueDate, provisional, rungDates } = duty;
  return {
    caseId,
    limitId,
    before: { dueDate, provisional, rungs: rungDates },
    after: { dueDate: plan.dueDate, provisional: plan.provisional, rungs: rungDatesOf(plan) },
  };
}

/** Lets publications run one at a time, so that each is compared with the calendar before it. */
export async function lockCalendars(tx: Executor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('calendars'))`);
}
