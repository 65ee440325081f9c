/**
 * What a transition may require of a case's facts besides its stage; each row says how a refusal reads. Requirements of
 * only one case type stand in that type's table.
 */
import type { LimitId } from '../clock/limits.ts';
import type { ErrorCode } from '../errors.ts';
import type { Actor } from '../organs/actor.ts';
import type { TermFacts } from './terms.ts';

export interface Requirement {
  /** For docs/rules.md. */
  title: string;
  /** @param concerns the limit that the transition is about (中止, 延期). */
  holds: (facts: Record<string, unknown>, actor: Actor, concerns: LimitId | undefined) => boolean;
  code: ErrorCode;
  message: string;
  remedy: string;
  /**
   * Holds for a case from its beginning to its end or never: a deed of the other way of working is not shown, not even barred.
   */
  isMode?: true;
}

const term = (facts: Record<string, unknown>): TermFacts => facts;

/** Our own bound, not the law's: without it, a limit could be kept from ending by suspending it every day. */
const MOST_SUSPENSIONS = 3;

/** Requirements of several case types: a second person's review, and a limit's suspension and extension. */
export const SHARED_REQUIREMENTS = {
  'not-the-applicant': {
    title: '复核人不是申请人',
    holds: (facts, actor) => facts['appliedBy'] !== actor.username,
    code: 'review.same-person',
    message: '申请人不能复核自己的申请',
    remedy: '请由本部门另一名负责人复核',
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
  'suspension-not-requested': {
    title: '没有待审批的中止申请',
    holds: (facts) => term(facts).suspension?.state !== 'requested',
    code: 'suspension.already-requested',
    message: '已有待审批的中止申请',
    remedy: '请等待本部门负责人审批',
  },
  'suspension-requested': {
    title: '有待审批的中止申请',
    holds: (facts) => term(facts).suspension?.state === 'requested',
    code: 'suspension.not-requested',
    message: '没有待审批的中止申请',
    remedy: '请由经办人先申请中止，再由本部门另一名负责人审批',
  },
  'another-than-requester': {
    title: '审批人不是申请人',
    holds: (facts, actor) => term(facts).suspension?.requestedBy !== actor.username,
    code: 'review.same-person',
    message: '申请人不能审批自己的申请',
    remedy: '请由本部门另一名负责人审批',
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
  'another-person': {
    title: '审批人不是申请人',
    holds: (facts, actor) => term(facts).extension?.requestedBy !== actor.username,
    code: 'review.same-person',
    message: '申请人不能审批自己的申请',
    remedy: '请由本部门另一名负责人审批',
  },
} as const satisfies Record<string, Requirement>;
