/** The name of a department at an instant: its row holds today's name, the log of changes the earlier ones. */
import { sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { departments, referenceChanges } from '../schema.ts';

/** For a query that joins `departments`. @param at an instant, now or in the past. */
export function departmentNameAt(code: AnyColumn, at: Date): SQL<string | null> {
  const { subject, key, before, id } = referenceChanges;
  return sql<string | null>`coalesce((
    select ${before} ->> 'name' from ${referenceChanges}
    where ${subject} = 'department' and ${key} = ${code} and ${referenceChanges.at} > ${at}
    order by ${id} limit 1), ${departments.name})`;
}
