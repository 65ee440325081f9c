/** A request that is sent twice, or sent again after its answer was lost, is carried out once. */
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { Refusal } from '../../domain/errors.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { submissions } from '../schema.ts';

export interface Submission {
  /** The Idempotency-Key. */
  key: string;
  /** Tells different requests under the same key apart. No secrets: their hash is stored. */
  content: unknown;
}

/** The hash by which two requests under the same key are compared. */
export const hashOf = (content: unknown) => createHash('sha256').update(JSON.stringify(content)).digest('hex');

export const keyReused = () =>
  new Refusal('idempotency.key-reused', '该幂等键已用于内容不同的请求', { remedy: '请换用新的幂等键' });

/**
 * Accepts a submission of the public once, however often it is sent.
 * @param accept accepts the submission within the transaction. @returns its receipt number.
 * @returns that number, or the one given before for this key.
 * @throws Refusal idempotency.key-reused
 */
export async function submitOnce(
  db: Database,
  { key, content }: Submission,
  accept: (tx: Executor) => Promise<string>,
): Promise<string> {
  const requestHash = hashOf(content);
  return db.transaction(async (tx) => {
    // A second request waits here until the first has committed or failed.
    const mine = await tx.insert(submissions).values({ key, requestHash }).onConflictDoNothing().returning();
    if (mine.length === 0) return earlierReceipt(tx, key, requestHash);
    const receiptNo = await accept(tx);
    await tx.update(submissions).set({ receiptNo }).where(eq(submissions.key, key));
    return receiptNo;
  });
}

async function earlierReceipt(tx: Executor, key: string, requestHash: string): Promise<string> {
  const [earlier] = await tx.select().from(submissions).where(eq(submissions.key, key));
  if (earlier?.requestHash !== requestHash) throw keyReused();
  return earlier.receiptNo!;
}
