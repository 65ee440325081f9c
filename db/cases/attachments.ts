/**
 * Attachments of cases: uploaded first, taken up by a case with its command, deleted after a day if no case took them up.
 */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { Refusal } from '../../domain/errors.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { attachments } from '../schema.ts';

type Row = typeof attachments.$inferSelect;

const MOST_PER_CASE = 10;

const hash = (token: string) => createHash('sha256').update(token).digest('hex');

const contentLock = (sha256: string) => sql`hashtextextended(${sha256}, 0)`;

export interface Uploaded {
  id: string;
  /** For uploads without an account: the token with which their sender attaches them. */
  claimToken: string | null;
}

/**
 * Stores an upload's row. @param keep writes the content to the file store; no sweep deletes it before the row is
 * written.
 */
export async function recordUpload(
  db: Database,
  file: Pick<Row, 'filename' | 'mediaType' | 'size' | 'sha256' | 'uploadedBy' | 'at'>,
  keep: () => Promise<unknown>,
): Promise<Uploaded> {
  const id = randomUUID();
  const claimToken = file.uploadedBy === null ? randomBytes(24).toString('base64url') : null;
  const claimTokenHash = claimToken === null ? null : hash(claimToken);
  await db.transaction(async (tx) => {
    // A shared lock: equal uploads need not wait for each other, only for a sweep.
    await tx.execute(sql`select pg_advisory_xact_lock_shared(${contentLock(file.sha256)})`);
    await keep();
    await tx.insert(attachments).values({ ...file, id, claimTokenHash });
  });
  return { id, claimToken };
}

/** Bytes that the public uploaded and no case has taken up yet. */
export async function unclaimedBytes(db: Database): Promise<number> {
  const [row] = await db
    .select({ bytes: sql<number>`coalesce(sum(${attachments.size}), 0)::float8` })
    .from(attachments)
    .where(and(isNull(attachments.caseId), isNull(attachments.uploadedBy)));
  return row?.bytes ?? 0;
}

/** Whose uploads: an account's own, or those whose tokens are given (uploaded without an account). */
export type Claimant = { username: string } | { tokens: Record<string, string> };

/**
 * Attaches uploads to a case. Repeating it for the same case changes nothing.
 * @throws Refusal attachment.unknown for uploads of others, or already attached to another case.
 */
export async function takeUp(tx: Executor, caseId: string, ids: readonly string[], by: Claimant): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx
    .select()
    .from(attachments)
    .where(inArray(attachments.id, [...ids]))
    .for('update');
  const theirs = rows.filter((row) => row.caseId === caseId || (row.caseId === null && belongs(row, by)));
  if (theirs.length !== new Set(ids).size) {
    throw new Refusal('attachment.unknown', '附件不存在、已用于其他事项或不是您上传的', { remedy: '请重新上传后提交' });
  }
  const [{ count } = { count: 0 }] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(attachments)
    .where(eq(attachments.caseId, caseId));
  const added = theirs.filter((row) => row.caseId === null).length;
  if (count + added > MOST_PER_CASE) {
    throw new Refusal('attachment.refused', `一个事项的附件不得超过${MOST_PER_CASE}个`, { remedy: '请合并后上传' });
  }
  await tx
    .update(attachments)
    .set({ caseId })
    .where(inArray(attachments.id, [...ids]));
}

function belongs(row: Row, by: Claimant): boolean {
  if ('username' in by) return row.uploadedBy === by.username;
  const token = by.tokens[row.id];
  if (!token || !row.claimTokenHash) return false;
  return timingSafeEqual(Buffer.from(hash(token)), Buffer.from(row.claimTokenHash));
}

/** Moves attachments to the case that continues a matter. */
export async function handOver(tx: Executor, from: string, to: string): Promise<void> {
  await tx.update(attachments).set({ caseId: to }).where(eq(attachments.caseId, from));
}

export async function findAttachment(db: Database, id: string): Promise<Row | undefined> {
  const [row] = await db.select().from(attachments).where(eq(attachments.id, id));
  return row;
}

export async function attachmentsOf(db: Database, caseId: string): Promise<Row[]> {
  return db.select().from(attachments).where(eq(attachments.caseId, caseId)).orderBy(attachments.recordedAt);
}

/**
 * Deletes uploads that no case took up within a day.
 * @param remove is called with each content key that no row refers to any more.
 */
export async function sweepUploads(db: Database, remove: (key: string) => Promise<void>): Promise<void> {
  const gone = await db
    .delete(attachments)
    .where(and(isNull(attachments.caseId), lt(attachments.recordedAt, sql`now() - interval '1 day'`)))
    .returning({ sha256: attachments.sha256 });
  for (const sha256 of new Set(gone.map((row) => row.sha256))) {
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${contentLock(sha256)})`);
      const [other] = await tx.select().from(attachments).where(eq(attachments.sha256, sha256)).limit(1);
      if (!other) await remove(sha256);
    });
  }
}
