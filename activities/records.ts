/** Shows and withdraws the records (公示信息) under an enterprise's name (第五条、第十八条). */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { findVersion } from '../db/queries/records.ts';
import { records, recordVersions } from '../db/schema.ts';
import { sectionOfVersion } from '../domain/publicity/record.ts';
import type { EffectContext } from './effect-context.ts';

interface Version {
  recordId: string;
  version: number;
}

/** A version comes into being with the step of its case: from now on it is seen, and it is what the case is about. */
export async function takeUpVersion({ tx, at }: EffectContext, { recordId, version }: Version): Promise<void> {
  const record = await lock(tx, recordId);
  const [row] = await tx
    .update(recordVersions)
    .set({ takenUpAt: sql`coalesce(${recordVersions.takenUpAt}, ${at})` })
    .where(and(eq(recordVersions.recordId, recordId), eq(recordVersions.version, version)))
    .returning();
  // Under which section it will be shown. Once the record is shown, only showing another version changes this.
  if (!record || record.publishedAt || !row || row.withdraws) return;
  await tx
    .update(records)
    .set({ section: sectionOfVersion(record.kind, row.content) })
    .where(eq(records.recordId, recordId));
}

/** Shows a version from now on. A version that was shown before keeps its span: asking for it again changes nothing. */
export async function showRecord({ tx, at }: EffectContext, { recordId, version }: Version): Promise<void> {
  const record = await lock(tx, recordId);
  const row = await findVersion(tx, recordId, version);
  if (!record || !row || row.shownFrom !== null) return;
  await closeShown(tx, recordId, at);
  await tx
    .update(recordVersions)
    .set({ shownFrom: at })
    .where(and(eq(recordVersions.recordId, recordId), eq(recordVersions.version, version)));
  await tx
    .update(records)
    .set({
      publishedAt: sql`coalesce(${records.publishedAt}, ${at})`,
      section: sectionOfVersion(record.kind, row.content),
      generatedOn: String(row.content['generatedOn']),
    })
    .where(eq(records.recordId, recordId));
}

/** 撤下: the record is shown no longer. The version stays stored with the span in which it was shown. */
export async function withdrawRecord({ tx, at }: EffectContext, { recordId }: Version): Promise<void> {
  await lock(tx, recordId);
  await closeShown(tx, recordId, at);
  await tx
    .update(records)
    .set({ withdrawnAt: sql`coalesce(${records.withdrawnAt}, ${at})` })
    .where(eq(records.recordId, recordId));
}

async function closeShown(tx: EffectContext['tx'], recordId: string, at: Date): Promise<void> {
  const isShown = and(isNotNull(recordVersions.shownFrom), isNull(recordVersions.shownUntil));
  await tx
    .update(recordVersions)
    .set({ shownUntil: at })
    .where(and(eq(recordVersions.recordId, recordId), isShown));
}

/** Locks the record's row, as db/records/versions.ts does before it adds a version. */
async function lock(tx: EffectContext['tx'], recordId: string) {
  const [row] = await tx
    .select({ kind: records.kind, publishedAt: records.publishedAt })
    .from(records)
    .where(eq(records.recordId, recordId))
    .for('update');
  return row;
}
