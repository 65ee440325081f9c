/** The name of a department at an instant: its row holds today's name, the log of changes the earlier ones. */
import { sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { departments, referenceChanges } from '../schema.ts';
import { endOf, type Moment } from './moment.ts';

/** For a query that joins `departments`. */
export function departmentNameAt(code: AnyColumn, moment: Moment): SQL<string | null> {
  if ('now' in moment) return sql<string | null>`${departments.name}`;
  const { subject, key, before, id, at } = referenceChanges;
  return sql<string | null>`coalesce((
    select ${before} ->> 'name' from ${referenceChanges}
    where ${subject} = 'department' and ${key} = ${code} and ${at} > ${endOf(moment.day)}
    order by ${id} limit 1), ${departments.name})`;
}
