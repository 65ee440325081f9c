/** Receives, shows and withdraws the records (公示信息) under an enterprise's name (第五条、第十八条、第十九条). */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { tellPushes } from '../db/intake/records.ts';
import { findVersion } from '../db/queries/records.ts';
import { contentAsShown } from '../db/records/event-versions.ts';
import { contentHash } from '../db/records/content-hash.ts';
import { lockIfKept, shownVersion } from '../db/records/versions.ts';
import { departments, records, recordVersions } from '../db/schema.ts';
import { legalDateOf } from '../domain/clock/calendar.ts';
import { publicityEnd } from '../domain/publicity/publicity-end.ts';
import { sectionOfVersion } from '../domain/publicity/record.ts';
import type { EffectContext } from './effect-context.ts';

interface Version {
  recordId: string;
  version: number;
}

/** The record has arrived on the platform: its department has let it go. */
export async function receiveRecord({ tx, at }: EffectContext, { recordId }: { recordId: string }): Promise<void> {
  const record = await lockIfKept(tx, recordId);
  if (!record || record.receivedAt) return;
  await tx.update(records).set({ receivedAt: at }).where(eq(records.recordId, recordId));
  await tellPushes(tx, [record]);
}

/** A version comes into being with the step of its case: from now on it is seen, and it is what the case is about. */
export async function takeUpVersion({ tx, at }: EffectContext, { recordId, version }: Version): Promise<void> {
  const record = await lockIfKept(tx, recordId);
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

/**
 * Shows a version from now on, until the day on which its publicity ends. A version that was shown before keeps its span:
 * asking for it again changes nothing. An event of a record that was withdrawn or has ended meanwhile shows nothing.
 */
export async function showRecord({ tx, at }: EffectContext, { recordId, version }: Version): Promise<void> {
  const record = await lockIfKept(tx, recordId);
  const row = await findVersion(tx, recordId, version);
  if (!record || !row || row.shownFrom !== null) return;
  const before = await shownVersion(tx, recordId);
  const content = await contentAsShown(tx, record, row, before);
  if (!content) return;
  const on = legalDateOf(at.getTime());
  const end = publicityEnd({
    kind: record.kind,
    sector: await sectorOf(tx, record.departmentCode),
    content,
    event: row.event?.event,
    publishedOn: record.publishedAt ? legalDateOf(record.publishedAt.getTime()) : on,
    on,
    before: before?.publicUntil ? { until: before.publicUntil, basis: before.publicBasis ?? '' } : undefined,
  });
  await closeShown(tx, recordId, at);
  await tx
    .update(recordVersions)
    .set({
      shownFrom: at,
      content,
      contentHash: contentHash(content),
      publicUntil: end?.until ?? null,
      publicBasis: end?.basis ?? null,
    })
    .where(and(eq(recordVersions.recordId, recordId), eq(recordVersions.version, version)));
  await tx
    .update(records)
    .set({
      publishedAt: sql`coalesce(${records.publishedAt}, ${at})`,
      section: sectionOfVersion(record.kind, content),
      generatedOn: String(content['generatedOn']),
    })
    .where(eq(records.recordId, recordId));
}

/** 撤下: the record is shown no longer. The version stays stored with the span in which it was shown. */
export async function withdrawRecord({ tx, at }: EffectContext, { recordId }: Version): Promise<void> {
  await lockIfKept(tx, recordId);
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

async function sectorOf(tx: EffectContext['tx'], departmentCode: string): Promise<string> {
  const { code, sector } = departments;
  const [department] = await tx.select({ sector }).from(departments).where(eq(code, departmentCode));
  return department?.sector ?? '';
}
