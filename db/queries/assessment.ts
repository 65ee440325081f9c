/** 考核 (第十六条), computed from the audit log alone, by the same code for the API and for `npm run assess`. */
import { createHash } from 'node:crypto';
import { inArray, sql, type SQL } from 'drizzle-orm';
import { assess, type Assessment, type DepartmentAssessment } from '../../domain/oversight/assessment.ts';
import { factsOfCase, type AssessedFact } from '../../domain/oversight/assessment-facts.ts';
import { startOfDay } from '../../domain/clock/calendar.ts';
import { regionPrefix } from '../../domain/organs/region-code.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { departments } from '../schema.ts';

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

/** Cases read at a time. */
const PAGE = 1000;

type LogRow = {
  case_id: string;
  step: number;
  at: Date;
  actor: string;
  actor_department: string | null;
  action: string;
  after: Record<string, unknown> | null;
};

/** The assessment of a month, with the digest of the log that it was computed from. */
export async function assessMonth(db: Database, scope: AssessmentScope): Promise<ReproducibleAssessment> {
  // One snapshot of the log for all pages.
  return db.transaction(
    async (tx) => {
      const hash = createHash('sha256');
      const facts: AssessedFact[] = [];
      for await (const rows of casesOf(tx, scope)) {
        const own = factsOfCase(rows.map(toAuditRow)).filter((fact) => isIn(scope, fact));
        if (own.length === 0) continue;
        facts.push(...own);
        for (const row of rows) hash.update(`${canonical(row)}\n`);
      }
      const assessment = assess(scope.month, facts);
      const names = await namesOf(tx, assessment);
      const named = assessment.departments.map((one) => ({
        ...one,
        departmentName: names.get(one.departmentCode) ?? one.departmentCode,
      }));
      return { ...assessment, departments: named, digest: hash.digest('hex') };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

function isIn({ month, regionCode, departmentCode }: AssessmentScope, fact: AssessedFact): boolean {
  if (fact.month !== month) return false;
  if (departmentCode !== undefined && fact.departmentCode !== departmentCode) return false;
  return regionCode === undefined || fact.departmentCode.startsWith(regionPrefix(regionCode));
}

/**
 * Yields, case by case, the log up to the end of the month, for cases with an entry in the month. It adds entries about
 * the breach (or its withdrawal) of a limit that ended by then, although they were written later.
 */
async function* casesOf(tx: Executor, scope: AssessmentScope): AsyncGenerator<LogRow[]> {
  const [from, to] = [startOfDay(`${scope.month}-01`), startOfDay(`${following(scope.month)}-01`)].map(
    (ms) => new Date(ms),
  );
  const breachOf = sql`action in ('rung:due', 'breach.withdrawn') and (after->>'dueAt')::timestamptz`;
  const known = sql`(at < ${to} or (${breachOf} <= ${to}))`;
  // Timers never fire before a limit ends, so entries about breaches are the only ones that may be written after the
  // month.
  const active = sql`(at >= ${from} and at < ${to}) or (at >= ${to} and ${breachOf} > ${from} and ${breachOf} <= ${to})`;
  // Selected once: each page would otherwise search the whole month again.
  const cases = await tx.execute<{ case_id: string }>(sql`
    select distinct case_id collate "C" as case_id from audit_log where ${active} order by 1`);
  const ids = cases.rows.map((row) => row.case_id);
  for (let first = 0; first < ids.length; first += PAGE) {
    const page = sql`any(${sql.param(ids.slice(first, first + PAGE))}::text[])`;
    const { rows } = await tx.execute<LogRow>(sql`
      select case_id, step, at, actor, actor_department, action, after from audit_log
      where case_id = ${page} and ${known} ${naming(scope, page)}
      order by case_id collate "C", step`);
    yield* oneByOne(rows);
  }
}

/** For one department: only rows that name it, because only those count for it. */
function naming({ departmentCode }: AssessmentScope, page: SQL): SQL | undefined {
  if (departmentCode === undefined) return undefined;
  return sql`and case_id in (select case_id from audit_log where case_id = ${page}
    and (actor_department = ${departmentCode} or strpos(after::text, ${departmentCode}) > 0))`;
}

function* oneByOne(rows: LogRow[]): Generator<LogRow[]> {
  let open: LogRow[] = [];
  for (const row of rows) {
    if (open.length > 0 && open[0]!.case_id !== row.case_id) {
      yield open;
      open = [];
    }
    open.push(row);
  }
  if (open.length > 0) yield open;
}

function following(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

// The driver may return instants as text; Date takes both.
const instant = (at: Date) => new Date(at).getTime();

const toAuditRow = (row: LogRow) => ({
  caseId: row.case_id,
  step: row.step,
  at: instant(row.at),
  actorDepartment: row.actor_department,
  action: row.action,
  after: row.after,
});

/** One line of the digest's input. PostgreSQL always gives the keys of jsonb in the same order. */
const canonical = ({ case_id, step, at, actor, actor_department, action, after }: LogRow) =>
  JSON.stringify([case_id, step, new Date(instant(at)).toISOString(), actor, actor_department, action, after]);

async function namesOf(tx: Executor, { departments: assessed }: Assessment): Promise<Map<string, string>> {
  const codes = assessed.map(({ departmentCode }) => departmentCode);
  if (codes.length === 0) return new Map();
  const rows = await tx
    .select({ code: departments.code, name: departments.name })
    .from(departments)
    .where(inArray(departments.code, codes));
  return new Map(rows.map(({ code, name }) => [code, name]));
}
