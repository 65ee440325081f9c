/** By which numbers two accounts are known to be one person's. */
import { sql } from 'drizzle-orm';
import { accountApplications, accountListRows } from '../schema.ts';

/** The telephone numbers with which an account was applied for, by itself or in a list. */
export const phonesOf = (username: string) => sql`
  select a.phone from ${accountApplications} a
    where a.username = ${username} and a.state = 'approved' and a.phone is not null
  union all
  select r.phone from ${accountListRows} r
    where r.username = ${username} and r.outcome = 'opened' and r.phone is not null`;
