/**
 * 终止 (第七条第一款): open cases about earlier registrations of a cancelled enterprise are moot. Each is told once, through the
 * outbox (outbox/tell-cases.ts), and its own table ends it.
 */
import { and, eq, inArray } from 'drizzle-orm';
import type { ToldCase } from '../../domain/case/effects.ts';
import type { NewCase } from '../../domain/case/case.ts';
import { endsEarlier } from '../../domain/registration/changes.ts';
import { CASE_TYPE_IDS, TRANSITIONS } from '../../domain/case-types/case-types.ts';
import type { Executor } from '../postgres/client.ts';
import { cases, enterprises, registrations } from '../schema.ts';
import { tellLater } from '../cases/told.ts';

const LAPSING = CASE_TYPE_IDS.filter((caseType) => 'lapse' in TRANSITIONS[caseType]);

/**
 * Tells the moot cases of these enterprises, also cases of a registration that arrives after the cancellation.
 * Two queries and a comparison: on tables that a day's file has just filled, PostgreSQL chooses a bad plan for one
 * statement.
 */
export async function lapseMootCases(tx: Executor, usccs: readonly string[]): Promise<void> {
  const cancellations = await cancellationsOf(tx, usccs);
  if (cancellations.size === 0) return;
  const open = await unfinishedCases(tx, [...cancellations.keys()]);
  const moot = open.flatMap(({ caseId, uscc, ...registration }): ToldCase[] => {
    const last = cancellations.get(uscc ?? '');
    const isMoot = last && endsEarlier(last, registration);
    return isMoot ? [{ caseId, signal: 'enterpriseCancelled', args: [last.registrationNo] }] : [];
  });
  await tellLater(tx, moot);
}

/** The last cancellation of each enterprise; it also ends what an earlier one ended. */
async function cancellationsOf(tx: Executor, usccs: readonly string[]) {
  const { registrationNo, uscc, registeredOn, event } = registrations;
  if (usccs.length === 0) return new Map<string, { registrationNo: string; registeredOn: string }>();
  const rows = await tx
    .select({ uscc, registrationNo, registeredOn })
    .from(registrations)
    .where(and(inArray(uscc, [...new Set(usccs)]), eq(event, 'cancel')))
    .orderBy(registeredOn, registrationNo);
  return new Map(rows.map((row) => [row.uscc, row]));
}

function unfinishedCases(tx: Executor, usccs: string[]) {
  const { caseId, caseNo, caseType, uscc, status } = cases;
  const { registrationNo, registeredOn, event } = registrations;
  return tx
    .select({ caseId, uscc, registeredOn, event })
    .from(cases)
    .innerJoin(registrations, eq(registrationNo, caseNo))
    .where(and(inArray(uscc, usccs), eq(status, 'open'), inArray(caseType, LAPSING)))
    .orderBy(caseId);
}

/**
 * For rounds that open while their enterprise is being cancelled. Both transactions lock the enterprise's row: whichever
 * comes second sees what the other wrote.
 */
export async function lapseIfMoot(tx: Executor, opened: readonly NewCase[]): Promise<void> {
  const usccs = new Set(opened.flatMap(({ caseType, uscc }) => (LAPSING.includes(caseType) && uscc ? [uscc] : [])));
  for (const uscc of usccs) {
    await tx.select({ uscc: enterprises.uscc }).from(enterprises).where(eq(enterprises.uscc, uscc)).for('share');
  }
  await lapseMootCases(tx, [...usccs]);
}
