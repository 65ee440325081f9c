/** One case in full: why it is here, since when, until when, how its days were counted, and who did what to it. */
import { z } from 'zod';
import { backgroundsOf } from '../../db/queries/backgrounds.ts';
import { calendarsOf } from '../../db/queries/calendar.ts';
import { auditOf, deadlinesOf, hitsOf, registrationOf, relatedCases, type ListedCase } from '../../db/queries/cases.ts';
import { latestRegistration, standingOf } from '../../db/queries/registrations.ts';
import { findRecord, findVersion } from '../../db/queries/records.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { explainTerm } from '../../domain/clock/deadlines.ts';
import { CASE_TYPES, STAGES, transitionOf } from '../../domain/case-types/case-types.ts';
import type { PublicationFacts } from '../../domain/case-types/publication/opening.ts';
import { isOfRegistration, parseCaseId, type CaseType } from '../../domain/case/id.ts';
import { isOfDepartment } from '../../domain/organs/roles.ts';
import { supervisors } from '../../domain/case-types/registration-push/opening.ts';
import { EVENTS } from '../../domain/registration/events.ts';
import type { HitQualifier } from '../../domain/scope/matching.ts';
import { registrationRuleOn } from '../../domain/rule-sets/registration-events.ts';
import { caseViewSchema, viewCase } from './view.ts';
import type { ApiContext, ViewContext } from '../context.ts';
import { correctionContentOf, correctionContentSchema } from './correction-content.ts';
import { originOf, supervisionOriginSchema } from './supervision-origin.ts';
import { qualifierSchema } from '../views/qualifier.ts';
import { contactSchema, registrationDetailsSchema } from '../views/registration.ts';
import {
  actorRoleCode,
  caseTypeCode,
  enterpriseStanding,
  itemMode,
  limitCode,
  registrationEvent,
  registrationOrigin,
  regionLevel,
  scopeSection,
} from '../views/codes.ts';
import {
  attributionSchema,
  recordSummarySchema,
  recordVersionSchema,
  viewAttribution,
  viewRecordEvent,
  viewRecordSummary,
  viewRecordVersion,
} from '../views/record.ts';

const daySchema = z.object({
  date: z.string(),
  working: z.boolean(),
  reason: z.string(),
  count: z.number().int().nullable().describe('第几个工作日'),
  provisional: z.boolean(),
});

const hitSchema = z.object({
  itemId: z.string(),
  itemName: z.string(),
  law: z.string(),
  article: z.string(),
  keyword: z.string(),
  clause: z.string(),
  start: z.number().int().describe('在经营范围中的起始位置（UTF-16）'),
  end: z.number().int(),
  section: scopeSection.nullable().describe('licensed 许可项目；general 一般项目'),
  catalogueVersion: z.string(),
  departmentCode: z.string().nullable(),
  tried: z.array(z.string()).describe('同级没有该部门时，逐级上溯的部门'),
  mode: itemMode.optional().describe('办理方式：目录所列，经营范围有限定的从其限定；无须办理的、目录不再列出的没有'),
  approvingLevel: regionLevel.optional().describe('依法由这一级办理；没有的为登记机关同级'),
  qualifier: qualifierSchema.optional().describe('经营范围中的限定，因此只须备案或者无须办理'),
});

export const auditEntrySchema = z
  .object({
    caseId: z.string(),
    step: z.number().int(),
    at: z.iso.datetime(),
    recordedAt: z.iso.datetime(),
    actor: z.string(),
    actorRole: actorRoleCode,
    actorDepartment: z.string().nullable(),
    action: z.string(),
    title: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    article: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export const caseDetailSchema = caseViewSchema
  .extend({
    registration: z
      .object({
        registrationNo: z.string(),
        event: registrationEvent,
        origin: registrationOrigin,
        registeredOn: z.string(),
        scope: z.string().describe('经营范围'),
        late: z.boolean().describe('登记机关超过移交的时限（服务标准）'),
        details: registrationDetailsSchema.nullable().describe('登记事项的内容和变更前后的内容'),
        contact: contactSchema.optional().describe('联系人：不公示'),
        task: z.string().describe('部门应办的事'),
        rule: z
          .object({ source: z.string(), from: z.string(), article: z.string() })
          .optional()
          .describe('登记事项本身的依据：后来的规定，自 from 起施行'),
        standing: enterpriseStanding.describe('该市场主体现在的状态'),
      })
      .optional()
      .describe('由登记信息引起的事项：该登记'),
    origin: supervisionOriginSchema.optional().describe('督办事项：被督办事项的最新环节'),
    record: recordSummarySchema
      .extend({
        version: z.number().int().optional().describe('所示内容的版本'),
        fields: recordVersionSchema.shape.fields,
        event: recordVersionSchema.shape.event.optional().describe('信息的变动事项：该变动'),
        attribution: attributionSchema,
      })
      .optional()
      .describe('信息归集公示事项：拟公示或已公示的版本和时间归属'),
    correction: correctionContentSchema.optional().describe('更正事项：所示的版本和拟更正的版本'),
    hits: z.array(hitSchema).describe('为何推送：命中的关键词'),
    supervising: z
      .array(z.object({ code: z.string(), name: z.string() }))
      .describe('所在地监管部门：不办理审批，接收登记信息和办理结果，没有期限（第七条第二款）'),
    counting: z.array(z.object({ limitId: limitCode, days: z.array(daySchema) })).describe('期限逐日计算'),
    audit: z.array(auditEntrySchema),
    related: z.array(
      z.object({
        caseId: z.string(),
        caseType: caseTypeCode,
        caseTypeTitle: z.string(),
        caseNo: z.string(),
        stage: z.string(),
        stageTitle: z.string(),
        status: z.enum(['open', 'closed']),
        departmentCode: z.string().nullable(),
        departmentName: z.string().nullable(),
        dueDate: z.string().nullable().describe('最先届满的期限的届满日'),
      }),
    ),
    temporalUrl: z.string().optional().describe('流程界面（督查、管理、审计人员）'),
  })
  .meta({ id: 'CaseDetail' });

export type CaseDetail = z.infer<typeof caseDetailSchema>;
export type AuditEntry = z.infer<typeof auditEntrySchema>;

type AuditRow = Awaited<ReturnType<typeof auditOf>>[number];

/** Titles of audited actions that are not commands of a case. */
export const SYSTEM_ACTIONS: Record<string, string> = {
  'registration.accept': '受理登记信息',
  'record.accept': '受理归集的信息',
  'report.report': '收到反映、举报或发现的错误',
  order: '立项督办',
  enter: '录入扶持信息',
  applyForRepair: '录入信用修复申请',
  acceptListing: '受理名单条目',
  submitEvent: '归集信息的变动',
  claimPublished: '认领公示的登记信息',
  open: '立项',
  'rung:due-2': '到期前两个工作日提醒',
  'rung:due-1': '到期前一个工作日提醒',
  'rung:due': '逾期记录',
  'rung:due+3': '转督查督办',
  'deadline.reprojected': '日历更新，期限重算',
  'breach.withdrawn': '逾期记录撤销',
  restore: '流程恢复',
};

/** The title of a step of a case. */
export const titleOf = (caseType: CaseType | null, action: string): string =>
  (caseType && transitionOf(caseType, action)?.title) ?? SYSTEM_ACTIONS[action] ?? action;

export function viewAudit(row: AuditRow, caseType: CaseType | null): AuditEntry {
  const { id: _, ...rest } = row;
  // Acceptance is logged before a case exists, under `registration~…`, `record~…` or `report~…`.
  const accepted = SYSTEM_ACTIONS[`${row.caseId.split('~')[0]}.${row.action}`];
  const title = accepted ?? titleOf(caseType, row.action);
  return { ...rest, at: row.at.toISOString(), recordedAt: row.recordedAt.toISOString(), title };
}

export async function viewCaseDetail(api: ApiContext, listed: ListedCase, context: ViewContext): Promise<CaseDetail> {
  const { case: row } = listed;
  const { db } = api;
  const deadlines = await deadlinesOf(db, [row.caseId]);
  const itemIds = new Set(Array.isArray(row.facts.itemIds) ? (row.facts.itemIds as string[]) : []);
  const registration = isOfRegistration(row.caseId) ? await registrationOf(db, row.caseNo) : undefined;
  const hits = registration ? (await hitsOf(db, row.caseNo)).filter((hit) => itemIds.has(hit.itemId)) : [];
  return {
    ...viewCase(listed, deadlines, context, (await backgroundsOf(db, [listed])).get(row.caseId)),
    registration: registration && (await viewRegistration(api, registration, listed, context)),
    origin: await originOf(db, context.actor, row),
    record: await recordOf(api, row, context),
    correction: await correctionContentOf(db, row),
    supervising: supervisors(row.facts, row.departmentCode).map((code) => ({
      code,
      name: api.reference.departments.get(code)?.name ?? code,
    })),
    hits: hits.map(({ qualifier, ...hit }) => ({
      ...hit,
      ...describeItem(api, hit.itemId, qualifier),
      catalogueVersion: registration!.catalogueVersion,
    })),
    counting: await countingOf(db, deadlines),
    audit: (await auditOf(db, row.caseId)).map((entry) => viewAudit(entry, row.caseType)),
    related: (await relatedCases(db, context.actor, row)).map(({ dueAt, ...other }) => ({
      ...other,
      // A limit ends at 24:00, which is the first instant of the next day; 1 ms earlier is its last day.
      dueDate: dueAt && legalDateOf(dueAt.getTime() - 1),
      caseTypeTitle: CASE_TYPES[other.caseType],
      stageTitle: STAGES[other.caseType][other.stage] ?? other.stage,
    })),
    temporalUrl: context.actor.departmentCode === null ? temporalUrl(api, row.caseId) : undefined,
  };
}

type Registration = NonNullable<Awaited<ReturnType<typeof registrationOf>>>;

async function viewRegistration(
  { db }: ApiContext,
  { contact, ...registration }: Registration,
  { case: row }: ListedCase,
  { actor, now }: ViewContext,
) {
  const { event, registeredOn, uscc } = registration;
  const day = legalDateOf(now.getTime());
  // The pool is shown to every department of the region, the contact only to the one that holds the case.
  const isTold = !isOfDepartment(actor) || row.departmentCode === actor.departmentCode;
  return {
    ...registration,
    ...(contact && isTold && { contact }),
    task: EVENTS[event].task,
    rule: registrationRuleOn(event, registeredOn),
    standing: await standingOf(db, await latestRegistration(db, uscc, day), day),
  };
}

/** Counts by the calendar that each deadline names: a deadline kept through a change of calendar keeps its end. */
async function countingOf(db: ApiContext['db'], deadlines: Awaited<ReturnType<typeof deadlinesOf>>) {
  const calendars = await calendarsOf(
    db,
    deadlines.map(({ calendarVersion }) => calendarVersion),
  );
  return deadlines.map((duty) => ({
    limitId: duty.limitId,
    days: explainTerm(calendars.get(duty.calendarVersion)!, duty, duty.dueDate),
  }));
}

async function recordOf(api: ApiContext, row: ListedCase['case'], { calendar }: ViewContext) {
  const parsed = parseCaseId(row.caseId);
  const record = parsed?.type === 'publication' ? await findRecord(api.db, parsed.recordId) : undefined;
  if (!record) return undefined;
  // What the case is about, not what was brought last: a command that was refused changes nothing.
  const about = await findVersion(api.db, record.recordId, Number(row.facts['version'] ?? 1));
  const { internalReview }: Partial<PublicationFacts> = row.facts;
  return {
    ...viewRecordSummary(record),
    version: about?.version,
    fields: about ? viewRecordVersion(record, about, true).fields : [],
    event: about?.event && viewRecordEvent(about.event),
    attribution: await viewAttribution(api, calendar, {
      caseId: row.caseId,
      generatedOn: about?.event?.decidedOn ?? record.generatedOn,
      // An event arrives with its case, unless its department reviews it first.
      receivedAt: about?.event ? (internalReview ? null : row.openedAt) : record.receivedAt,
    }),
  };
}

function describeItem({ reference }: ApiContext, itemId: string, qualifier: HitQualifier | null) {
  const item = reference.items.get(itemId);
  const mode = qualifier ? modeOf(qualifier.effect) : item?.mode;
  return {
    itemName: item?.name ?? itemId,
    law: item?.law ?? '',
    article: item?.article ?? '',
    mode,
    approvingLevel: qualifier?.approvingLevel ?? item?.approvingLevel,
    ...(qualifier && { qualifier }),
  };
}

const modeOf = (effect: HitQualifier['effect']) => (effect === 'filing' ? effect : undefined);

function temporalUrl({ temporalUiUrl, temporalNamespace }: ApiContext, caseId: string): string {
  return `${temporalUiUrl}/namespaces/${temporalNamespace}/workflows/${encodeURIComponent(caseId)}`;
}
