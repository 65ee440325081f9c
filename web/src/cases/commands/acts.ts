/** What the table of transitions says of buttons: whose there are any, which of them stand in a row, which leads on. */
import type { CaseType } from '../../../../domain/case/id.ts';
import type { Role } from '../../../../domain/organs/roles.ts';
import { leadsOn } from '../../../../domain/worklist/tasks.ts';
import { transitionOf, TRANSITIONS } from '../../../../domain/case-types/case-types.ts';
import type { ActionView, CaseView } from '../../../../api/cases/view.ts';

/** Whether a role ever does anything to cases of the type, or only reads them. */
export const actsOn = (role: Role, caseType: CaseType): boolean =>
  Object.values(TRANSITIONS[caseType]).some(({ roles }) => roles.includes(role));

const rowOf = ({ caseType }: CaseView, { action }: ActionView) => transitionOf(caseType, action);

/** In a row there is room for the deed that leads on, and one way out. */
const ROW_ACTIONS = 2;

/** What changes no stage, and waits for grounds of its own (中止, 申诉), is for the case's own page. */
export function rowActions(about: CaseView): ActionView[] {
  return about.actions
    .filter((action) => {
      const row = rowOf(about, action);
      return action.allowed && row && (leadsOn(row) || row.to !== null);
    })
    .slice(0, ROW_ACTIONS);
}

/** The one to press, if any: the first that is allowed and moves the case on of itself. */
export function mainAction(about: CaseView): ActionView | undefined {
  return about.actions.find((action) => {
    const row = rowOf(about, action);
    return action.allowed && row && leadsOn(row);
  });
}
