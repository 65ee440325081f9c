/**
 * Numbers of documents as they are spelled on record. Today's numbers have one spelling (domain/publicity/document-no.ts); what
 * earlier commits accepted is kept under the number as it was typed, and is found again by it.
 */
import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { spellingsOf } from '../../domain/publicity/document-no.ts';
import type { Executor } from '../postgres/client.ts';

/**
 * The rows, each with its number as it is on record, or as it is where none of its spellings is.
 * @param id the column that holds what a row is known by. @param idOf what that is.
 */
export async function asOnRecord<R extends { documentNo: string }>(
  db: Executor,
  id: PgColumn,
  rows: readonly R[],
  idOf: (row: R) => string,
): Promise<R[]> {
  const spelled = rows.map((row) => spellingsOf(row.documentNo).map((documentNo) => ({ ...row, documentNo })));
  const ids = [...new Set(spelled.flat().map(idOf))];
  const found = await db
    .select({ id })
    .from(id.table)
    .where(sql`${id} = any(${sql.param(ids)}::text[])`);
  const known = new Set<unknown>(found.map((row) => row.id));
  return rows.map((row, at) => spelled[at]!.find((one) => known.has(idOf(one))) ?? row);
}
