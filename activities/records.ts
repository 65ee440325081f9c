/** What is shown under an enterprise's name, and until when (第五条、第十八条). */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { records, recordVersions } from '../db/schema.ts';
import type { EffectContext } from './case-effects.ts';

export async function showRecord(
  { tx, at }: EffectContext,
  { recordId, version }: { recordId: string; version: number },
): Promise<void> {
  const ofRecord = eq(recordVersions.recordId, recordId);
  await tx
    .update(recordVersions)
    .set({ shownUntil: at })
    .where(and(ofRecord, isNotNull(recordVersions.shownFrom), isNull(recordVersions.shownUntil)));
  await tx
    .update(recordVersions)
    .set({ shownFrom: at })
    .where(and(ofRecord, eq(recordVersions.version, version)));
  await tx
    .update(records)
    .set({ publishedAt: sql`coalesce(${records.publishedAt}, ${at})` })
    .where(eq(records.recordId, recordId));
}
