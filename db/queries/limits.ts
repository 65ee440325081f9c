/** Limits in force: as the table has them; for norms and ladders, as an administrator last set them. */
import { desc, inArray } from 'drizzle-orm';
import { isFixed, LIMITS, type Limit, type LimitId } from '../../domain/clock/limits.ts';
import type { Executor } from '../postgres/client.ts';
import { limitSettings } from '../schema.ts';

/** The limits for what begins now, by id. */
export async function limitsInForce(db: Executor, limitIds: readonly LimitId[]): Promise<Map<LimitId, Limit>> {
  const ids = [...new Set(limitIds)];
  const set = await db
    .selectDistinctOn([limitSettings.limitId])
    .from(limitSettings)
    .where(inArray(limitSettings.limitId, ids))
    .orderBy(limitSettings.limitId, desc(limitSettings.id));
  const settings = new Map(set.map((row) => [row.limitId, row]));
  return new Map(ids.map((limitId) => [limitId, withSetting(LIMITS[limitId], settings.get(limitId))]));
}

/** The limit for what begins now. */
export async function limitInForce(db: Executor, limitId: LimitId): Promise<Limit> {
  return (await limitsInForce(db, [limitId])).get(limitId)!;
}

function withSetting(limit: Limit, set: Pick<Limit, 'workingDays' | 'ladder'> | undefined): Limit {
  if (!set) return limit;
  // A rule fixes the number, whatever the row says.
  const workingDays = isFixed(limit) ? limit.workingDays : set.workingDays;
  return { ...limit, workingDays, ladder: set.ladder };
}
