/** Folds and recounts the tallies. What they count is defined once, in the functions of migration 0013. */
import { sql } from 'drizzle-orm';
import type { Database, Executor } from '../postgres/client.ts';

/** Rows that may wait: reading them costs some milliseconds, and what they undo of each other is never written. */
const MOST_WAITING = 5000;
/** Held by whoever writes tallies; fold_tallies() tries it. */
const LOCK = sql`pg_advisory_xact_lock(720167, 13)`;

/** Rows folded at once: some hundredths of a second. */
export const TALLY_PAGE = 500;

/** Folds a page of the rows that triggers have appended, if they are many. @returns how many were folded. */
export async function foldTallies(db: Executor, mostWaiting = MOST_WAITING): Promise<number> {
  const { rows } = await db.execute<{ folded: number }>(sql`
    select case when (select count(*) from (select from tally_changes limit ${mostWaiting + 1}) as waiting) > ${mostWaiting}
      then fold_tallies(${TALLY_PAGE}) else 0 end as folded`);
  return rows[0]!.folded;
}

/** A count that differs from the recount. */
export type TallyDifference = {
  grain: string;
  figure: string;
  case_type: string | null;
  department_code: string | null;
  region_code: string;
  day: string | null;
  due_at: string | null;
  detail: Record<string, unknown> | null;
  kept: number;
  recounted: number;
};

const atGrain = (source: 'tally_changes' | 'recounted_tallies', columns: string) =>
  sql.raw(`select grain, figure, case_type, case when grain in ('day', 'month', 'ever') then department_code end as department_code,
    place_at_grain(grain, region_code) as region_code, at_grain(grain, day) as day, due_at, detail, ${columns} from ${source} join tally_grains using (figure)`);

/** In one snapshot, however many steps are written meanwhile. */
const DIFFERENCES = sql`
  select grain, figure, case_type, department_code, region_code, day, due_at, detail,
    sum(kept)::int as kept, sum(recounted)::int as recounted
  from (
    select grain, figure, case_type, department_code, region_code, day, due_at, detail, count as kept, 0 as recounted from tallies
    union all ${atGrain('tally_changes', 'count as kept, 0 as recounted')}
    union all ${atGrain('recounted_tallies', '0 as kept, count as recounted')}
  ) as counted
  group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(kept) <> sum(recounted)`;

export async function tallyDifferences(db: Executor): Promise<TallyDifference[]> {
  const { rows } = await db.execute<TallyDifference>(sql`
    select grain, figure, case_type, department_code, region_code, day::text, due_at::text, detail, kept, recounted
    from (${DIFFERENCES}) as differences order by figure, grain, region_code, department_code, day`);
  return rows;
}

/**
 * Corrects the tallies by what they differ from the recount. Nobody has to wait: what steps append meanwhile comes on top
 * of it.
 * @returns the number of corrected counts.
 */
export async function correctTallies(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select ${LOCK}`);
    // All counts of years may differ: after a restore, or the first time.
    await tx.execute(sql`set local work_mem = '256MB'`);
    const { rowCount } = await tx.execute(sql`
      insert into tallies as kept (grain, figure, case_type, department_code, region_code, day, due_at, detail, count)
      select grain, figure, case_type, department_code, region_code, day, due_at, detail, recounted - kept
      from (${DIFFERENCES}) as differences
      on conflict on constraint tallies_key do update set count = kept.count + excluded.count`);
    await tx.execute(sql`delete from tallies where count = 0`);
    return rowCount ?? 0;
  });
}
