/** Inserts new cases: row, first step and, for cases that an intake opens, the outbox row that starts the workflow. */
import { count, eq, sql } from 'drizzle-orm';
import type { CaseOpening, NewCase } from '../../domain/case/case.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { chunksOf } from '../postgres/chunks.ts';
import { insertRows } from '../postgres/insert-rows.ts';
import type { Executor } from '../postgres/client.ts';
import { auditLog, cases, outbox, PRIORITY, type Priority } from '../schema.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { auditActor } from './audit-actor.ts';
import type { KeptFacts } from './kept-facts.ts';
import { planFirstSteps, writeFirstSteps, type PlannedStep } from './first-steps.ts';

export const startKey = (caseId: string) => `start:${caseId}`;

/** A case to be inserted. */
interface NewRow {
  opened: NewCase;
  /** Absent when the workflow's own first step inserts the row. */
  input?: unknown;
  /** Facts for the row alone. */
  kept?: KeptFacts;
}

/** Inserts rows of cases unless they exist. Of two that insert the same case at once, the second waits here for the first. */
async function insertCaseRows(
  tx: Executor,
  rows: readonly NewRow[],
  legal: Clock['legal'],
  planned: ReadonlyMap<string, PlannedStep> = new Map(),
): Promise<Set<string>> {
  const values = rows.map(({ opened: { openedAt, facts, ...fields }, input = null, kept }) => {
    const first = planned.get(fields.caseId);
    return {
      ...fields,
      facts: { ...facts, ...kept },
      input,
      status: 'open' as const,
      openedAt: legal(openedAt),
      step: first ? 1 : 0,
      dueAt: first?.dueAt ?? null,
    };
  });
  const inserted = new Set<string>();
  for (const some of chunksOf(values)) {
    const written = await tx.execute<{ case_id: string }>(
      sql`${insertRows(cases, some)} on conflict do nothing returning case_id`,
    );
    for (const { case_id: caseId } of written.rows) inserted.add(caseId);
  }
  return inserted;
}

/** Inserts the row of a case that no intake and no other case has written: its workflow does. */
export async function insertOwnRow(tx: Executor, opened: NewCase, { legal }: Clock): Promise<void> {
  await insertCaseRows(tx, [{ opened }], legal);
}

/** A file's cases are started after those of people. */
const priorityOf = (importId: string | null): Priority => (importId === null ? PRIORITY.single : PRIORITY.file);

/**
 * Inserts cases with their first steps, unless they exist. The caller starts their workflows.
 * @param importId the file that they came with, if any.
 * @returns the ids that were really inserted. Whoever says that something was opened derives it from these.
 */
export async function insertCases(
  tx: Executor,
  openings: readonly CaseOpening[],
  clock: Clock,
  importId: string | null = null,
): Promise<Set<string>> {
  const planned = await planFirstSteps(tx, openings, clock);
  const inserted = await insertCaseRows(tx, openings, clock.legal, planned);
  await followWith(tx, inserted, planned, clock, importId);
  return inserted;
}

/** Writes the first steps of cases that were inserted, and stores the cases that follow from them. */
async function followWith(
  tx: Executor,
  inserted: ReadonlySet<string>,
  planned: ReadonlyMap<string, PlannedStep>,
  clock: Clock,
  importId: string | null,
): Promise<void> {
  const steps = [...planned].flatMap(([caseId, step]) => (inserted.has(caseId) ? [step] : []));
  if (steps.length === 0) return;
  const following = await writeFirstSteps(tx, steps, clock);
  await openCases(tx, following, clock, importId);
}

/**
 * Stores cases to be started by the dispatcher, which also works while Temporal is down.
 * @param importId the file that they came with, if any.
 * @returns the ids that were not stored before. A case that exists is not started here: whoever inserted it does that.
 */
export async function openCases(
  tx: Executor,
  starts: readonly CaseOpening[],
  clock: Clock,
  importId: string | null = null,
): Promise<Set<string>> {
  const inserted = await insertCases(tx, starts, clock, importId);
  await startLater(
    tx,
    starts.filter(({ opened }) => inserted.has(opened.caseId)),
    importId,
  );
  return inserted;
}

async function startLater(tx: Executor, starts: readonly CaseOpening[], importId: string | null): Promise<void> {
  const rows = starts.map((payload) => ({
    kind: 'start-case' as const,
    key: startKey(payload.opened.caseId),
    priority: priorityOf(importId),
    importId,
    payload,
  }));
  for (const some of chunksOf(rows)) await tx.execute(sql`${insertRows(outbox, some)} on conflict do nothing`);
}

/** A case that a person opens by hand. */
interface HandOpening {
  start: CaseOpening;
  kept: KeptFacts;
  actor: Actor;
  /** The name of the opening in the audit log, where it precedes the workflow's own first step. */
  action: string;
  article: string;
  clock: Clock;
}

/**
 * Opens a case unless it exists. Whoever inserts its row opens it, be it a person's order or a step of another case:
 * what comes second waits for the first and then finds its row.
 * @returns `known`: the case as it was opened before, if it was.
 */
export async function openOnce(
  tx: Executor,
  { start, kept, actor, action, article, clock }: HandOpening,
): Promise<{ isFresh: boolean; known?: typeof cases.$inferSelect }> {
  const { opened, input } = start;
  const { caseId, openedAt, departmentCode } = opened;
  const planned = await planFirstSteps(tx, [start], clock);
  const inserted = await insertCaseRows(tx, [{ opened, input, kept }], clock.legal, planned);
  if (!inserted.has(caseId)) {
    const [known] = await tx.select().from(cases).where(eq(cases.caseId, caseId));
    return { isFresh: false, ...(known && { known }) };
  }
  await tx.insert(auditLog).values({
    caseId,
    // Step 0 precedes the case's first step.
    step: 0,
    at: clock.legal(openedAt),
    ...auditActor(actor),
    action,
    before: null,
    after: { ...opened.facts, ...kept, departmentCode },
    article,
  });
  await followWith(tx, inserted, planned, clock, null);
  await startLater(tx, [start], null);
  return { isFresh: true };
}

/** How many cases a file has opened, and how many of them the dispatcher has yet to start. */
export async function startsOf(db: Executor, importId: string): Promise<{ cases: number; waiting: number }> {
  const [row] = await db
    .select({ cases: count(), waiting: sql<number>`count(*) filter (where ${outbox.doneAt} is null)`.mapWith(Number) })
    .from(outbox)
    .where(eq(outbox.importId, importId));
  return row!;
}

/**
 * The input of an accepted case, and whether the dispatcher has started it.
 * @returns undefined for a case that no intake opened.
 */
export async function openingOf(
  db: Executor,
  caseId: string,
): Promise<{ opening: CaseOpening; started: boolean } | undefined> {
  const [row] = await db
    .select()
    .from(outbox)
    .where(eq(outbox.key, startKey(caseId)));
  return row && { opening: row.payload as CaseOpening, started: row.doneAt !== null };
}

/** Whether the dispatcher has yet to start the case. */
export async function isStartPending(db: Executor, caseId: string): Promise<boolean> {
  const accepted = await openingOf(db, caseId);
  return accepted !== undefined && !accepted.started;
}

/**
 * Whether a case without a workflow has lost it: the dispatcher has started it, or the case that opened it should have long
 * since.
 */
export async function isStartOverdue(db: Executor, caseId: string): Promise<boolean> {
  const accepted = await openingOf(db, caseId);
  if (accepted) return accepted.started;
  const isLongAgo = sql<boolean>`${cases.recordedAt} < now() - interval '1 minute'`;
  const [row] = await db.select({ isLongAgo }).from(cases).where(eq(cases.caseId, caseId));
  return row?.isLongAgo ?? false;
}
