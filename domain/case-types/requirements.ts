import { MOST_TRANSFERS } from './complaint/rules.ts';
import type { ErrorCode } from '../errors.ts';
import type { LimitId } from '../clock/limits.ts';
import type { TermFacts } from './terms.ts';
import type { ComplaintFacts } from './complaint/opening.ts';
import type { CorrectionFacts } from './correction/opening.ts';
import type { ListingFacts } from './listing/opening.ts';
import type { SupervisionFacts } from './supervision/opening.ts';
import type { Actor } from '../organs/actor.ts';

export interface TransitionRefusal {
  code: ErrorCode;
  message: string;
  remedy: string;
  article: string;
}

interface Requirement {
  /** For docs/rules.md. */
  title: string;
  holds: (facts: Record<string, unknown>, actor: Actor, concerns: LimitId | undefined) => boolean;
  code: ErrorCode;
  message: string;
  remedy: string;
}

const supervision = (facts: Record<string, unknown>): SupervisionFacts => facts;
const listing = (facts: Record<string, unknown>): ListingFacts => facts;
const term = (facts: Record<string, unknown>): TermFacts => facts;

/** A bound of ours: or a limit could be kept from ending by stopping it every day. */
const MOST_SUSPENSIONS = 3;

export const REQUIREMENTS = {
  'not-the-applicant': {
    title: '复核人不是申请人',
    holds: (facts, actor) => (facts as CorrectionFacts).appliedBy !== actor.username,
    code: 'review.same-person',
    message: '申请人不能复核自己的申请',
    remedy: '请由本部门另一名负责人复核',
  },
  'ruling-not-final': {
    title: '未经督查机构最终裁定',
    holds: (facts) => facts.finalRuling !== true,
    code: 'push.ruling-is-final',
    message: '本次推送依督查机构的最终裁定作出，不能再次回退',
    remedy: '请认领并反馈；对裁定有异议的，向同级人民政府督查机构反映',
  },
  'not-lapsed': {
    title: '期限未届满',
    holds: (facts, _, limitId) => !term(facts).lapsed?.some((lapsed) => lapsed === limitId),
    code: 'limit.lapsed',
    message: '期限已经届满，不能再中止或延期',
    remedy: '请立即办理；逾期记录不因补办而消除',
  },
  'not-suspended': {
    title: '期限未中止',
    holds: (facts) => !term(facts).suspended,
    code: 'limit.suspended',
    message: '期限已在中止中',
    remedy: '中止事由消除后，请先恢复计算',
  },
  'may-suspend-again': {
    title: '中止未满3次',
    holds: (facts) => (term(facts).suspensions ?? 0) < MOST_SUSPENSIONS,
    code: 'limit.suspended-too-often',
    message: `同一期限已中止${MOST_SUSPENSIONS}次，不能再次中止`,
    remedy: '请在期限内办理；确有需要的，申请延期或报督查机构',
  },
  suspended: {
    title: '期限已中止',
    holds: (facts) => Boolean(term(facts).suspended),
    code: 'limit.not-suspended',
    message: '期限没有中止，不必恢复',
    remedy: '请刷新后查看期限的状态',
  },
  'extension-unused': {
    title: '未申请过延期',
    holds: (facts) => term(facts).extension === undefined,
    code: 'extension.already-requested',
    message: '该期限已申请过延期，只能延期一次',
    remedy: '请在期限内办理，或等待审批结果',
  },
  'extension-requested': {
    title: '有待审批的延期申请',
    holds: (facts) => term(facts).extension?.state === 'requested',
    code: 'extension.not-requested',
    message: '没有待审批的延期申请',
    remedy: '请刷新后查看最新状态',
  },
  'accepted-or-overdue': {
    title: '已签收，或逾期未签收',
    holds: (facts) =>
      supervision(facts).accepted === true || (term(facts).lapsed ?? []).includes('supervision.acceptance'),
    code: 'supervision.not-overdue',
    message: '部门尚在签收期限内，不能通报批评',
    remedy: '请待部门签收，或签收期限届满后再办理',
  },
  'not-criticised': {
    title: '未通报批评过',
    holds: (facts) => supervision(facts).criticised === undefined,
    code: 'supervision.already-criticised',
    message: '该督办事项已通报批评，不能重复通报',
    remedy: '请查看已发出的通报；仍不整改的，可责令整改',
  },
  'no-appeal-pending': {
    title: '没有待处理的申诉',
    holds: (facts) => listing(facts).appeal?.state !== 'pending',
    code: 'appeal.pending',
    message: '该条目已有待处理的申诉',
    remedy: '请先处理已记录的申诉',
  },
  'appeal-pending': {
    title: '有待处理的申诉',
    holds: (facts) => listing(facts).appeal?.state === 'pending',
    code: 'appeal.not-pending',
    message: '该条目没有待处理的申诉',
    remedy: '请先记录企业的申诉；无申诉而应解除的，请办理移出',
  },
  'may-transfer-again': {
    title: `移送未满${MOST_TRANSFERS}次`,
    holds: (facts) => ((facts as ComplaintFacts).transfers ?? 0) < MOST_TRANSFERS,
    code: 'complaint.transferred-too-often',
    message: `该举报已移送${MOST_TRANSFERS}次，不能再次移送`,
    remedy: '请依职责受理并答复，或说明理由不予受理；职责不明的，与有关部门会商办理',
  },
  'another-person': {
    title: '审批人不是申请人',
    holds: (facts, actor) => term(facts).extension?.requestedBy !== actor.username,
    code: 'review.same-person',
    message: '申请人不能审批自己的申请',
    remedy: '请由本部门另一名负责人审批',
  },
} as const satisfies Record<string, Requirement>;

export type RequirementId = keyof typeof REQUIREMENTS;

/** @returns the refusal of the first requirement that does not hold. */
export function refuseByRequirements(
  row: { requires?: readonly RequirementId[]; concerns?: LimitId; article: string },
  facts: Record<string, unknown>,
  actor: Actor,
): TransitionRefusal | undefined {
  for (const id of row.requires ?? []) {
    const { holds, code, message, remedy }: Requirement = REQUIREMENTS[id];
    if (!holds(facts, actor, row.concerns)) return { code, message, remedy, article: row.article };
  }
  return undefined;
}
