/**
 * Whose turn it is. Derived from the table of transitions, by three rules:
 *
 * 1. A case is an account's task because of a deed that moves the case on (`to` is not null), or that answers something:
 *    a requested extension, an appeal, a proposed criticism. A deed that is merely possible (中止, 申请延期, 提请通报批评, and
 *    rows marked `optional`) makes no case a task.
 * 2. The account must be entitled (performer, role) and the row's requirements must hold: whoever applied for a correction
 *    is not asked to review it.
 * 3. A stage in which every department of a region may take the case (the pool) is an offer. Offers are counted apart and
 *    are nobody's task.
 *
 * A case with a suspended limit is still a task of its holder, the least urgent.
 */
import { CASE_TYPE_IDS, TRANSITIONS, type Transition, type RequirementId } from '../case-types/case-types.ts';
import { isEntitled, type CaseStanding, refuseByRequirements } from '../case-types/transitions.ts';
import type { CaseType } from '../case/id.ts';
import type { Role } from '../organs/roles.ts';
import type { Actor } from '../organs/actor.ts';

/** A stage of a case type, and a deed that is to be done in it. */
export interface Turn {
  caseType: CaseType;
  stage: string;
  deed: Transition;
}

const ANSWERS: ReadonlySet<RequirementId> = new Set(['extension-requested', 'appeal-pending', 'hearing-open', 'heard']);

/** Whether a deed makes a case somebody's task, by rule 1. */
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

/** The turns that may be tasks of a role. */
export const turnsOf = (role: Role): Turn[] => ofRole(role).filter((turn) => !isOffer(turn));

/** The turns in which a role may take, or settle, what is offered to its region. */
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
