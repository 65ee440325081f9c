import { sql } from 'drizzle-orm';
import type { Database } from '../postgres/client.ts';
import { inRegion } from './in-region.ts';
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
  const { rows } = await db.execute<{ item_id: string; keyword: string; judged: number; false_hits: number }>(sql`
    select h.item_id, h.keyword, count(*)::int as judged,
      count(*) filter (where c.facts -> 'returnReason' ->> 'reasonCode' = 'not-in-scope')::int as false_hits
    from registration_hits h
    join cases c on c.case_no = h.registration_no and c.case_type = 'registrationPush'
      and c.facts ->> 'chain' = h.department_code and c.round = 1 and c.stage in ('fedBack', 'returned')
    where ${inRegion(sql`c.region_code`, actor.regionCode)}
    group by h.item_id, h.keyword
    order by false_hits desc, judged desc, h.item_id, h.keyword`);
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
  const { rows } = await db.execute<{ item_id: string; found: number; missed: number }>(sql`
    with found as (
      select item.item_id, count(distinct c.case_no)::int as found
      from cases c, jsonb_array_elements_text(c.facts -> 'itemIds') as item(item_id)
      where c.case_type = 'registrationPush' and c.stage = 'fedBack' and c.facts ->> 'claimedFromPool' = 'false'
        and ${inRegion(sql`c.region_code`, actor.regionCode)}
      group by item.item_id
    ), missed as (
      select item.item_id, count(distinct c.case_no)::int as missed
      from cases c, jsonb_array_elements_text(c.facts -> 'claimedItemIds') as item(item_id)
      where c.case_type = 'poolEntry' and ${inRegion(sql`c.region_code`, actor.regionCode)}
      group by item.item_id
    )
    select coalesce(f.item_id, m.item_id) as item_id, coalesce(found, 0)::int as found, coalesce(missed, 0)::int as missed
    from found f full join missed m on m.item_id = f.item_id
    order by missed desc, item_id`);
  return rows.map(({ item_id: itemId, found, missed }) => ({
    itemId,
    found,
    missed,
    recall: share(found, found + missed),
  }));
}
