import { CASE_TYPE_IDS, TRANSITIONS, type Transition, type RequirementId } from '../case-types/case-types.ts';
/**
 * Whose turn it is. Derived from the table of transitions, by three rules:
 *
 * 1. What calls for an account is a deed that moves the case on (`to` is not null), or that answers what someone waits
 *    for: an extension asked for, an appeal. What is merely open to it (中止, 申请延期, 通报批评, and what a row marks as
 *    `optional`) makes no case a task.
 * 2. The account must be entitled (party, role) and the row's requirements must hold of it: who applied for a correction
 *    is not asked to review it.
 * 3. A stage in which a whole region's departments may take the case (the pool) is an offer: counted apart, and nobody's
 *    task.
 *
 * A suspended limit does not take the case from its holder: it is still a task, the least urgent.
 */
import { isEntitled, type CaseStanding, refuseByRequirements } from '../case-types/transitions.ts';
import type { CaseType } from '../case/id.ts';
import type { Role } from '../organs/roles.ts';
import type { Actor } from '../organs/actor.ts';

/** A stage of a case type in which a deed calls for a role. */
export interface Turn {
  caseType: CaseType;
  stage: string;
  deed: Transition;
}

const ANSWERS: ReadonlySet<RequirementId> = new Set(['extension-requested', 'appeal-pending']);

/** Whether a deed calls for someone, by rule 1. */
export function leadsOn({ performer, optional, to, requires = [] }: Transition): boolean {
  return performer !== 'system' && !optional && (to !== null || requires.some((id) => ANSWERS.has(id)));
}

const TURNS: readonly Turn[] = CASE_TYPE_IDS.flatMap((caseType) =>
  Object.values(TRANSITIONS[caseType])
    .filter(leadsOn)
    .flatMap((deed) => deed.from.map((stage): Turn => ({ caseType, stage, deed }))),
);

function isOffer({ caseType, stage }: Pick<Turn, 'caseType' | 'stage'>): boolean {
  return Object.values(TRANSITIONS[caseType]).some((t) => t.performer === 'regionDepartment' && t.from.includes(stage));
}

const ofRole = (role: Role) => TURNS.filter(({ deed }) => deed.roles.includes(role));

/** What may be an account's task. */
export const turnsOf = (role: Role): Turn[] => ofRole(role).filter((turn) => !isOffer(turn));

/** What an account may take, or settle, from what is offered to its region. */
export const offersTo = (role: Role): Turn[] => ofRole(role).filter(isOffer);

/** Whether an open case is the account's task. */
export function isTaskOf(standing: CaseStanding, actor: Actor): boolean {
  return turnsOf(actor.role).some(
    ({ caseType, stage, deed }) =>
      caseType === standing.caseType &&
      stage === standing.stage &&
      isEntitled(deed, standing, actor) &&
      !refuseByRequirements(deed, standing.facts ?? {}, actor),
  );
}
