/**
 * Keeps `assessed_cases`: what the audit log says of each case, month by month. A step writes nothing for it. Entries that
 * came since are found by their ids, and whoever reads an assessment reads their cases from the log itself.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { DepartmentTally } from '../../domain/oversight/assessment.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { assessedCases } from '../schema.ts';
import { activeMonths, assessedMonths, logOf, type AssessedCase } from './case-log.ts';

/** Entries of the log folded in one transaction, where nobody waits beside it. */
const PAGE = 50_000;
/** While people work: some hundredths of a second. */
const SMALL_PAGE = 300;
/** In ms. Steps take some hundredths of a second; a transaction that stays longer is waited for at the next fold. */
const LONGEST_WAIT = 2000;

/** Entries that are not folded yet, at most: ids of transactions that were rolled back count, too. */
export async function unfoldedEntries(db: Executor): Promise<number> {
  const { rows } = await db.execute<{ count: string }>(sql`
    select (case when is_called then last_value else 0 end) - through as count
    from audit_log_id_seq, assessment_progress`);
  return Number(rows[0]?.count ?? 0);
}

/** Folds a small page. @returns the entries folded; 0 if there are none, or somebody else is folding. */
export async function foldSomeAssessedCases(db: Database): Promise<number> {
  const through = await decidedThrough(db);
  return db.transaction((tx) => foldPage(tx, through, SMALL_PAGE));
}

/** Folds what every transaction has decided upon. @returns the entries folded; 0 if somebody else is folding. */
export async function foldAssessedCases(db: Database): Promise<number> {
  const through = await decidedThrough(db);
  let folded = 0;
  for (;;) {
    const page = await db.transaction((tx) => foldPage(tx, through, PAGE));
    if (page === 0) return folded;
    folded += page;
  }
}

/**
 * An id up to which no transaction can add an entry any more. Whoever has taken an id holds a lock on the table until its
 * entry is visible, or will never be: wait until those that hold one now have ended.
 */
async function decidedThrough(db: Database): Promise<number> {
  const { rows } = await db.execute<{ last: string }>(
    sql`select case when is_called then last_value else 0 end as last from audit_log_id_seq`,
  );
  const writing = sql`select virtualtransaction as id from pg_locks where locktype = 'relation' and granted
    and database = (select oid from pg_database where datname = current_database())
    and relation = 'audit_log'::regclass and mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')`;
  const writers = (await db.execute<{ id: string }>(writing)).rows.map(({ id }) => id);
  const end = Date.now() + LONGEST_WAIT;
  while (writers.length > 0) {
    const left = sql`select count(*)::int as count from (${writing}) w where id = any(${sql.param(writers)}::text[])`;
    if ((await db.execute<{ count: number }>(left)).rows[0]!.count === 0) break;
    if (Date.now() > end) return 0;
    await sleep(10);
  }
  return Number(rows[0]!.last);
}

async function foldPage(tx: Executor, decided: number, most: number): Promise<number> {
  const progress = await tx.execute<{ through: string }>(
    sql`select through from assessment_progress for update skip locked`,
  );
  const before = Number(progress.rows[0]?.through ?? decided);
  const through = Math.min(decided, before + most);
  if (through <= before) return 0;
  const { rows } = await tx.execute<{ case_id: string }>(
    sql`select distinct case_id from audit_log where id > ${before} and id <= ${through}`,
  );
  await writeAssessed(
    tx,
    rows.map((row) => row.case_id),
  );
  await tx.execute(sql`update assessment_progress set through = ${through}`);
  return through - before;
}

/** Writes what the log says of these cases now. */
async function writeAssessed(tx: Executor, caseIds: readonly string[]): Promise<void> {
  const rows: AssessedRow[] = [];
  const months = new Set<string>();
  for await (const log of logOf(tx, caseIds)) {
    rows.push(...assessedMonths(log).flatMap(rowsOf));
    for (const month of activeMonths(log)) months.add(month);
  }
  const { month, caseId, departmentCode, digest } = assessedCases;
  const before = await tx
    .select({ month, caseId, departmentCode, digest })
    .from(assessedCases)
    .where(
      sql`${month} = any(${sql.param([...months])}::text[]) and ${caseId} = any(${sql.param([...caseIds])}::text[])`,
    );
  const kept = new Map(before.map((row) => [keyOf(row), row]));
  const changed = rows.filter((row) => !kept.get(keyOf(row))?.digest.equals(row.digest));
  // A withdrawn breach may leave nothing of a case's month.
  for (const row of rows) kept.delete(keyOf(row));
  for (const gone of kept.values()) await tx.delete(assessedCases).where(isAssessed(gone));
  await putAssessed(tx, changed);
}

export type AssessedRow = typeof assessedCases.$inferSelect;
type Key = Pick<AssessedRow, 'month' | 'caseId' | 'departmentCode'>;

export const keyOf = ({ month, caseId, departmentCode }: Key) => `${month} ${departmentCode} ${caseId}`;

export const isAssessed = ({ month, caseId, departmentCode }: Key) =>
  and(
    eq(assessedCases.month, month),
    eq(assessedCases.caseId, caseId),
    eq(assessedCases.departmentCode, departmentCode),
  );

/** Inserts or replaces rows. As one parameter, because thousands of them take long to build. */
export async function putAssessed(tx: Executor, rows: readonly AssessedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries(getTableColumns(assessedCases)).map(([name, { name: column }]) => ({
    name: name as keyof AssessedRow,
    column,
  }));
  const plain = rows.map((row) => Object.fromEntries(columns.map(({ name, column }) => [column, plainly(row[name])])));
  const set = columns.map(({ column }) => `${column} = excluded.${column}`).join(', ');
  await tx.execute(sql`
    insert into assessed_cases select * from jsonb_populate_recordset(null::assessed_cases, ${JSON.stringify(plain)}::jsonb)
    on conflict (month, case_id, department_code) do update set ${sql.raw(set)}`);
}

const plainly = (value: AssessedRow[keyof AssessedRow]) =>
  Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;

export const rowsOf = ({ month, caseId, digest, tallies }: AssessedCase) =>
  tallies.map(({ shares, ...tally }) => ({
    month,
    caseId,
    digest,
    statutory: shares.statutory.total,
    statutoryGood: shares.statutory.good,
    norm: shares.norm.total,
    normGood: shares.norm.good,
    supervision: shares.supervision.total,
    supervisionGood: shares.supervision.good,
    returns: shares.returns.total,
    returnsGood: shares.returns.good,
    ...tally,
  }));

type Sums = Omit<ReturnType<typeof rowsOf>[number], 'month' | 'caseId' | 'digest'>;

/** The sums of a department as the table names them, as a tally. */
export const tallyOf = ({
  statutory,
  statutoryGood,
  norm,
  normGood,
  supervision,
  supervisionGood,
  returns,
  returnsGood,
  ...tally
}: Sums): DepartmentTally => ({
  ...tally,
  shares: {
    statutory: { total: statutory, good: statutoryGood },
    norm: { total: norm, good: normGood },
    supervision: { total: supervision, good: supervisionGood },
    returns: { total: returns, good: returnsGood },
  },
});
