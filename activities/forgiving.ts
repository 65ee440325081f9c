/**
 * Counts settled limits again when a calendar comes out late. Whoever answered a minute after a provisional last day is
 * judged by the same days as whoever has not answered at all: a last day that is a holiday is none (民法典第二百零三条). It never
 * makes anyone late.
 */
import { and, eq } from 'drizzle-orm';
import type { Database, Executor } from '../db/postgres/client.ts';
import { lockCase } from '../db/cases/steps.ts';
import { breachOf } from '../db/queries/breaches.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { forgivableBreaches, type SettledTerm } from '../db/queries/forgivable-breaches.ts';
import { deadlines, pastTerms } from '../db/schema.ts';
import { endOfDay, legalDateOf, type LegalDate } from '../domain/clock/calendar.ts';
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
export async function forgiveSettled(db: Database, from: LegalDate, at: Date, onEach = () => {}): Promise<number> {
  const calendar = await currentCalendar(db);
  let forgiven = 0;
  for await (const term of forgivableBreaches(db, from)) {
    onEach();
    const { due } = dueOf(calendar, term);
    if (due <= term.dueDate || endOfDay(due) <= term.settledAt.getTime()) continue;
    if (await db.transaction((tx) => forgive(tx, term, at))) forgiven += 1;
  }
  return forgiven;
}

/** @returns whether the breach was taken back; not if another worker did it, or the limit began again meanwhile. */
async function forgive(tx: Executor, known: SettledTerm, at: Date): Promise<boolean> {
  const row = await lockCase(tx, known.caseId);
  const term = await termOf(tx, known);
  const breach = term && (await breachOf(tx, term));
  if (!term?.settledAt || !breach) return false;
  const calendar = await currentCalendar(tx);
  const { due: dueDate } = dueOf(calendar, term);
  const { settledAt, ladder } = term;
  if (endOfDay(dueDate) <= settledAt.getTime()) return false;
  const days = usedDays(calendar, term, dueDate, legalDateOf(settledAt.getTime()));
  const counted = { calendarVersion: calendar.version, dueDate };
  const because = { ...counted, article: CALENDAR_ARTICLE, settledAt, usedDays: days };
  const written = await withdrawBreach(tx, row, term, { because, at, breach, newTerm: false });
  for (const table of [deadlines, pastTerms]) {
    const isIt = and(eq(table.caseId, term.caseId), eq(table.limitId, term.limitId), eq(table.ladder, ladder));
    const forgiven = table === pastTerms ? { breachedAt: null } : {};
    await tx
      .update(table)
      .set({ ...counted, dueAt: new Date(endOfDay(dueDate)), ...forgiven })
      .where(isIt);
  }
  await writeMovedNotice(tx, written, term, { dueDate, at, withdrawn: breach });
  return true;
}

async function termOf(tx: Executor, { caseId, limitId, ladder }: SettledTerm): Promise<SettledTerm | undefined> {
  for (const table of [deadlines, pastTerms]) {
    const isIt = and(eq(table.caseId, caseId), eq(table.limitId, limitId), eq(table.ladder, ladder));
    const [term] = await tx.select().from(table).where(isIt);
    if (term?.settledAt) return { ...term, settledAt: term.settledAt };
  }
  return undefined;
}
