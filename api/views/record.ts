/** A record as people read it: labelled fields, its versions, and which party used which days. */
import { z } from 'zod';
import type { historyOf, shownRecords } from '../../db/queries/records.ts';
import { passingsOf } from '../../db/queries/records.ts';
import type { records, recordVersions } from '../../db/schema.ts';
import { legalDateOf, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { publicationId } from '../../domain/case/id.ts';
import { keysOf } from '../../domain/keys.ts';
import { FITTING, RECORD_EVENTS, type StoredEvent } from '../../domain/publicity/record-events.ts';
import { PUBLICITY_SECTIONS, type PublicitySection } from '../../domain/publicity/sections.ts';
import { sectionOfVersion } from '../../domain/publicity/record.ts';
import { RECORD_KINDS, shownFields } from '../../domain/publicity/record-fields.ts';
import { attributeTime, passingsIn } from '../../domain/oversight/time-attribution.ts';
import { legalNow, type ApiContext } from '../context.ts';
import { publicitySection, recordKind } from './codes.ts';

type RecordRow = typeof records.$inferSelect;
type VersionRow = typeof recordVersions.$inferSelect;
type ShownRow = Awaited<ReturnType<typeof shownRecords>>[number];

const fieldSchema = z.object({
  field: z.string(),
  code: z.string().optional().describe('双公示标准的字段代码'),
  label: z.string(),
  value: z.union([z.string(), z.number()]),
  meaning: z.string().optional().describe('代码的含义'),
});

const recordEventViewSchema = z
  .object({
    event: z.enum(keysOf(RECORD_EVENTS)),
    title: z.string().describe('变动：变更、延续、注销、撤销、撤回、修复'),
    documentNo: z.string().describe('变动决定的文书号'),
    decidedOn: z.string().describe('变动决定日期'),
    authority: z.string().describe('作出机关'),
    reason: z.string().describe('事由'),
    changes: z
      .record(z.string(), z.union([z.string(), z.number(), z.null()]))
      .describe('变动更改的字段；空值表示不再有该字段'),
  })
  .meta({ id: 'RecordEvent' });

export type RecordEventView = z.infer<typeof recordEventViewSchema>;

export const viewRecordEvent = (event: StoredEvent): RecordEventView => ({
  ...event,
  title: RECORD_EVENTS[event.event],
});

const historySchema = z.object({
  version: z.number().int(),
  title: z.string().describe('公示、变动或更正'),
  shownFrom: z.iso.datetime(),
  event: recordEventViewSchema.omit({ changes: true }).optional(),
});

export const publicRecordSchema = z
  .object({
    recordId: z.string(),
    kind: recordKind,
    kindTitle: z.string(),
    documentNo: z.string(),
    departmentName: z.string().nullable().describe('归集部门'),
    generatedOn: z.string().describe('信息产生日期'),
    version: z.number().int(),
    shownFrom: z.iso.datetime().nullable().describe('公示时间'),
    publicUntil: z.string().nullable().describe('公示截止日（含当日）；空：没有期限'),
    publicBasis: z.string().nullable().describe('公示期限的依据'),
    isWithdrawnDecision: z.boolean().describe('原决定信息已撤回：只公示撤回的理由'),
    history: z.array(historySchema).describe('首次公示以来的历程'),
    fields: z.array(fieldSchema),
  })
  .meta({ id: 'PublicRecord' });

/** The section by the version's own content, so that a past day's page stays as it was shown. */
export const sectionOfShown = ({ record, version }: ShownRow): PublicitySection =>
  sectionOfVersion(record.kind, version.content);

type HistoryRow = Awaited<ReturnType<typeof historyOf>>[number];

/**
 * What has been shown of a record, in order. A version without an event that is not the first one is a correction.
 * @param isWithdrawn only that something happened before is said then, not what: it would tell of the withdrawn decision.
 */
const viewHistory = (rows: readonly HistoryRow[], isWithdrawn: boolean): z.infer<typeof historySchema>[] =>
  rows.map(({ version, event, shownFrom }, index) => ({
    version,
    title: event ? RECORD_EVENTS[event.event] : index === 0 ? '首次公示' : '更正',
    shownFrom: shownFrom!.toISOString(),
    ...(event && (!isWithdrawn || index === rows.length - 1) && { event: withoutChanges(event) }),
  }));

function withoutChanges(event: StoredEvent) {
  const { changes: _, ...said } = viewRecordEvent(event);
  return said;
}

export function viewPublicRecord(
  { record, version, departmentName }: ShownRow,
  past: readonly HistoryRow[],
): z.infer<typeof publicRecordSchema> {
  const { recordId, kind, documentNo } = record;
  const isWithdrawnDecision = version.event !== null && FITTING[kind][version.event.event]?.outcome === 'explained';
  return {
    recordId,
    kind,
    kindTitle: RECORD_KINDS[kind],
    documentNo,
    departmentName,
    generatedOn: String(version.content['generatedOn']),
    version: version.version,
    shownFrom: version.shownFrom?.toISOString() ?? null,
    publicUntil: version.publicUntil,
    publicBasis: version.publicBasis,
    isWithdrawnDecision,
    history: viewHistory(
      past.filter((row) => row.recordId === recordId),
      isWithdrawnDecision,
    ),
    fields: shownFields(kind, version.content),
  };
}

export const recordSummarySchema = z
  .object({
    recordId: z.string(),
    caseId: z.string().describe('归集公示事项'),
    kind: recordKind,
    kindTitle: z.string(),
    documentNo: z.string(),
    uscc: z.string(),
    departmentCode: z.string(),
    regionCode: z.string(),
    generatedOn: z.string(),
    receivedAt: z.iso.datetime().nullable().describe('归集时间；空：待本部门内部审核'),
    publishedAt: z.iso.datetime().nullable(),
    withdrawnAt: z.iso.datetime().nullable().describe('撤下时间：此后不再公示'),
    section: publicitySection,
    sectionTitle: z.string(),
    version: z.number().int().describe('最新版本'),
  })
  .meta({ id: 'RecordSummary' });

export function viewRecordSummary(row: RecordRow): z.infer<typeof recordSummarySchema> {
  const { importId: _, recordedAt: __, receivedAt, publishedAt, withdrawnAt, ...rest } = row;
  return {
    ...rest,
    caseId: publicationId(row.recordId),
    kindTitle: RECORD_KINDS[row.kind],
    sectionTitle: PUBLICITY_SECTIONS[row.section],
    receivedAt: receivedAt?.toISOString() ?? null,
    publishedAt: publishedAt?.toISOString() ?? null,
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  };
}

export const recordVersionSchema = z.object({
  version: z.number().int(),
  shownFrom: z.iso.datetime().nullable().describe('空：尚未公示'),
  shownUntil: z.iso.datetime().nullable(),
  caseId: z.string().describe('由此事项形成'),
  withdraws: z.boolean().describe('申请撤下：没有内容，也不公示'),
  event: recordEventViewSchema.nullable().describe('由此变动形成；空：归集或更正'),
  publicUntil: z.string().nullable().describe('公示截止日（含当日）；空：没有期限或尚未公示'),
  publicBasis: z.string().nullable().describe('公示期限的依据'),
  submittedBy: z.string().optional().describe('提交人（承办部门和辖区机关可见）'),
  fields: z.array(fieldSchema),
});

export function viewRecordVersion(
  { kind }: RecordRow,
  row: VersionRow,
  isOwn: boolean,
): z.infer<typeof recordVersionSchema> {
  return {
    version: row.version,
    shownFrom: row.shownFrom?.toISOString() ?? null,
    shownUntil: row.shownUntil?.toISOString() ?? null,
    caseId: row.caseId,
    withdraws: row.withdraws,
    event: row.event && viewRecordEvent(row.event),
    publicUntil: row.publicUntil,
    publicBasis: row.publicBasis,
    ...(isOwn && { submittedBy: row.submittedBy }),
    fields: shownFields(kind, row.content),
  };
}

export const attributionSchema = z
  .object({
    department: z.number().int().describe('部门用去的工作日'),
    platform: z.number().int().describe('平台（登记机关）用去的工作日'),
    total: z.number().int(),
    stretches: z.array(
      z.object({
        party: z.enum(['department', 'platform']),
        from: z.string(),
        until: z.string(),
        workingDays: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'TimeAttribution', description: '时间归属：信息产生后每个工作日由谁用去' });

/** Which party used which working days, as of today. */
export async function viewAttribution(
  api: ApiContext,
  calendar: WorkCalendar,
  { caseId, generatedOn, receivedAt }: { caseId: string } & Pick<RecordRow, 'generatedOn' | 'receivedAt'>,
): Promise<z.infer<typeof attributionSchema>> {
  const passings = await passingsOf(api.db, caseId);
  // Where the department reviewed it first, the log says when it arrived.
  const arrivedAt = passings.some(({ action }) => action === 'approve') ? null : receivedAt;
  const today = legalDateOf(legalNow(api).getTime());
  return attributeTime(calendar, generatedOn, passingsIn(arrivedAt, passings), today);
}
