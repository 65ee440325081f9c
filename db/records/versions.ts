/**
 * Adds versions to a record, before its case moves on: their texts never pass through Temporal (第十九条). The workflow may
 * still refuse the command. So a version is seen, and counts, only from the step that takes it up (activities/records.ts).
 */
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { Refusal } from '../../domain/errors.ts';
import { documentNumber } from '../../domain/publicity/document-no.ts';
import { contentOf, type RecordInput } from '../../domain/publicity/record.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { findVersion } from '../queries/records.ts';
import { records, recordVersions } from '../schema.ts';
import { contentHash } from './content-hash.ts';
import type { StoredEvent } from '../../domain/publicity/record-events.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export type RecordRow = typeof records.$inferSelect;

export interface Resubmission {
  recordId: string;
  caseId: string;
  /** The version that was returned. */
  returned: number;
}

/**
 * Stores corrected content as a new version. The same content again is the same version: an earlier try may have been
 * lost on its way to the workflow. The day of generation cannot change, because both limits run from it and a department
 * must not move its own limit; once the record is shown, the day is corrected with a second person's review.
 * @returns the version's number.
 * @throws Refusal record.identity-changed for another document, enterprise or day of generation.
 */
export async function addRecordVersion(
  db: Database,
  actor: Actor,
  { recordId, caseId, returned }: Resubmission,
  input: RecordInput,
): Promise<number> {
  const draft = { ...draftOf(input), submittedBy: actor.username, caseId };
  return db.transaction(async (tx) => {
    const record = await lockRecord(tx, recordId);
    refuseAnother(record, input, '请保持与原信息一致；文书号或企业有误的，请另行归集正确的信息并说明');
    refuseAnotherDay(record, input);
    return writeVersion(tx, record, draft, ({ version: latest }) => latest > returned);
  });
}

/** While a transaction holds this lock, no other writes versions of the record. */
export async function lockRecord(tx: Executor, recordId: string): Promise<RecordRow> {
  const record = await lockIfKept(tx, recordId);
  if (!record) throw new Error(`record ${recordId} has no row`);
  return record;
}

/** The same lock. @returns undefined if the record has no row. */
export async function lockIfKept(tx: Executor, recordId: string): Promise<RecordRow | undefined> {
  const [record] = await tx.select().from(records).where(eq(records.recordId, recordId)).for('update');
  return record;
}

export type VersionRow = typeof recordVersions.$inferSelect;
type Draft = Pick<VersionRow, 'content' | 'contentHash' | 'submittedBy' | 'caseId'> & {
  withdraws?: true;
  event?: StoredEvent;
  /** Given where the same transaction opens the version's case. */
  takenUpAt?: Date;
};

/** A version's content, without its department, and its hash. */
export function draftOf(input: RecordInput) {
  const content = contentOf(input);
  return { content, contentHash: contentHash(content) };
}

/**
 * Writes a version; the record must be locked. If the case's latest version has the same content, and `isOpen` says that
 * it may stem from a lost try, that version is kept.
 * @returns the version's number.
 */
export async function writeVersion(
  tx: Executor,
  record: RecordRow,
  draft: Draft,
  isOpen: (latest: VersionRow) => boolean,
): Promise<number> {
  const latest = await findVersion(tx, record.recordId, record.version);
  const isSame =
    latest?.caseId === draft.caseId &&
    latest.contentHash === draft.contentHash &&
    latest.withdraws === (draft.withdraws ?? false);
  if (isSame && isOpen(latest)) return latest.version;
  const { recordId } = record;
  const version = record.version + 1;
  await tx.insert(recordVersions).values({ recordId, version, ...draft });
  await tx.update(records).set({ version }).where(eq(records.recordId, recordId));
  return version;
}

/** @returns the latest version that a step has taken up, other than an event's: the application that counts. */
export async function latestTakenUp(tx: Executor, recordId: string): Promise<VersionRow | undefined> {
  const [row] = await tx
    .select()
    .from(recordVersions)
    .where(
      and(eq(recordVersions.recordId, recordId), isNotNull(recordVersions.takenUpAt), isNull(recordVersions.event)),
    )
    .orderBy(desc(recordVersions.version))
    .limit(1);
  return row;
}

/** @returns undefined if the record was never shown or was withdrawn. */
export async function shownVersion(tx: Executor, recordId: string): Promise<VersionRow | undefined> {
  const isShown = and(isNotNull(recordVersions.shownFrom), isNull(recordVersions.shownUntil));
  const [row] = await tx
    .select()
    .from(recordVersions)
    .where(and(eq(recordVersions.recordId, recordId), isShown));
  return row;
}

/** @throws Refusal record.identity-changed */
export function refuseAnother(record: RecordRow, input: RecordInput, remedy: string): void {
  const { departmentCode = record.departmentCode } = input;
  const differs = [
    record.kind !== input.kind && '信息类别',
    documentNumber(record.documentNo) !== documentNumber(input.documentNo) && '文书号',
    record.uscc !== input.uscc && '统一社会信用代码',
    record.departmentCode !== departmentCode && '归集部门',
  ].filter((field) => field !== false);
  if (differs.length === 0) return;
  throw new Refusal('record.identity-changed', `更正不能更改${differs.join('、')}`, { remedy, article: '第六条' });
}

/** @throws Refusal record.identity-changed */
function refuseAnotherDay({ generatedOn }: RecordRow, input: RecordInput): void {
  if (input.generatedOn === generatedOn) return;
  throw new Refusal('record.identity-changed', `重新归集不能更改信息产生日期（原为${generatedOn}）`, {
    remedy: '归集和公示的期限自该日起算：请保持原日期，重新归集；日期确有误的，公示后即申请更正',
    article: '第五条第一款',
  });
}
