/** Limits in force: as the table has them; for norms and ladders, as an administrator last set them. */
import { desc, eq } from 'drizzle-orm';
import { LIMITS, type Limit, type LimitId } from '../../domain/clock/limits.ts';
import type { Executor } from '../postgres/client.ts';
import { limitSettings } from '../schema.ts';

/** The limit for what begins now. */
export async function limitInForce(db: Executor, limitId: LimitId): Promise<Limit> {
  const limit: Limit = LIMITS[limitId];
  const [set] = await db
    .select()
    .from(limitSettings)
    .where(eq(limitSettings.limitId, limitId))
    .orderBy(desc(limitSettings.id))
    .limit(1);
  if (!set) return limit;
  // The law fixes a statutory number, whatever the row says.
  const workingDays = limit.kind === 'statutory' ? limit.workingDays : set.workingDays;
  return { ...limit, workingDays, ladder: set.ladder };
}
