/**
 * Numbers of documents as they are spelled on record. Today's numbers have one spelling (domain/publicity/document-no.ts); what
 * earlier commits accepted is kept under the number as it was typed, and is found again by it.
 */
import { inArray } from 'drizzle-orm';
import { spellingsOf } from '../../domain/publicity/document-no.ts';
import type { Executor } from '../postgres/client.ts';
import { cases } from '../schema.ts';

/**
 * The rows, each with its number as it is on record, or as it is where none of its spellings is.
 * @param keyOf what a row is known by. @param held which of the keys the record has.
 */
export async function asOnRecord<R extends { documentNo: string }>(
  rows: readonly R[],
  keyOf: (row: R) => string,
  held: (keys: string[]) => Promise<Iterable<string>>,
): Promise<R[]> {
  const spelled = rows.map((row) => spellingsOf(row.documentNo).map((documentNo) => ({ ...row, documentNo })));
  const known = new Set(await held([...new Set(spelled.flat().map(keyOf))]));
  return rows.map((row, at) => spelled[at]!.find((one) => known.has(keyOf(one))) ?? row);
}

/** Those of the ids that are cases. */
export async function casesAmong(db: Executor, ids: readonly string[]): Promise<string[]> {
  const { caseId } = cases;
  const found = await db
    .select({ caseId })
    .from(cases)
    .where(inArray(caseId, [...ids]));
  return found.map((row) => row.caseId);
}
