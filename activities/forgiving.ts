/**
 * Counts settled limits again when a calendar comes out late. Whoever answered a minute after a provisional last day is
 * judged by the same days as whoever has not answered at all: a last day that is a holiday is none (民法典第二百零三条). It never
 * makes anyone late.
 */
import { and, eq } from 'drizzle-orm';
import type { Database, Executor } from '../db/postgres/client.ts';
import { lockCase } from '../db/cases/steps.ts';
import { breachOf } from '../db/queries/breaches.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { forgivableBreaches, settledIn, type SettledLate } from '../db/queries/forgivable-breaches.ts';
import { pastTerms } from '../db/schema.ts';
import { endOfDay, legalDateOf, type LegalDate, type WorkCalendar } from '../domain/clock/calendar.ts';
import { dueOf, usedDays } from '../domain/clock/deadlines.ts';
import { withdrawBreach } from './breach-withdrawal.ts';
import { writeMovedNotice } from './notices.ts';
import { CALENDAR_ARTICLE } from './recounting.ts';

/**
 * Takes back, in the record, the breaches of settled limits that were met in time by the calendar in force.
 * @param from the first day that it counts differently.
 * @param at legal time.
 * @param onEach is called for each limit looked at.
 * @returns how many breaches were taken back.
 */
export async function forgiveSettled(
  { db, clock }: { db: Database; clock: Clock },
  from: LegalDate,
  at: Date,
  onEach = () => {},
): Promise<number> {
  const calendar = await currentCalendar(db);
  let forgiven = 0;
  for await (const late of forgivableBreaches(db, from)) {
    onEach();
    if (inTimeBy(calendar, late) && (await db.transaction((tx) => forgive(tx, late, at, clock)))) forgiven += 1;
  }
  return forgiven;
}

/** The last day by the calendar, if it is a later one and the term was settled by it; undefined where it stays late. */
function inTimeBy(calendar: WorkCalendar, { term }: SettledLate): LegalDate | undefined {
  const { due } = dueOf(calendar, term);
  return due > term.dueDate && endOfDay(due) > term.settledAt.getTime() ? due : undefined;
}

/** @returns whether the breach was taken back; not if another worker did it, or the limit began again meanwhile. */
async function forgive(tx: Executor, { table, term: known }: SettledLate, at: Date, clock: Clock): Promise<boolean> {
  const row = await lockCase(tx, known.caseId);
  const isIt = and(eq(table.caseId, known.caseId), eq(table.limitId, known.limitId), eq(table.ladder, known.ladder));
  const [found] = await tx.select().from(table).where(isIt);
  const [late] = found ? settledIn(table, found) : [];
  const calendar = await currentCalendar(tx);
  const dueDate = late && inTimeBy(calendar, late);
  const breach = late && (await breachOf(tx, late.term));
  if (!dueDate || !breach) return false;
  const { term } = late;
  const days = usedDays(calendar, term, dueDate, legalDateOf(term.settledAt.getTime()));
  const counted = { calendarVersion: calendar.version, dueDate };
  const because = { ...counted, article: CALENDAR_ARTICLE, settledAt: term.settledAt, usedDays: days };
  // A present term loses its breach with the withdrawal, which counts the breaches of all terms of the limit.
  await tx
    .update(table)
    .set({ ...counted, dueAt: new Date(endOfDay(dueDate)), ...(table === pastTerms && { breachedAt: null }) })
    .where(isIt);
  const written = await withdrawBreach(tx, row, term, { because, at, breach, newTerm: false });
  await writeMovedNotice(tx, written, term, { dueDate, at, withdrawn: breach }, clock);
  return true;
}
