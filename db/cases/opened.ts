/** Inserts new cases: the row and, for cases that an intake opens, the outbox row that starts the workflow. */
import { eq, sql } from 'drizzle-orm';
import type { CaseOpening } from '../../domain/case/case.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Executor } from '../postgres/client.ts';
import { auditLog, cases, outbox } from '../schema.ts';
import type { Actor, SYSTEM } from '../../domain/organs/actor.ts';

const startKey = (caseId: string) => `start:${caseId}`;

/** `input` is absent when the workflow's own first step inserts the row. */
type Opening = Pick<CaseOpening, 'opened'> & Partial<Pick<CaseOpening, 'input'>>;

/**
 * Inserts rows unless they exist: intakes and parent cases write them before the workflow's own first step. Of two that
 * insert the same case at once, the second waits here for the first.
 * @returns the ids that were really inserted. Whoever says that something was opened derives it from these.
 */
export async function insertCases(
  tx: Executor,
  openings: readonly Opening[],
  legal: Clock['legal'],
): Promise<Set<string>> {
  const rows = openings.map(({ opened: { openedAt, ...fields }, input = null }) => ({
    ...fields,
    input,
    status: 'open' as const,
    openedAt: legal(openedAt),
  }));
  const inserted = new Set<string>();
  for (const some of chunksOf(rows)) {
    const written = await tx.insert(cases).values(some).onConflictDoNothing().returning({ caseId: cases.caseId });
    for (const { caseId } of written) inserted.add(caseId);
  }
  return inserted;
}

/**
 * Stores cases to be opened by the dispatcher, which also works while Temporal is down.
 * @returns the ids that were not stored before. A case that exists is not started here: whoever inserted it does that.
 */
export async function openCases(
  tx: Executor,
  starts: readonly CaseOpening[],
  legal: Clock['legal'],
): Promise<Set<string>> {
  const inserted = await insertCases(tx, starts, legal);
  await startLater(
    tx,
    starts.filter(({ opened }) => inserted.has(opened.caseId)),
  );
  return inserted;
}

async function startLater(tx: Executor, starts: readonly CaseOpening[]): Promise<void> {
  const rows = starts.map((payload) => ({
    kind: 'start-case' as const,
    key: startKey(payload.opened.caseId),
    payload,
  }));
  for (const some of chunksOf(rows)) await tx.insert(outbox).values(some).onConflictDoNothing();
}

/** A case that a person opens by hand. */
interface HandOpening {
  start: CaseOpening;
  /** Facts for the case's row alone: neither the workflow nor its history learns them (第十九条). */
  kept: Record<string, unknown>;
  actor: Actor;
  /** The name of the opening in the audit log, where it precedes the workflow's own first step. */
  action: string;
  article: string;
  legal: Clock['legal'];
}

/**
 * Opens a case unless it exists. Whoever inserts its row opens it, be it a person's order or a step of another case:
 * what comes second waits for the first and then finds its row.
 * @returns `known`: the case as it was opened before, if it was.
 */
export async function openOnce(
  tx: Executor,
  { start, kept, actor, action, article, legal }: HandOpening,
): Promise<{ isFresh: boolean; known?: typeof cases.$inferSelect }> {
  const { caseId, openedAt, departmentCode } = start.opened;
  const facts = { ...start.opened.facts, ...kept };
  const inserted = await insertCases(tx, [{ opened: { ...start.opened, facts }, input: start.input }], legal);
  if (!inserted.has(caseId)) {
    const [known] = await tx.select().from(cases).where(eq(cases.caseId, caseId));
    return { isFresh: false, ...(known && { known }) };
  }
  await tx.insert(auditLog).values({
    caseId,
    // Step 0 precedes the first step of the workflow.
    step: 0,
    at: legal(openedAt),
    ...auditActor(actor),
    action,
    before: null,
    after: { ...facts, departmentCode },
    article,
  });
  await startLater(tx, [start]);
  return { isFresh: true };
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

/** The author of an entry of the audit log: a person, the system, or the public without an account. */
export function auditActor(by: Actor | typeof SYSTEM | 'public') {
  if (typeof by === 'string') return { actor: by, actorRole: by, actorDepartment: null };
  return { actor: by.username, actorRole: by.role, actorDepartment: by.departmentCode };
}
