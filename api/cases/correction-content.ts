/** What a correction is about: the wrong version beside the proposed one, so that approvers see both. */
import { z } from 'zod';
import type { Database } from '../../db/postgres/client.ts';
import type { ListedCase } from '../../db/queries/cases.ts';
import { findRecord, findVersion } from '../../db/queries/records.ts';
import { publicationId } from '../../domain/case/id.ts';
import { RECORD_KINDS } from '../../domain/publicity/record-fields.ts';
import { recordVersionSchema, viewRecordVersion } from '../views/record.ts';
import type { CorrectionFacts } from '../../domain/case-types/correction/opening.ts';

const versionSchema = recordVersionSchema.pick({ version: true, fields: true });

export const correctionContentSchema = z.object({
  recordId: z.string(),
  publicationCaseId: z.string().describe('该信息的归集公示事项'),
  kindTitle: z.string(),
  documentNo: z.string(),
  shown: versionSchema.describe('有误的版本'),
  withdraws: z.boolean().describe('申请撤下，而不是更正'),
  proposed: versionSchema.optional().describe('拟更正的版本；书面申请前没有'),
});

/** For those whom the case concerns: the department that published the record, and the organs of its region. */
export async function correctionContentOf(
  db: Database,
  { caseType, facts }: ListedCase['case'],
): Promise<z.infer<typeof correctionContentSchema> | undefined> {
  if (caseType !== 'correction') return undefined;
  const { recordId = '', shownVersion, version: proposedVersion, withdraws = false }: CorrectionFacts = facts;
  const record = await findRecord(db, recordId);
  if (!record) return undefined;
  const view = async (number: number | undefined) => {
    const row = number === undefined ? undefined : await findVersion(db, recordId, number);
    return row && { version: row.version, fields: viewRecordVersion(record, row, true).fields };
  };
  const shown = await view(shownVersion);
  if (!shown) return undefined;
  return {
    recordId,
    publicationCaseId: publicationId(recordId),
    kindTitle: RECORD_KINDS[record.kind],
    documentNo: record.documentNo,
    shown,
    withdraws,
    // A withdrawal proposes no new content.
    proposed: withdraws ? undefined : await view(proposedVersion),
  };
}
