/** 撤下: the content of withdrawn documents. A document may be submitted again with other content only. */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { RecordKey } from '../../domain/publicity/record.ts';
import type { Executor } from '../postgres/client.ts';
import { records, recordVersions } from '../schema.ts';

/** By the document's key, see `keyOf`. */
export type Withdrawn = Map<string, { recordIds: Set<string>; hashes: Set<string> }>;

export const keyOf = ({ departmentCode, kind, documentNo }: RecordKey): string =>
  JSON.stringify([departmentCode, kind, documentNo]);

export async function findWithdrawn(db: Executor, documentNos: string[]): Promise<Withdrawn> {
  const found: Withdrawn = new Map();
  if (documentNos.length === 0) return found;
  const rows = await db
    .select({ record: records, hash: recordVersions.contentHash })
    .from(records)
    .innerJoin(recordVersions, eq(recordVersions.recordId, records.recordId))
    .where(
      and(
        isNotNull(records.withdrawnAt),
        isNotNull(recordVersions.shownFrom),
        inArray(records.documentNo, documentNos),
      ),
    );
  for (const { record, hash } of rows) {
    const known = found.get(keyOf(record)) ?? { recordIds: new Set(), hashes: new Set() };
    known.recordIds.add(record.recordId);
    known.hashes.add(hash);
    found.set(keyOf(record), known);
  }
  return found;
}
