/** Compares the rollups with what they are derived from, and corrects them. */
import { isDeepStrictEqual } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import type { Database, Executor } from '../postgres/client.ts';
import { assessedCases } from '../schema.ts';
import { foldAssessedCases, isAssessed, keyOf, putAssessed, rowsOf, type AssessedRow } from './assessed-cases.ts';
import { activeCases, assessedIn, logOf } from './case-log.ts';
import { correctTallies, foldTallies, tallyDifferences, type TallyDifference } from './tallies.ts';

/** What is kept of a case's month about a department, and what the log says; undefined for nothing. */
export interface AssessedDifference {
  kept: AssessedRow | undefined;
  recounted: AssessedRow | undefined;
}

interface Differences {
  tallies: TallyDifference[];
  assessed: AssessedDifference[];
}

/** Compares everything, and changes nothing. Entries that are not folded yet are no difference. */
export async function findDifferences(db: Database): Promise<Differences> {
  const tallies = await tallyDifferences(db);
  const assessed: AssessedDifference[] = [];
  for (const month of await monthsOf(db)) {
    const inSnapshot = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;
    assessed.push(...(await db.transaction((tx) => assessedDifferences(tx, month), inSnapshot)));
  }
  return { tallies, assessed };
}

/** Corrects what differs while steps go on. @returns how many rows were wrong. */
export async function correctRollups(db: Database): Promise<{ tallies: number; assessed: number }> {
  await foldTallies(db, 0);
  await foldAssessedCases(db);
  const tallies = await correctTallies(db);
  let assessed = 0;
  for (const month of await monthsOf(db)) {
    assessed += await db.transaction(async (tx) => {
      // Nobody folds meanwhile.
      await tx.execute(sql`select from assessment_progress for update`);
      const wrong = await assessedDifferences(tx, month);
      for (const { kept, recounted } of wrong)
        if (kept && !recounted) await tx.delete(assessedCases).where(isAssessed(kept));
      await putAssessed(
        tx,
        wrong.flatMap(({ recounted }) => recounted ?? []),
      );
      return wrong.length;
    });
  }
  return { tallies, assessed };
}

/** The months of which the log or the rollup may say something. */
async function monthsOf(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ month: string }>(sql`
    select distinct month from assessed_cases
    union select to_char(m, 'YYYY-MM') from (select min(at) as first, max(at) as last from audit_log) as log,
      generate_series(date_trunc('month', legal_day(first)), legal_day(last), interval '1 month') as m
    order by 1`);
  return rows.map(({ month }) => month);
}

async function assessedDifferences(tx: Executor, month: string): Promise<AssessedDifference[]> {
  const unfolded = await tx.execute<{ case_id: string }>(sql`
    select distinct case_id from audit_log where id > (select through from assessment_progress)`);
  const passedOver = new Set(unfolded.rows.map((row) => row.case_id));
  const rows = await tx.select().from(assessedCases).where(eq(assessedCases.month, month));
  const kept = new Map(rows.filter(({ caseId }) => !passedOver.has(caseId)).map((row) => [keyOf(row), row]));
  const differences: AssessedDifference[] = [];
  const { ids, known } = await activeCases(tx, month);
  const compared = ids.filter((id) => !passedOver.has(id));
  for await (const log of logOf(tx, compared, known)) {
    for (const recounted of assessedIn(month, log).flatMap(rowsOf)) {
      const row = kept.get(keyOf(recounted));
      kept.delete(keyOf(recounted));
      if (!isDeepStrictEqual(row, recounted)) differences.push({ kept: row, recounted });
    }
  }
  return [...differences, ...[...kept.values()].map((row) => ({ kept: row, recounted: undefined }))];
}
