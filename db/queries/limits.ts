/** Limits in force: the table's own, or for norms and ladders what an administrator has set since. */
import { desc, eq } from 'drizzle-orm';
import { LIMITS, type Limit, type LimitId } from '../../domain/clock/limits.ts';
import type { Executor } from '../postgres/client.ts';
import { limitSettings } from '../schema.ts';

export async function limitInForce(db: Executor, limitId: LimitId): Promise<Limit> {
  const limit: Limit = LIMITS[limitId];
  const [set] = await db
    .select()
    .from(limitSettings)
    .where(eq(limitSettings.limitId, limitId))
    .orderBy(desc(limitSettings.id))
    .limit(1);
  if (!set) return limit;
  // A statutory number is the law's, whatever a row says.
  const workingDays = limit.kind === 'statutory' ? limit.workingDays : set.workingDays;
  return { ...limit, workingDays, ladder: set.ladder };
}
