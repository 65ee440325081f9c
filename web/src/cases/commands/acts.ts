/**
 * What the table of transitions says about buttons: which roles have any, which stand in a list's row, which is the main
 * one.
 */
import type { CaseType } from '../../../../domain/case/id.ts';
import type { Role } from '../../../../domain/organs/roles.ts';
import { leadsOn } from '../../../../domain/worklist/tasks.ts';
import { transitionOf, TRANSITIONS } from '../../../../domain/case-types/case-types.ts';
import type { ActionView, CaseView } from '../../../../api/cases/view.ts';

/** Whether a role can ever act on cases of this type, or only reads them. */
export const actsOn = (role: Role, caseType: CaseType): boolean =>
  Object.values(TRANSITIONS[caseType]).some(({ roles }) => roles.includes(role));

const rowOf = ({ caseType }: CaseView, { action }: ActionView) => transitionOf(caseType, action);

/** A row has room for the main action and one alternative. */
const ROW_ACTIONS = 2;

/** The actions in a list's row. Those that change no stage and need grounds (中止, 申诉) are on the case's page only. */
export function rowActions(about: CaseView): ActionView[] {
  return about.actions
    .filter((action) => {
      const row = rowOf(about, action);
      return action.allowed && row && (leadsOn(row) || row.to !== null);
    })
    .slice(0, ROW_ACTIONS);
}

/** The first allowed action that moves the case forward, if any. */
export function mainAction(about: CaseView): ActionView | undefined {
  return about.actions.find((action) => {
    const row = rowOf(about, action);
    return action.allowed && row && leadsOn(row);
  });
}
