/** The assessment as it is defined: from the log alone, with the rows that were known of the month. The oracle of its rollup. */
import { sql } from 'drizzle-orm';
import { startOfDay } from '../../domain/clock/calendar.ts';
import { assess, type Assessment } from '../../domain/oversight/assessment.ts';
import { factsOfCase } from '../../domain/oversight/assessment-facts.ts';
import type { Database } from '../../db/postgres/client.ts';

type Row = {
  case_id: string;
  step: number;
  at: Date;
  actor_department: string | null;
  action: string;
  after: Record<string, unknown> | null;
};

/** @param following the month after. */
export async function recountMonth(
  db: Database,
  month: string,
  following: string,
  isIn: (code: string) => boolean,
): Promise<Assessment> {
  const [from, to] = [`${month}-01`, `${following}-01`].map((day) => new Date(startOfDay(day)));
  const breachOf = sql`action in ('rung:due', 'breach.withdrawn') and (after->>'dueAt')::timestamptz`;
  const { rows } = await db.execute<Row>(sql`
    select case_id, step, at, actor_department, action, after from audit_log
    where (at < ${to} or (${breachOf} <= ${to})) and case_id in (select case_id from audit_log
      where (at >= ${from} and at < ${to}) or (at >= ${to} and ${breachOf} > ${from} and ${breachOf} <= ${to}))`);
  const facts = [...new Set(rows.map((row) => row.case_id))].flatMap((id) =>
    factsOfCase(
      rows
        .filter((row) => row.case_id === id)
        .map(({ case_id: caseId, step, at, actor_department: actorDepartment, action, after }) => ({
          caseId,
          step,
          at: new Date(at).getTime(),
          actorDepartment,
          action,
          after,
        })),
    ),
  );
  return assess(
    month,
    facts.filter((fact) => fact.month === month && isIn(fact.departmentCode)),
  );
}
