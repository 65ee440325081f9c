/** Records of a first load: published on their own day, without a case. The same document again changes nothing. */
import { sql } from 'drizzle-orm';
import { publicationId } from '../../domain/case/id.ts';
import { startOfDay } from '../../domain/clock/calendar.ts';
import type { PlannedRecord } from '../../domain/first-load/record.ts';
import { recordIdOf } from '../intake/records.ts';
import { contentHash } from '../records/content-hash.ts';
import { comparedWith, rowsOf, STAGED, type StagedKind } from './staged.ts';

const staged = sql.raw(STAGED);

export const RECORDS: StagedKind<PlannedRecord> = {
  columns: [
    ['record_id', 'text'],
    ['kind', 'text'],
    ['document_no', 'text'],
    ['uscc', 'text'],
    ['department_code', 'text'],
    ['region_code', 'text'],
    ['generated_on', 'date'],
    ['section', 'text'],
    ['published_at', 'timestamptz'],
    ['content', 'jsonb'],
    ['content_hash', 'text'],
    ['case_id', 'text'],
    ['public_until', 'date'],
    ['public_basis', 'text'],
    ['name', 'text'],
    ['enterprise_kind', 'text'],
    ['enterprise_region', 'text'],
  ],
  values({ record, publishedOn, departmentCode, regionCode, section, content, end, named }) {
    const { kind, documentNo, uscc, generatedOn } = record;
    const recordId = recordIdOf({ departmentCode, kind, documentNo }, 0);
    return [
      recordId,
      kind,
      documentNo,
      uscc,
      departmentCode,
      regionCode,
      generatedOn,
      section,
      new Date(startOfDay(publishedOn)),
      content,
      contentHash(content),
      // The case that would have published it: nobody opens it.
      publicationId(recordId),
      end?.until,
      end?.basis,
      named.name,
      named.kind,
      named.regionCode,
    ];
  },
  async move(tx, { importId, acceptedBy, now }) {
    const left = await rowsOf<{ line: number }>(
      tx,
      sql`with first as (select distinct on (record_id) * from ${staged} order by record_id, line),
        added as (
          insert into records (record_id, kind, document_no, uscc, department_code, region_code, generated_on, received_at,
            section, version, published_at, import_id)
          select record_id, kind, document_no, uscc, department_code, region_code, generated_on, published_at,
            section, 1, published_at, ${importId} from first order by record_id
          on conflict do nothing returning record_id),
        taken as (select first.* from first join added using (record_id)),
        versions as (
          insert into record_versions (record_id, version, content, content_hash, submitted_by, case_id, taken_up_at,
            public_until, public_basis, shown_from)
          select record_id, 1, content, content_hash, ${acceptedBy}, case_id, published_at,
            public_until, public_basis, published_at from taken),
        named as (
          insert into enterprises (uscc, name, kind, region_code, updated_at)
          select distinct on (uscc) uscc, name, enterprise_kind, enterprise_region, ${now}::timestamptz from taken order by uscc
          on conflict do nothing)
        select line from ${staged} where line not in (select line from taken)`,
    );
    return comparedWith(tx, left, 'record_versions', 'record_id');
  },
  conflict: {
    code: 'record.conflict',
    message: '该文书号已归集过不同内容的信息，没有装载；已公示的有误的，请申请更正',
  },
};
