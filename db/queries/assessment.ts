/**
 * 考核 (第十六条), computed from the audit log alone: for the API from what is kept of each case (db/rollups/), and for
 * `npm run assess` from the log itself. Both must say the same.
 */
import { createHash } from 'node:crypto';
import { and, eq, getTableColumns, like, sql, sum, type SQL } from 'drizzle-orm';
import {
  addTallies,
  assessTallies,
  type Assessment,
  type DepartmentAssessment,
  type DepartmentTally,
} from '../../domain/oversight/assessment.ts';
import { regionPrefix } from '../../domain/organs/region-code.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { foldAssessedCases, tallyOf, unfoldedEntries } from '../rollups/assessed-cases.ts';
import { activeCases, assessedIn, assessedMonths, logOf, type AssessedCase } from '../rollups/case-log.ts';
import { assessedCases, departments } from '../schema.ts';

export interface AssessmentScope {
  /** E.g. 2026-11. */
  month: string;
  /** Only departments of this region and below. */
  regionCode?: string;
  departmentCode?: string;
}

export interface ReproducibleAssessment extends Assessment {
  /** SHA-256 over the rows of the audit log that were used: the same digest means the same score. */
  digest: string;
  departments: (DepartmentAssessment & { departmentName: string })[];
}

/** Entries that are read from the log at most; with more, they are folded first. */
const MOST_UNFOLDED = 2000;

/** One snapshot of the log for all queries. */
const SNAPSHOT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

/** The assessment of a month, with the digest of the log that it was computed from. */
export async function assessMonth(db: Database, scope: AssessmentScope): Promise<ReproducibleAssessment> {
  if ((await unfoldedEntries(db)) > MOST_UNFOLDED) await foldAssessedCases(db);
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ case_id: string }>(sql`
      select distinct case_id from audit_log where id > (select through from assessment_progress)`);
    const unfolded = rows.map((row) => row.case_id);
    const fresh: AssessedCase[] = [];
    for await (const log of logOf(tx, unfolded))
      fresh.push(...assessedMonths(log).flatMap((one) => inScope(scope, one)));
    const kept = and(within(scope), sql`${assessedCases.caseId} <> all(${sql.param(unfolded)}::text[])`);
    const tallies = [...(await keptTallies(tx, kept)), ...fresh.flatMap((one) => one.tallies)];
    return named(tx, scope, tallies, await digestOf(tx, kept, fresh));
  }, SNAPSHOT);
}

/** The same, read from the log alone: the recount, which takes as long as the log of the month is. */
export async function assessFromLog(db: Database, scope: AssessmentScope): Promise<ReproducibleAssessment> {
  return db.transaction(async (tx) => {
    const hash = createHash('sha256');
    const tallies: DepartmentTally[] = [];
    const { known, ids } = await activeCases(tx, scope.month);
    for await (const log of logOf(tx, ids, known)) {
      for (const one of assessedIn(scope.month, log).flatMap((own) => inScope(scope, own))) {
        hash.update(one.digest);
        tallies.push(...one.tallies);
      }
    }
    return named(tx, scope, tallies, hash.digest('hex'));
  }, SNAPSHOT);
}

async function named(
  tx: Executor,
  { month }: AssessmentScope,
  tallies: readonly DepartmentTally[],
  digest: string,
): Promise<ReproducibleAssessment> {
  const assessment = assessTallies(month, addTallies(tallies));
  const names = await namesOf(tx, assessment);
  const withNames = assessment.departments.map((one) => ({
    ...one,
    departmentName: names.get(one.departmentCode) ?? one.departmentCode,
  }));
  return { ...assessment, departments: withNames, digest };
}

/** The case with what it says about the departments asked for; nothing if that is nothing. */
function inScope({ month, regionCode, departmentCode }: AssessmentScope, one: AssessedCase): AssessedCase[] {
  if (one.month !== month) return [];
  const isIn = ({ departmentCode: code }: DepartmentTally) =>
    (departmentCode === undefined || code === departmentCode) &&
    (regionCode === undefined || code.startsWith(regionPrefix(regionCode)));
  const tallies = one.tallies.filter(isIn);
  return tallies.length > 0 ? [{ ...one, tallies }] : [];
}

const within = ({ month, regionCode, departmentCode }: AssessmentScope) =>
  and(
    eq(assessedCases.month, month),
    departmentCode === undefined ? undefined : eq(assessedCases.departmentCode, departmentCode),
    regionCode === undefined ? undefined : like(assessedCases.departmentCode, `${regionPrefix(regionCode)}%`),
  );

async function keptTallies(tx: Executor, kept: SQL | undefined): Promise<DepartmentTally[]> {
  const { month: _, caseId: __, digest: ___, departmentCode, ...counters } = getTableColumns(assessedCases);
  const sums = Object.fromEntries(
    Object.entries(counters).map(([name, column]) => [name, sum(column).mapWith(Number)]),
  ) as { [Name in keyof typeof counters]: SQL<number> };
  const rows = await tx
    .select({ departmentCode, ...sums })
    .from(assessedCases)
    .where(kept)
    .groupBy(departmentCode);
  return rows.map(tallyOf);
}

/** SHA-256 over the digests of the cases, in the order of their ids. */
async function digestOf(tx: Executor, kept: SQL | undefined, fresh: readonly AssessedCase[]): Promise<string> {
  const [ids, digests] = [fresh.map((one) => one.caseId), fresh.map((one) => one.digest.toString('hex'))];
  const { rows } = await tx.execute<{ digest: string }>(sql`
    select encode(sha256(coalesce(string_agg(digest, '' order by case_id), '')), 'hex') as digest from (
      select distinct case_id collate "C" as case_id, digest from assessed_cases where ${kept}
      union all
      select case_id collate "C", decode(digest, 'hex')
      from unnest(${sql.param(ids)}::text[], ${sql.param(digests)}::text[]) as fresh (case_id, digest)
    ) as used`);
  return rows[0]!.digest;
}

async function namesOf(tx: Executor, { departments: assessed }: Assessment): Promise<Map<string, string>> {
  const codes = assessed.map(({ departmentCode }) => departmentCode);
  if (codes.length === 0) return new Map();
  const rows = await tx
    .select({ code: departments.code, name: departments.name })
    .from(departments)
    // One parameter: thousands of them take long to build and to plan.
    .where(sql`${departments.code} = any(${sql.param(codes)}::text[])`);
  return new Map(rows.map(({ code, name }) => [code, name]));
}
