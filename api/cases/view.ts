/**
 * A case as people and systems read it: labels beside codes, remaining time, possible actions, and why others are not
 * possible.
 */
import { z } from 'zod';
import type { Background } from '../../db/queries/backgrounds.ts';
import type { ListedCase } from '../../db/queries/cases.ts';
import type { deadlines } from '../../db/schema.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { remainingDays, workingDaysBetween } from '../../domain/clock/deadlines.ts';
import { LIMITS } from '../../domain/clock/limits.ts';
import { STAGES, TRANSITIONS } from '../../domain/case-types/case-types.ts';
import { isShownTo, refuseTransition } from '../../domain/case-types/transitions.ts';
import type { ViewContext } from '../context.ts';
import { ruleSetSchema, viewRuleSet } from '../views/rule-set.ts';
import { caseTypeCode, limitCode, limitKind, registrationKind, returnReasonCode } from '../views/codes.ts';
import type { Actor } from '../../domain/organs/actor.ts';

type DeadlineRow = typeof deadlines.$inferSelect;

const deadlineViewSchema = z
  .object({
    limitId: limitCode,
    title: z.string(),
    kind: limitKind.describe('statutory 法定期限；norm 办理时限（非法定）'),
    workingDays: z.number().int(),
    article: z.string(),
    ruleSet: ruleSetSchema.optional(),
    startedAt: z.iso.datetime().describe('起算事件的时间'),
    startDate: z.string().describe('起算事件当日，次日起算'),
    dueDate: z.string().describe('届满日'),
    dueAt: z.iso.datetime().describe('届满时刻（届满日24时，UTC+8）'),
    calendarVersion: z.string(),
    provisional: z.boolean().describe('暂定：届满日超出已公布的日历'),
    remainingWorkingDays: z.number().int().describe('剩余工作日，负数为已逾期'),
    suspendedAt: z.iso.datetime().nullable().describe('中止自：期限停止计算'),
    settledAt: z.iso.datetime().nullable(),
    breachedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Deadline' });

const actionViewSchema = z
  .object({
    action: z.string(),
    title: z.string(),
    allowed: z.boolean(),
    reason: z.string().optional().describe('不能办理的原因'),
    refusal: z
      .object({
        code: z.enum(['access.denied', 'transition.refused', 'case.closed']),
        names: z.object({ title: z.string(), stage: z.string(), roles: z.array(z.string()) }),
      })
      .optional()
      .describe('原因中的名称：操作、当前环节、有权办理的角色'),
    article: z.string(),
  })
  .meta({ id: 'Action' });

export const caseViewSchema = z
  .object({
    caseId: z.string(),
    caseType: caseTypeCode,
    stage: z.string(),
    stageTitle: z.string(),
    status: z.enum(['open', 'closed']),
    caseNo: z.string().describe('登记编号、文书号或名单编号'),
    enterprise: z
      .object({ name: z.string(), uscc: z.string().nullable(), kind: registrationKind.nullable() })
      .describe('举报的市场主体没有统一社会信用代码的：名称为举报人所述，其余为空'),
    round: z.number().int(),
    departmentCode: z.string().nullable(),
    departmentName: z.string().nullable(),
    regionCode: z.string(),
    parentCaseId: z.string().nullable(),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    overdue: z.boolean(),
    breachedAt: z.iso.datetime().nullable(),
    deadlines: z.array(deadlineViewSchema),
    facts: z.record(z.string(), z.unknown()),
    returned: z
      .object({
        caseId: z.string().describe('退回的推送'),
        departmentCode: z.string().nullable(),
        departmentName: z.string().nullable(),
        reasonCode: returnReasonCode.nullable(),
        reason: z.string().nullable(),
      })
      .optional()
      .describe('回退确认事项：由哪个部门、因何理由退回（第七条第二款）'),
    scope: z.string().optional().describe('公示认领事项：经营范围的开头'),
    actions: z.array(actionViewSchema),
  })
  .meta({ id: 'Case' });

export type CaseView = z.infer<typeof caseViewSchema>;
export type DeadlineView = z.infer<typeof deadlineViewSchema>;
export type ActionView = z.infer<typeof actionViewSchema>;
const iso = (at: Date | null) => at?.toISOString() ?? null;

/** @param background what other tables say about the case; answers to commands omit it. */
export function viewCase(
  listed: ListedCase,
  rows: DeadlineRow[],
  context: ViewContext,
  background: Background = {},
): CaseView {
  const { case: row, enterprise, departmentName } = listed;
  const own = rows.filter((d) => d.caseId === row.caseId);
  return {
    caseId: row.caseId,
    caseType: row.caseType,
    stage: row.stage,
    stageTitle: STAGES[row.caseType][row.stage] ?? row.stage,
    status: row.status,
    caseNo: row.caseNo,
    enterprise: { uscc: row.uscc, ...enterprise },
    round: row.round,
    departmentCode: row.departmentCode,
    departmentName,
    regionCode: row.regionCode,
    parentCaseId: row.parentCaseId,
    openedAt: row.openedAt.toISOString(),
    closedAt: iso(row.closedAt),
    overdue: row.status === 'open' && row.dueAt !== null && row.dueAt <= context.now,
    breachedAt: iso(row.breachedAt),
    deadlines: own.map((d) => viewDeadline(d, context)),
    facts: row.facts,
    ...background,
    actions: viewActions({ ...row, facts: { ...row.facts, lapsed: lapsed(own, context.now) } }, context.actor),
  };
}

const lapsed = (rows: DeadlineRow[], now: Date) =>
  rows.filter((d) => !d.settledAt && !d.suspendedAt && d.dueAt <= now).map((d) => d.limitId);

function viewDeadline(row: DeadlineRow, { calendar, now }: ViewContext): z.infer<typeof deadlineViewSchema> {
  const limit = LIMITS[row.limitId];
  const seenFrom = legalDateOf((row.settledAt ?? now).getTime());
  return {
    limitId: row.limitId,
    title: limit.title,
    kind: limit.kind,
    workingDays: row.workingDays,
    article: limit.article,
    ruleSet: viewRuleSet(row.limitId),
    startedAt: row.startedAt.toISOString(),
    startDate: row.startDate,
    dueDate: row.dueDate,
    dueAt: row.dueAt.toISOString(),
    calendarVersion: row.calendarVersion,
    provisional: row.provisional,
    remainingWorkingDays: row.suspendedAt
      ? remainingDays(calendar, row, seenFrom)
      : workingDaysBetween(calendar, seenFrom, row.dueDate),
    suspendedAt: iso(row.suspendedAt),
    settledAt: iso(row.settledAt),
    breachedAt: iso(row.breachedAt),
  };
}

/**
 * The actions that the account or its department can take in this kind of case. Those not possible now, or not for this
 * role, carry the reason.
 */
function viewActions(
  row: {
    caseType: CaseType;
    stage: string;
    departmentCode: string | null;
    regionCode: string;
    facts: Record<string, unknown>;
  },
  actor: Actor,
): z.infer<typeof actionViewSchema>[] {
  const transitions = Object.entries(TRANSITIONS[row.caseType]);
  return transitions
    .filter(([, transition]) => isShownTo(transition, row, actor))
    .map(([action, { title, article }]) => {
      const refusal = refuseTransition(row, action, actor);
      return { action, title, allowed: !refusal, reason: refusal?.message, refusal: refusal?.named, article };
    });
}
