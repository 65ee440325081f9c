import { sql } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { inRegion } from './in-region.ts';
import { tallied } from './tallied.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export interface KeywordStatistic {
  itemId: string;
  keyword: string;
  /** Hits whose push a department has judged: fed back, or returned. */
  judged: number;
  /** Returned as 经营范围不涉及该审批事项: the keyword was wrong. */
  falseHits: number;
  precision: number | null;
}

export interface ItemStatistic {
  itemId: string;
  /** Registrations that matching pushed for this item and that were not false. */
  found: number;
  /** Registrations that a department had to claim from the pool for this item. */
  missed: number;
  recall: number | null;
}

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/** The precision of each keyword, from departments' returns (M2: reasons feed precision and recall). */
export async function keywordStatistics(db: Database, actor: Actor): Promise<KeywordStatistic[]> {
  const here = inRegion(sql`region_code`, actor.regionCode);
  const { rows } = await db.execute<{ item_id: string; keyword: string; judged: number; false_hits: number }>(sql`
    select detail ->> 'item' as item_id, detail ->> 'keyword' as keyword, sum(count)::int as judged,
      coalesce(sum(count) filter (where detail -> 'wrong' = 'true'), 0)::int as false_hits
    from (${tallied({ figure: 'judged', by: 'region' }, here)}) as rows
    group by 1, 2 having sum(count) > 0
    order by false_hits desc, judged desc, item_id, keyword`);
  return rows.map(({ item_id: itemId, keyword, judged, false_hits: falseHits }) => ({
    itemId,
    keyword,
    judged,
    falseHits,
    precision: share(judged - falseHits, judged),
  }));
}

/** The recall of each item, from the items that claimants named when they took a registration from the pool. */
export async function itemStatistics(db: Database, actor: Actor): Promise<ItemStatistic[]> {
  const here = inRegion(sql`region_code`, actor.regionCode);
  const counted = (figure: 'found' | 'missed') =>
    sql`select ${figure} as figure, * from (${tallied({ figure, by: 'region' }, here)}) as rows`;
  const { rows } = await db.execute<{ item_id: string; found: number; missed: number }>(sql`
    select detail ->> 'item' as item_id, coalesce(sum(count) filter (where figure = 'found'), 0)::int as found,
      coalesce(sum(count) filter (where figure = 'missed'), 0)::int as missed
    from (${counted('found')} union all ${counted('missed')}) as counted
    group by 1 having sum(count) > 0
    order by missed desc, item_id`);
  return rows.map(({ item_id: itemId, found, missed }) => ({
    itemId,
    found,
    missed,
    recall: share(found, found + missed),
  }));
}
