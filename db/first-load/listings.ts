/** Entries of lists of a first load (第九条), in force or removed. Their cases are opened when somebody acts on them. */
import { sql } from 'drizzle-orm';
import { listingCaseId } from '../../domain/case/id.ts';
import type { PlannedLoadedListing } from '../../domain/first-load/listing.ts';
import { canonicalText } from '../../domain/fields.ts';
import { digest } from '../records/content-hash.ts';
import { comparedWith, rowsOf, STAGED, type StagedKind } from './staged.ts';

const staged = sql.raw(STAGED);

export const LISTINGS: StagedKind<PlannedLoadedListing> = {
  columns: [
    ['listing_id', 'text'],
    ['list', 'text'],
    ['document_no', 'text'],
    ['uscc', 'text'],
    ['authority', 'text'],
    ['authority_code', 'text'],
    ['ground', 'text'],
    ['severity', 'text'],
    ['grounds', 'text'],
    ['listed_on', 'date'],
    ['listed_until', 'date'],
    ['minimum_public_until', 'date'],
    ['region_code', 'text'],
    ['content', 'jsonb'],
    ['content_hash', 'text'],
    ['accepted_at', 'timestamptz'],
    ['removed_at', 'timestamptz'],
    ['name', 'text'],
    ['enterprise_kind', 'text'],
  ],
  values({ entry, removal, regionCode, authorityCode, ground, dates, acceptedAt, removedAt, kind }) {
    return [
      listingCaseId(entry),
      entry.list,
      entry.documentNo,
      entry.uscc,
      entry.authority,
      authorityCode,
      ground,
      entry.severity,
      entry.grounds,
      dates.listedOn,
      dates.listedUntil,
      dates.minimumPublicUntil,
      regionCode,
      // How it ended is no part of what an organ hands in again.
      { ...entry, ...removal },
      digest(canonicalText(entry)),
      new Date(acceptedAt),
      removedAt === null ? null : new Date(removedAt),
      entry.name,
      kind,
    ];
  },
  async move(tx, { importId, acceptedBy, measuresVersion, now }) {
    const left = await rowsOf<{ line: number }>(
      tx,
      sql`with first as (select distinct on (listing_id) * from ${staged} order by listing_id, line),
        added as (
          insert into listings (listing_id, list, document_no, uscc, authority, authority_code, ground, severity, grounds,
            listed_on, listed_until, minimum_public_until, region_code, content, content_hash, measures_version, import_id,
            accepted_at, accepted_by, removed_at)
          select listing_id, list, document_no, uscc, authority, authority_code, ground, severity, grounds,
            listed_on, listed_until, minimum_public_until, region_code, content, content_hash, ${measuresVersion}, ${importId},
            accepted_at, ${acceptedBy}, removed_at from first order by listing_id
          on conflict do nothing returning listing_id),
        taken as (select first.* from first join added using (listing_id)),
        named as (
          insert into enterprises (uscc, name, kind, region_code, updated_at)
          select distinct on (uscc) uscc, name, enterprise_kind, region_code, ${now}::timestamptz from taken order by uscc
          on conflict do nothing)
        select line from ${staged} where line not in (select line from taken)`,
    );
    return comparedWith(tx, left, 'listings', 'listing_id');
  },
  conflict: {
    code: 'listing.conflict',
    message: '名单中该文号对该企业已有不同内容的条目，没有装载；有误的，请由列入机关在原条目上办理',
  },
};
