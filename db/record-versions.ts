/** A further version of a record, written before its case moves on: its texts never pass through Temporal (第十九条). */
import { and, eq } from 'drizzle-orm';
import type { Actor } from '../domain/cases.ts';
import { Refusal } from '../domain/errors.ts';
import { contentOf, sectionOf, type RecordInput } from '../domain/record.ts';
import type { Database } from './client.ts';
import { contentHash } from './publication-intake.ts';
import { records, recordVersions } from './schema.ts';

interface Resubmission {
  recordId: string;
  caseId: string;
  /** The version that was returned. */
  returned: number;
}

/**
 * The same content again, where an earlier try was lost on its way to the workflow, is the same version.
 * @returns its number.
 * @throws Refusal record.identity-changed for another document or enterprise.
 */
export async function addRecordVersion(
  db: Database,
  actor: Actor,
  { recordId, caseId, returned }: Resubmission,
  input: RecordInput,
): Promise<number> {
  const content = contentOf(input);
  const hash = contentHash(content);
  return db.transaction(async (tx) => {
    const [record] = await tx.select().from(records).where(eq(records.recordId, recordId)).for('update');
    if (!record) throw new Error(`record ${recordId} has no row`);
    refuseAnother(record, input);
    const ofVersion = and(eq(recordVersions.recordId, recordId), eq(recordVersions.version, record.version));
    const [latest] = await tx.select().from(recordVersions).where(ofVersion);
    if (latest && latest.version > returned && latest.contentHash === hash) return latest.version;
    const version = record.version + 1;
    await tx.insert(recordVersions).values({
      recordId,
      version,
      content,
      contentHash: hash,
      submittedBy: actor.username,
      caseId,
    });
    await tx
      .update(records)
      .set({ version, section: sectionOf(input) })
      .where(eq(records.recordId, recordId));
    return version;
  });
}

function refuseAnother(record: typeof records.$inferSelect, input: RecordInput): void {
  const { departmentCode = record.departmentCode } = input;
  const differs = [
    record.kind !== input.kind && '信息类别',
    record.documentNo !== input.documentNo && '文书号',
    record.uscc !== input.uscc && '统一社会信用代码',
    record.departmentCode !== departmentCode && '归集部门',
  ].filter((field) => field !== false);
  if (differs.length === 0) return;
  throw new Refusal('record.identity-changed', `更正不能更改${differs.join('、')}`, {
    remedy: '请保持与原信息一致；文书号或企业有误的，请另行归集正确的信息并说明',
    article: '第六条',
  });
}
