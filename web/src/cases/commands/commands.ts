/** Commands whose button does not simply open a dialog with the fields. */
import type { ActionOf } from '../../../../domain/case-types/case-types.ts';
import type { CaseType } from '../../../../domain/case/id.ts';
import { FEEDBACK_OUTCOMES, outcomesCarrying } from '../../../../domain/case-types/registration-push/answers.ts';

export interface CommandForm {
  /** The first click carries the command out: there is nothing to fill in, and it is the normal next step. */
  atOnce?: true;
  /** A field whose choice alone is a complete answer; `fuller` lists the choices that need the form. */
  quick?: { field: string; labels: Record<string, string>; fuller: readonly string[] };
  /** The form is a whole record, not a field or two. */
  form?: 'record';
  /** Decided case by case with its content in view: never for a whole selection. */
  oneByOne?: true;
}

/** Answers that say nothing without more. */
const FULLER = (['reason', 'permitNo', 'record'] as const).flatMap(outcomesCarrying);
const OUTCOME = { field: 'outcome', labels: FEEDBACK_OUTCOMES, fuller: FULLER };

export const COMMAND_FORMS: { readonly [T in CaseType]?: { readonly [A in ActionOf<T>]?: CommandForm } } = {
  registrationPush: { claim: { atOnce: true }, feedBack: { quick: OUTCOME } },
  rollback: { rule: { oneByOne: true }, arbitrate: { oneByOne: true } },
  supervision: {
    accept: { atOnce: true },
    criticise: { oneByOne: true },
    declineCriticism: { oneByOne: true },
    recordCriticism: { oneByOne: true },
  },
  sanctionNotice: { fetch: { atOnce: true } },
  publication: { revise: { form: 'record' }, resubmit: { form: 'record' } },
  correction: { apply: { form: 'record' }, approve: { oneByOne: true }, execute: { oneByOne: true } },
  complaint: { accept: { atOnce: true } },
};

export function commandForm(caseType: CaseType, action: string): CommandForm {
  const forms: Record<string, CommandForm> = COMMAND_FORMS[caseType] ?? {};
  return forms[action] ?? {};
}
