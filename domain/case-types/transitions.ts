/**
 * Judges who may do what to a case: from which stage, into which, and by which article. The workflow's validator decides;
 * API guards, disabled buttons and docs/rules.md derive from the same rows of the case types' tables.
 */
import type { CaseType } from '../case/id.ts';
import type { LimitId } from '../clock/limits.ts';
import type { ErrorCode } from '../errors.ts';
import type { Actor } from '../organs/actor.ts';
import { isWithin } from '../organs/region-code.ts';
import { ROLES } from '../organs/roles.ts';
import type { TermFacts } from './terms.ts';
import {
  CASE_TYPES,
  isFinal,
  REQUIREMENTS,
  STAGES,
  transitionOf,
  type RequirementId,
  type Transition,
} from './case-types.ts';

export interface CaseStanding {
  caseType: CaseType;
  stage: string;
  departmentCode: string | null;
  regionCode: string;
  facts?: Record<string, unknown>;
}

/** Whether the actor has a role of the transition and belongs to its performer. The stage is not looked at. */
export function isEntitled(transition: Transition, standing: CaseStanding, actor: Actor): boolean {
  if (!transition.roles.includes(actor.role)) return false;
  if (transition.performer === 'holder') {
    return actor.departmentCode !== null && actor.departmentCode === standing.departmentCode;
  }
  if (transition.performer === 'sameLevel') return standing.regionCode === actor.regionCode;
  return isWithin(standing.regionCode, actor.regionCode);
}

/**
 * Whether an account is shown a deed, perhaps as a disabled button: a deed that its role may do in some stage, or one that
 * a colleague of its own department must do (签收 by the lead), so that everyone sees who moves the case on.
 */
export function isShownTo(transition: Transition, standing: CaseStanding, actor: Actor): boolean {
  const { facts = {} } = standing;
  const modes = (transition.requires ?? []).map((id) => REQUIREMENTS[id]).filter(({ isMode }) => isMode);
  if (modes.some(({ holds }) => !holds(facts, actor, transition.concerns))) return false;
  if (isEntitled(transition, standing, actor)) return true;
  const isOfOwnDepartment =
    transition.performer === 'holder' && isEntitled({ ...transition, roles: [actor.role] }, standing, actor);
  // Hide a colleague's deed that keeps the stage and is not possible now, such as approving an extension nobody requested.
  const isDue = transition.to !== null || !refuseByRequirements(transition, standing.facts ?? {}, NOBODY);
  return isOfOwnDepartment && isDue;
}

/** An actor who has done nothing before, so that no requirement about persons bars them. */
const NOBODY: Actor = { username: '', role: 'auditor', regionCode: '', departmentCode: null };

/** Refusals with names in their sentence. The server answers in Chinese; the console may translate sentence and names. */
export const REFUSAL_SENTENCES = {
  'access.denied': '“{{title}}”只能由承办方的{{roles}}办理',
  'transition.refused': '当前环节为“{{stage}}”，不能“{{title}}”',
  'case.closed': '当前环节为“{{stage}}”，不能“{{title}}”',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** The names in a refusal's sentence, in Chinese: the deed, the case's stage, the roles that may do it. */
interface RefusalNames {
  title: string;
  stage: string;
  roles: string[];
}

export interface TransitionRefusal {
  code: ErrorCode;
  message: string;
  /** Set where the message is a sentence of REFUSAL_SENTENCES: which one, with its names. */
  named?: NamedRefusal;
  remedy: string;
  article: string;
}

interface NamedRefusal {
  code: keyof typeof REFUSAL_SENTENCES;
  names: RefusalNames;
}

/** @returns the message of a refusal, in the language of sentence and names. */
const fillSentence = (sentence: string, { title, stage, roles }: RefusalNames): string =>
  sentence.replace('{{title}}', title).replace('{{stage}}', stage).replace('{{roles}}', roles.join('、'));

function refused(
  code: keyof typeof REFUSAL_SENTENCES,
  standing: CaseStanding,
  { title, roles, article }: Transition,
  remedy: string,
): TransitionRefusal {
  const stage = STAGES[standing.caseType][standing.stage] ?? standing.stage;
  const names = { title, stage, roles: roles.map((role) => ROLES[role]) };
  const message = fillSentence(REFUSAL_SENTENCES[code], names);
  return { code, message, named: { code, names }, remedy, article };
}

/** @returns the refusal of the first requirement that does not hold. */
export function refuseByRequirements(
  row: { requires?: readonly RequirementId[]; concerns?: LimitId; article: string },
  facts: Record<string, unknown>,
  actor: Actor,
): TransitionRefusal | undefined {
  const { term }: TermFacts = facts;
  const concerned = row.concerns && (term ?? row.concerns);
  for (const id of row.requires ?? []) {
    const { holds, code, message, remedy } = REQUIREMENTS[id];
    if (!holds(facts, actor, concerned)) return { code, message, remedy, article: row.article };
  }
  return undefined;
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
  if (transition.performer === 'system') {
    const message = `“${transition.title}”由系统自动办理`;
    return { code: 'access.denied', message, remedy: '请等待系统办理，不必操作', article };
  }
  if (!isEntitled(transition, standing, actor)) {
    if (transition.others) return { code: 'access.denied', ...transition.others, article };
    return refused('access.denied', standing, transition, '请由承办单位的有权人员登录后办理');
  }
  if (transition.from.includes(standing.stage)) return refuseByRequirements(transition, standing.facts ?? {}, actor);
  if (standing.caseType === 'poolEntry' && action === 'claim' && standing.stage === 'claimed') {
    return {
      code: 'pool.already-claimed',
      message: '该登记信息已被其他部门认领，先认领者承办',
      remedy: '请认领公示中的其他登记信息；认为认领有误的，由承办部门回退',
      article,
    };
  }
  const from = transition.from.map((stage) => `“${STAGES[standing.caseType][stage]}”`).join('或');
  const code = isFinal(standing.caseType, standing.stage) ? 'case.closed' : 'transition.refused';
  const remedy = `“${transition.title}”须在${from}环节办理，请刷新后查看最新环节`;
  return refused(code, standing, transition, remedy);
}
