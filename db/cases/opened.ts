/** Inserts new cases: the row and, for cases that an intake opens, the outbox row that starts the workflow. */
import { and, eq, inArray } from 'drizzle-orm';
import type { CaseOpening } from '../../domain/case/case.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Executor } from '../postgres/client.ts';
import { auditLog, cases, outbox } from '../schema.ts';
import type { Actor, SYSTEM } from '../../domain/organs/actor.ts';

const startKey = (caseId: string) => `start:${caseId}`;

/** `input` is absent when the workflow's own first step inserts the row. */
type Opening = Pick<CaseOpening, 'opened'> & Partial<Pick<CaseOpening, 'input'>>;

/** Inserts rows unless they exist: intakes and parent cases write them before the workflow's own first step. */
export async function insertCases(tx: Executor, openings: readonly Opening[], legal: Clock['legal']): Promise<void> {
  const rows = openings.map(({ opened: { openedAt, ...fields }, input = null }) => ({
    ...fields,
    input,
    status: 'open' as const,
    openedAt: legal(openedAt),
  }));
  for (const some of chunksOf(rows)) await tx.insert(cases).values(some).onConflictDoNothing();
}

/**
 * Stores cases to be opened by the dispatcher, which also works while Temporal is down.
 * @returns the ids that were not stored before.
 */
export async function openCases(tx: Executor, starts: CaseOpening[], legal: Clock['legal']): Promise<Set<string>> {
  const ids = new Map(starts.map(({ opened: { caseId } }) => [startKey(caseId), caseId]));
  const accepted = new Set<string>();
  for (const some of chunksOf(await neverClosed(tx, starts))) {
    const written = await tx
      .insert(outbox)
      .values(some.map((payload) => ({ kind: 'start-case' as const, key: startKey(payload.opened.caseId), payload })))
      .onConflictDoNothing()
      .returning({ key: outbox.key });
    for (const { key } of written) accepted.add(ids.get(key)!);
  }
  await insertCases(tx, starts, legal);
  return accepted;
}

/** Leaves out the cases that were closed: their outbox rows may be forgotten (db/queries/outbox.ts). */
async function neverClosed(tx: Executor, starts: CaseOpening[]): Promise<CaseOpening[]> {
  const closed = new Set<string>();
  for (const some of chunksOf(starts)) {
    const ids = some.map(({ opened }) => opened.caseId);
    const rows = await tx
      .select({ caseId: cases.caseId })
      .from(cases)
      .where(and(inArray(cases.caseId, ids), eq(cases.status, 'closed')));
    for (const { caseId } of rows) closed.add(caseId);
  }
  return starts.filter(({ opened }) => !closed.has(opened.caseId));
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
 * Opens a case unless it exists. Whoever writes step 0 of the audit log first opens it; requests at the same time wait
 * there for the first.
 * @returns `known`: the case as it was opened before, if it was.
 */
export async function openOnce(
  tx: Executor,
  { start, kept, actor, action, article, legal }: HandOpening,
): Promise<{ isFresh: boolean; known?: typeof cases.$inferSelect }> {
  const { caseId, openedAt, departmentCode } = start.opened;
  const facts = { ...start.opened.facts, ...kept };
  const find = async () => (await tx.select().from(cases).where(eq(cases.caseId, caseId)))[0];
  const before = await find();
  if (before) return { isFresh: false, known: before };
  const written = await tx
    .insert(auditLog)
    .values({
      caseId,
      step: 0,
      at: legal(openedAt),
      ...auditActor(actor),
      action,
      before: null,
      after: { ...facts, departmentCode },
      article,
    })
    .onConflictDoNothing()
    .returning({ id: auditLog.id });
  if (written.length === 0) return { isFresh: false, known: await find() };
  await insertCases(tx, [{ opened: { ...start.opened, facts }, input: start.input }], legal);
  await openCases(tx, [start], legal);
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

/** The author of an entry of the audit log: a person, the system, or the public without an account. */
export function auditActor(by: Actor | typeof SYSTEM | 'public') {
  if (typeof by === 'string') return { actor: by, actorRole: by, actorDepartment: null };
  return { actor: by.username, actorRole: by.role, actorDepartment: by.departmentCode };
}
