/**
 * Who may do what to a case, from which stage, into which, and by which article. The workflow's validator is the
 * authority; API guards, disabled buttons and docs/rules.md derive from the same rows.
 */
import type { CaseType } from './case-id.ts';
import type { Actor } from './cases.ts';
import { LIMITS, type Limit, type LimitId } from './limits.ts';
import { refuseByRequirements, type RequirementId, type TransitionRefusal } from './requirements.ts';
import { isWithin } from './region-code.ts';
import { ROLES, type Role } from './roles.ts';

/** On whose behalf: the holding department, or an organ whose region covers the case. */
type Party = 'holder' | 'region' | 'regionDepartment';

export interface Transition {
  title: string;
  from: readonly string[];
  /** Null: the stage stays. */
  to: string | null;
  party: Party;
  roles: readonly Role[];
  article: string;
  /** Limits that the deed brings to rest. */
  settles: readonly LimitId[];
  /** The limit that the deed is about (中止, 延期). */
  concerns?: LimitId;
  /** What must hold of the case's facts besides its stage. */
  requires?: readonly RequirementId[];
}

const DEPARTMENT: readonly Role[] = ['department-officer', 'department-lead'];

/** 环节: the names of stages, shown to officials. */
export const STAGES: Record<CaseType, Record<string, string>> = {
  registrationPush: { pushed: '待认领', claimed: '已认领', fedBack: '已反馈', returned: '已回退' },
  rollback: { awaitingRuling: '待登记机关确认', awaitingArbitration: '待督查机构裁定', ruled: '已确认' },
  poolEntry: { published: '公示待认领', claimed: '已认领', withdrawn: '已确认不涉及审批' },
  supervision: { opened: '待签收', accepted: '已签收', replied: '已答复' },
};

export const CASE_TYPES: Record<CaseType, string> = {
  registrationPush: '登记信息推送',
  rollback: '回退确认',
  poolEntry: '公示认领',
  supervision: '督查督办',
};

/** 中止, 恢复 and 延期 of one limit, in the stages in which it runs. */
function termRows(limitId: LimitId, from: readonly string[]) {
  const { suspension, extension }: Limit = LIMITS[limitId];
  const row = { from, to: null, party: 'holder', settles: [], concerns: limitId } as const;
  const suspend = { ...row, roles: DEPARTMENT, article: suspension?.article ?? '' };
  const extend = { ...row, article: extension?.article ?? '' };
  const decide = {
    ...extend,
    roles: ['department-lead'],
    requires: ['extension-requested', 'another-person'],
  } as const;
  return {
    suspend: { ...suspend, title: '中止', requires: ['not-lapsed', 'not-suspended'] },
    resume: { ...suspend, title: '恢复计算', requires: ['suspended'] },
    requestExtension: { ...extend, title: '申请延期', roles: DEPARTMENT, requires: ['not-lapsed', 'extension-unused'] },
    approveExtension: { ...decide, title: '同意延期', requires: [...decide.requires, 'not-lapsed'] },
    refuseExtension: { ...decide, title: '不同意延期' },
  } as const;
}

export const TRANSITIONS = {
  registrationPush: {
    claim: {
      title: '认领',
      from: ['pushed'],
      to: 'claimed',
      party: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: ['registrationPush.claim'],
    },
    return: {
      title: '回退',
      from: ['pushed', 'claimed'],
      to: 'returned',
      party: 'holder',
      roles: DEPARTMENT,
      article: '第七条第二款',
      settles: ['registrationPush.claim', 'registrationPush.feedback'],
      requires: ['ruling-not-final'],
    },
    feedBack: {
      title: '反馈',
      from: ['claimed'],
      to: 'fedBack',
      party: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: ['registrationPush.feedback'],
    },
    ...termRows('registrationPush.feedback', ['claimed']),
  },
  rollback: {
    rule: {
      title: '确认部门',
      from: ['awaitingRuling'],
      to: 'ruled',
      party: 'region',
      roles: ['registering-authority'],
      article: '第七条第二款',
      settles: ['rollback.ruling'],
    },
    arbitrate: {
      title: '裁定',
      from: ['awaitingArbitration'],
      to: 'ruled',
      party: 'region',
      roles: ['supervisor'],
      article: '第十七条',
      settles: ['rollback.ruling'],
    },
  },
  poolEntry: {
    claim: {
      title: '认领',
      from: ['published'],
      to: 'claimed',
      party: 'regionDepartment',
      roles: DEPARTMENT,
      article: '第七条第二款',
      settles: ['poolEntry.claim'],
    },
    withdraw: {
      title: '确认不涉及审批',
      from: ['published'],
      to: 'withdrawn',
      party: 'region',
      roles: ['registering-authority'],
      article: '第七条第二款',
      settles: ['poolEntry.claim'],
    },
  },
  supervision: {
    accept: {
      title: '签收',
      from: ['opened'],
      to: 'accepted',
      party: 'holder',
      roles: ['department-lead'],
      article: '第十七条',
      settles: ['supervision.acceptance'],
    },
    reply: {
      title: '答复',
      from: ['accepted'],
      to: 'replied',
      party: 'holder',
      roles: ['department-lead'],
      article: '第十七条',
      settles: ['supervision.reply'],
    },
  },
} as const satisfies Record<CaseType, Record<string, Transition>>;

export type Action = { [T in CaseType]: keyof (typeof TRANSITIONS)[T] & string }[CaseType];

export function transitionOf(caseType: CaseType, action: string): Transition | undefined {
  const rows: Record<string, Transition> = TRANSITIONS[caseType];
  // `constructor` is no row.
  return Object.hasOwn(rows, action) ? rows[action] : undefined;
}

/** Stages out of which no transition leads: the case is closed there. */
export function isFinal(caseType: CaseType, stage: string): boolean {
  return !Object.values(TRANSITIONS[caseType] as Record<string, Transition>).some(
    (t) => t.to !== null && t.from.includes(stage),
  );
}

export interface CaseStanding {
  caseType: CaseType;
  stage: string;
  departmentCode: string | null;
  regionCode: string;
  facts?: Record<string, unknown>;
}

/** Whether the actor is the organ whom the transition names, whatever the stage. */
export function isEntitled(transition: Transition, standing: CaseStanding, actor: Actor): boolean {
  if (!transition.roles.includes(actor.role)) return false;
  if (transition.party === 'holder') {
    return actor.departmentCode !== null && actor.departmentCode === standing.departmentCode;
  }
  return isWithin(standing.regionCode, actor.regionCode);
}

/**
 * Judges a command against the table.
 * @returns undefined where it may go on; otherwise the refusal to show, with its remedy and article.
 */
export function refuseTransition(standing: CaseStanding, action: string, actor: Actor): TransitionRefusal | undefined {
  const transition = transitionOf(standing.caseType, action);
  if (!transition) {
    return {
      code: 'transition.refused',
      message: `${CASE_TYPES[standing.caseType]}没有“${action}”这一操作`,
      remedy: '请按接口文档填写操作名称',
      article: '—',
    };
  }
  const { article } = transition;
  if (!isEntitled(transition, standing, actor)) {
    const roles = transition.roles.map((role) => ROLES[role]).join('、');
    return {
      code: 'access.denied',
      message: `“${transition.title}”只能由承办方的${roles}办理`,
      remedy: '请由承办单位的有权人员登录后办理',
      article,
    };
  }
  if (transition.from.includes(standing.stage)) return refuseByRequirements(transition, standing.facts ?? {}, actor);
  const stage = STAGES[standing.caseType][standing.stage] ?? standing.stage;
  if (standing.caseType === 'poolEntry' && action === 'claim' && standing.stage === 'claimed') {
    return {
      code: 'pool.already-claimed',
      message: '该登记信息已被其他部门认领，先认领者承办',
      remedy: '请刷新公示列表；认为认领有误的，由承办部门回退',
      article,
    };
  }
  return {
    code: isFinal(standing.caseType, standing.stage) ? 'case.closed' : 'transition.refused',
    message: `当前环节为“${stage}”，不能“${transition.title}”`,
    remedy: `“${transition.title}”须在${transition.from.map((s) => `“${STAGES[standing.caseType][s]}”`).join('或')}环节办理，请刷新后查看最新环节`,
    article,
  };
}
