/** The shape of a case type's table: its stages, and who may do what from which stage into which, by which article. */
import { LIMITS, resumptionOf, type LimitId } from '../clock/limits.ts';
import type { Requirement } from './requirements.ts';
import { DEPARTMENT, type Role } from '../organs/roles.ts';

/**
 * Who performs a deed: `holder`, the department that holds the case; `region`, an organ whose region covers the case;
 * `sameLevel`, an organ of the case's own region and of no other (第十六条：同级); `regionDepartment`, any department whose
 * region covers it; `system`, the system itself.
 */
type Performer = 'holder' | 'region' | 'sameLevel' | 'regionDepartment' | 'system';

/** `Requires`: the ids of requirements that a row may name. */
export interface Transition<Requires extends string = string> {
  title: string;
  from: readonly string[];
  /** The new stage; null where the stage stays. */
  to: string | null;
  performer: Performer;
  roles: readonly Role[];
  article: string;
  /** Limits that the deed brings to rest. */
  settles: readonly LimitId[];
  /** The limit that the deed is about (中止, 延期). */
  concerns?: LimitId;
  /** What must hold of the case's facts besides its stage. */
  requires?: readonly Requires[];
  /** What those are told who may not, where the usual sentence says too little. */
  others?: { message: string; remedy: string };
  /** True for a deed that needs an occasion of its own: that it is possible makes no task (domain/worklist/tasks.ts). */
  optional?: true;
}

export interface CaseTable<Requires extends string = string> {
  title: string;
  /** The plural noun in addresses: `/api/v1/pushes`. */
  noun: string;
  /** 环节: the stages with the names that officials read. */
  stages: Record<string, string>;
  /** Requirements of this type's transitions only. */
  requirements?: Record<string, Requirement>;
  transitions: Record<string, Transition<Requires>>;
}

/** The limits whose row has 中止 or 延期. */
type Having<Field extends 'suspension' | 'extension'> = {
  [Id in LimitId]: (typeof LIMITS)[Id] extends Record<Field, unknown> ? Id : never;
}[LimitId];

/** The rows of 中止 and 恢复 of one limit, for the stages in which it runs. */
export function suspensionRows(limitId: Having<'suspension'>, from: readonly string[]) {
  const { article } = LIMITS[limitId].suspension;
  const row = { from, to: null, performer: 'holder', settles: [], concerns: limitId } as const;
  const suspend = { ...row, roles: DEPARTMENT, article };
  return {
    suspend: { ...suspend, title: '中止', requires: ['not-lapsed', 'not-suspended', 'may-suspend-again'] },
    resume: { ...suspend, title: '恢复计算', requires: ['suspended'], settles: resumptionOf(limitId) },
  } as const;
}

/** Who approves an extension unless the table says otherwise: a lead of the same department. */
const OWN_LEAD = { performer: 'holder', roles: ['department-lead'] } as const;

/** The rows of 延期 of one limit, for the stages in which it runs. */
export function extensionRows(
  limitId: Having<'extension'>,
  from: readonly string[],
  decider: Pick<Transition, 'performer' | 'roles'> = OWN_LEAD,
) {
  const { article } = LIMITS[limitId].extension;
  const row = { from, to: null, performer: 'holder', settles: [], concerns: limitId } as const;
  const extend = { ...row, article };
  const decide = { ...extend, ...decider, requires: ['extension-requested', 'another-person'] } as const;
  return {
    requestExtension: { ...extend, title: '申请延期', roles: DEPARTMENT, requires: ['not-lapsed', 'extension-unused'] },
    approveExtension: { ...decide, title: '同意延期', requires: [...decide.requires, 'not-lapsed'] },
    refuseExtension: { ...decide, title: '不同意延期' },
  } as const;
}

/** The row of 终止: a later registration cancelled the enterprise, so nothing is left to do. */
export function lapseRow(from: readonly string[], settles: readonly LimitId[]) {
  const row = { title: '终止：企业已注销', performer: 'system', roles: [], article: '第七条第一款' } as const;
  return { lapse: { ...row, from, to: 'lapsed', settles } } as const;
}

/** The rows of 中止 that a lead of the same department approves: of a norm, which no statute suspends. */
function approvedSuspensionRows(limitId: Having<'suspension'>, from: readonly string[]) {
  const { suspend, resume } = suspensionRows(limitId, from);
  const decide = { ...suspend, ...OWN_LEAD } as const;
  return {
    requestSuspension: {
      ...suspend,
      title: '申请中止',
      requires: [...suspend.requires, 'suspension-not-requested'],
    },
    suspend: {
      ...decide,
      title: '同意中止',
      requires: ['suspension-requested', 'another-than-requester', ...suspend.requires],
    },
    refuseSuspension: { ...decide, title: '不同意中止', requires: ['suspension-requested', 'another-than-requester'] },
    resume,
  } as const;
}

/** The rows of 中止, 恢复 and 延期 of a norm, each by a lead's approval. */
export function approvedTermRows(limitId: Having<'suspension'> & Having<'extension'>, from: readonly string[]) {
  return { ...approvedSuspensionRows(limitId, from), ...extensionRows(limitId, from) } as const;
}
