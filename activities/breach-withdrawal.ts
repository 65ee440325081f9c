/**
 * Takes back a breach that turns out to be none: a new calendar puts the last day off, or what met the limit had arrived
 * before it ended. Nothing is deleted: statistics and assessment read the withdrawal beside the breach.
 */
import type { Clock } from '../domain/clock/clock.ts';
import { and, eq, min } from 'drizzle-orm';
import type { Executor } from '../db/postgres/client.ts';
import { breachOf, type Breach } from '../db/queries/breaches.ts';
import { isNotWithdrawn } from '../db/queries/case-filter.ts';
import { deadlines, rungs } from '../db/schema.ts';
import { writeStep, type CaseRow, type StepEntry } from '../db/cases/steps.ts';
import { WITHDRAWN } from '../domain/clock/limits.ts';
import { SYSTEM } from '../domain/organs/actor.ts';
import type { LimitChange } from '../domain/case/case-step.ts';
import type { LegalDate } from '../domain/clock/calendar.ts';
import type { DeadlineRow } from './deadlines.ts';
import { writeWithdrawnNotice } from './notices.ts';

/** 数据电文进入特定系统的首次时间，为其接收时间 */
const ARRIVAL_ARTICLE = '电子签名法第十一条';

/** The changes by which a deed in time keeps a limit from being breached. */
const PREVENTING: readonly LimitChange['change'][] = ['settle', 'suspend', 'extend'];

interface Withdrawal {
  breach: Breach;
  /** Why it is none, for the audit log: the article, and the calendar or the arrival. */
  because: { article: string } & (
    | { calendarVersion: string }
    /** The limit was settled before its new last day ended. */
    | { calendarVersion: string; dueDate: LegalDate; settledAt: Date; usedDays: number }
    | { arrivedAt: Date }
  );
  /** Legal time. */
  at: Date;
  /** Whether the limit runs on, so that the ladder is climbed again. */
  newTerm: boolean;
}

/**
 * Takes back the breaches that fired although the deed that ends or interrupts their limits had arrived before: no worker
 * ran when it arrived, or the answer asked for another attempt. `late` is judged by the arrival, so the record must agree.
 * @param limits the case's limits as they stand. @returns the same row where nothing was taken back.
 */
export async function withdrawPrevented(
  tx: Executor,
  row: CaseRow,
  changes: readonly LimitChange[],
  limits: readonly DeadlineRow[],
  { at, doneAt }: { at: Date; doneAt: Date },
  clock: Clock,
): Promise<CaseRow> {
  if (doneAt >= at) return row;
  let written = row;
  const prevented = changes.filter(({ change }) => PREVENTING.includes(change));
  for (const { limitId, change } of prevented) {
    const deadline = limits.find((one) => one.limitId === limitId);
    const breach = deadline && doneAt < deadline.dueAt ? await breachOf(tx, deadline) : undefined;
    if (!breach) continue;
    const because = { article: ARRIVAL_ARTICLE, arrivedAt: doneAt };
    // A settled limit climbs its ladder no more, and an extension begins a new term in any case.
    const withdrawal = { because, at, breach, newTerm: change === 'suspend' };
    written = await withdrawBreach(tx, written, deadline!, withdrawal);
    await writeWithdrawnNotice(tx, written, deadline!, { at, breach }, clock);
  }
  return written;
}

/** Writes the withdrawal as a step of its own. A supervision that the breach opened stays open until its supervisor closes it. */
export async function withdrawBreach(
  tx: Executor,
  row: CaseRow,
  { caseId, limitId, ladder: term }: DeadlineRow,
  { because: { article, ...because }, at, breach, newTerm }: Withdrawal,
): Promise<CaseRow> {
  const ofLimit = and(eq(rungs.caseId, caseId), eq(rungs.limitId, limitId), eq(rungs.rung, 'due'));
  await tx.insert(rungs).values({ caseId, limitId, ladder: term, rung: WITHDRAWN, dueAt: breach.dueAt, firedAt: at });
  const [left] = await tx
    .select({ breachedAt: min(rungs.dueAt) })
    .from(rungs)
    .where(and(ofLimit, isNotWithdrawn));
  await tx
    .update(deadlines)
    .set({ ...(newTerm && { ladder: term + 1 }), breachedAt: left?.breachedAt ?? null })
    .where(and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId)));
  const [first] = await tx
    .select({ breachedAt: min(deadlines.breachedAt) })
    .from(deadlines)
    .where(eq(deadlines.caseId, caseId));
  const breachedAt = first?.breachedAt ?? null;
  const step: StepEntry = {
    token: `withdrawn:${limitId}:${term}`,
    at,
    actor: SYSTEM,
    action: 'breach.withdrawn',
    article,
    before: { stage: row.stage, limitId, dueAt: breach.dueAt.toISOString() },
    // Dated by the cancelled breach, so that both rows are found in the same month.
    after: {
      stage: row.stage,
      limitId,
      dueAt: breach.dueAt.toISOString(),
      ...because,
      ladder: newTerm ? term + 1 : term,
    },
  };
  return writeStep(tx, row, step, { breachedAt });
}
