/**
 * 终止 (第七条第一款): what is open of a cancelled enterprise's earlier registrations is moot. Each such case is told once,
 * through the outbox (outbox/tell-cases.ts), and ends by its own table.
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
 * Also where what is moot arrives later: a row that comes after its enterprise's cancellation opens nothing that anyone would
 * have to answer. Step by step, because a plan of one statement goes wrong on tables that a day's file has just filled.
 */
export async function lapseMootCases(tx: Executor, usccs: readonly string[]): Promise<void> {
  const cancellations = await cancellationsOf(tx, usccs);
  if (cancellations.size === 0) return;
  const open = await openCasesOf(tx, [...cancellations.keys()]);
  const moot = open.flatMap(({ caseId, uscc, ...registration }): ToldCase[] => {
    const last = cancellations.get(uscc);
    const isMoot = last && endsEarlier(last, registration);
    return isMoot ? [{ caseId, signal: 'enterpriseCancelled', args: [last.registrationNo] }] : [];
  });
  await tellLater(tx, moot);
}

/** By enterprise, the last one: what an earlier one ends, it ends too. */
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

function openCasesOf(tx: Executor, usccs: string[]) {
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
 * A round that opens while its enterprise is being cancelled. The enterprise's row is what both wait for: either the
 * cancellation meets the new round, or the round meets the cancellation.
 */
export async function lapseIfMoot(tx: Executor, opened: readonly NewCase[]): Promise<void> {
  const usccs = new Set(opened.filter(({ caseType }) => LAPSING.includes(caseType)).map(({ uscc }) => uscc));
  for (const uscc of usccs) {
    await tx.select({ uscc: enterprises.uscc }).from(enterprises).where(eq(enterprises.uscc, uscc)).for('share');
  }
  await lapseMootCases(tx, [...usccs]);
}
