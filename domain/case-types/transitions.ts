/**
 * Who may do what to a case, from which stage, into which, and by which article. The workflow's validator is the
 * authority; API guards, disabled buttons and docs/rules.md derive from the same rows. One file a case type: tables/.
 */
import type { CaseType } from '../case/id.ts';
import { isWithin } from '../organs/region-code.ts';
import { refuseByRequirements, type TransitionRefusal } from './requirements.ts';
import { ROLES } from '../organs/roles.ts';
import { listingTable } from './listing/table.ts';
import { complaintTable } from './complaint/table.ts';
import { correctionTable } from './correction/table.ts';
import { poolEntryTable } from './pool-entry/table.ts';
import { publicationTable } from './publication/table.ts';
import { registrationPushTable } from './registration-push/table.ts';
import { rollbackTable } from './rollback/table.ts';
import { sanctionLiftingTable } from './sanction-lifting/table.ts';
import { sanctionNoticeTable } from './sanction-notice/table.ts';
import { supervisionTable } from './supervision/table.ts';
import type { CaseTable, Transition } from './table.ts';
import type { Actor } from '../organs/actor.ts';

export type { Transition } from './table.ts';

const TABLES = {
  registrationPush: registrationPushTable,
  rollback: rollbackTable,
  poolEntry: poolEntryTable,
  supervision: supervisionTable,
  listing: listingTable,
  sanctionNotice: sanctionNoticeTable,
  sanctionLifting: sanctionLiftingTable,
  publication: publicationTable,
  correction: correctionTable,
  complaint: complaintTable,
} as const satisfies Record<CaseType, CaseTable>;

function each<T>(part: (table: CaseTable) => T): Record<CaseType, T> {
  const parts = Object.entries<CaseTable>(TABLES).map(([caseType, table]) => [caseType, part(table)]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets whose keys they are
  return Object.fromEntries(parts) as Record<CaseType, T>;
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets whose keys they are
export const CASE_TYPE_IDS = Object.keys(TABLES) as [CaseType, ...CaseType[]];
export const CASE_TYPES: Record<CaseType, string> = each(({ title }) => title);
export const STAGES: Record<CaseType, Record<string, string>> = each(({ stages }) => stages);
export const TRANSITIONS: Record<CaseType, Record<string, Transition>> = each(({ transitions }) => transitions);

export type Action = { [T in CaseType]: keyof (typeof TABLES)[T]['transitions'] & string }[CaseType];

export function transitionOf(caseType: CaseType, action: string): Transition | undefined {
  const rows = TRANSITIONS[caseType];
  // `constructor` is no row.
  return Object.hasOwn(rows, action) ? rows[action] : undefined;
}

/** Stages out of which no transition leads: the case is closed there. */
export function isFinal(caseType: CaseType, stage: string): boolean {
  return !Object.values(TRANSITIONS[caseType]).some((t) => t.to !== null && t.from.includes(stage));
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
 * Whether an account is shown the deed at all, be it barred: what its role could ever do here, and what another person of
 * its own department is to do (签收 by the lead), so that nobody wonders who moves the case on.
 */
export function isShownTo(transition: Transition, standing: CaseStanding, actor: Actor): boolean {
  if (isEntitled(transition, standing, actor)) return true;
  const isOfOwnDepartment =
    transition.party === 'holder' && isEntitled({ ...transition, roles: [actor.role] }, standing, actor);
  // An answer to what nobody asked for is no business of those who could not give it.
  const isDue = transition.to !== null || !refuseByRequirements(transition, standing.facts ?? {}, NOBODY);
  return isOfOwnDepartment && isDue;
}

/** Whom no requirement bars for what they did before. */
const NOBODY: Actor = { username: '', role: 'auditor', regionCode: '', departmentCode: null };

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
  if (transition.party === 'system') {
    const message = `“${transition.title}”由系统自动办理`;
    return { code: 'access.denied', message, remedy: '请等待系统办理，不必操作', article };
  }
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
      remedy: '请认领公示中的其他登记信息；认为认领有误的，由承办部门回退',
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
