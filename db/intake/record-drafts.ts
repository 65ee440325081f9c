/** Records that come with an answer to a push (第七条第三款): kept from Temporal until the answer's step accepts them. */
import { eq, sql } from 'drizzle-orm';
import type { Clock } from '../../domain/clock/clock.ts';
import { SYSTEM, type Actor } from '../../domain/organs/actor.ts';
import type { RecordInput } from '../../domain/publicity/record.ts';
import type { Executor } from '../postgres/client.ts';
import { digest } from '../records/content-hash.ts';
import { recordDrafts } from '../schema.ts';
import type { IntakeDeps } from './batch.ts';
import { acceptPlanned, planRecord, type RecordRow } from './records.ts';

/** What a workflow is told of a record. */
interface Drafted {
  recordId: string;
  documentNo: string;
  generatedOn: string;
  /** Left out: the same record is on the platform already. */
  draftId?: string;
}

/**
 * Stores a record until the case's step accepts it. The same content again is the same draft.
 * @throws Refusal as acceptRecords answers.
 */
export async function draftRecord(
  deps: IntakeDeps,
  actor: Actor,
  caseId: string,
  record: RecordInput,
): Promise<Drafted> {
  const { row, isHeld } = await planRecord(deps, actor, record);
  const { recordId, documentNo, generatedOn } = row.input;
  const named = { recordId, documentNo, generatedOn };
  if (isHeld) return named;
  const draftId = digest(JSON.stringify([caseId, recordId, row.hash]));
  await deps.db.insert(recordDrafts).values({ draftId, caseId, draft: row }).onConflictDoNothing();
  return { ...named, draftId };
}

/** Brings the record onto the platform, received with the answer, and opens its publication. */
export async function acceptDraft(
  tx: Executor,
  clock: Clock,
  { actor, now }: { actor: Actor | typeof SYSTEM; now: number },
  draftId: string,
): Promise<void> {
  const [found] = await tx.delete(recordDrafts).where(eq(recordDrafts.draftId, draftId)).returning();
  if (!found) throw new Error(`draft ${draftId} has no row`);
  if (actor === SYSTEM) throw new Error(`draft ${draftId}: the system answers no push`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- draftRecord has stored it
  await acceptPlanned(tx, clock, { actor, now }, found.draft as RecordRow);
}

/** Removes drafts of answers that were refused: of cases that are closed. An answer to such a case may be under way. */
export async function forgetOldDrafts(db: Executor): Promise<void> {
  await db.execute(sql`
    delete from record_drafts where exists (
      select from cases where cases.case_id = record_drafts.case_id and cases.status = 'closed'
    ) and recorded_at < now() - interval '1 day'`);
}
