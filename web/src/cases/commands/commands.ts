/** How a command is given in the console where a dialog with its fields is not all there is to it. */
import type { ActionOf } from '../../../../domain/case-types/case-types.ts';
import type { CaseType } from '../../../../domain/case/id.ts';
import { FEEDBACK_OUTCOMES } from '../../../../domain/case-types/registration-push/answers.ts';

export interface CommandForm {
  /** The first click does it: nothing to fill in, and the case type's own way leads on from it. */
  atOnce?: true;
  /** A field whose choice alone is a whole answer; `fuller` lists the choices that want the form. */
  quick?: { field: string; labels: Record<string, string>; fuller: readonly string[] };
  /** A whole record anew, not a field or two. */
  form?: 'record';
  /** Judged one by one, with what it is about in view: never for a whole selection at once. */
  oneByOne?: true;
}

const OUTCOME = { field: 'outcome', labels: FEEDBACK_OUTCOMES, fuller: ['permit-granted'] };

export const COMMAND_FORMS: { readonly [T in CaseType]?: { readonly [A in ActionOf<T>]?: CommandForm } } = {
  registrationPush: { claim: { atOnce: true }, feedBack: { quick: OUTCOME } },
  rollback: { rule: { oneByOne: true }, arbitrate: { oneByOne: true } },
  supervision: { accept: { atOnce: true } },
  sanctionNotice: { fetch: { atOnce: true } },
  publication: { resubmit: { form: 'record' } },
  correction: { apply: { form: 'record' }, approve: { oneByOne: true }, execute: { oneByOne: true } },
  complaint: { accept: { atOnce: true } },
};

export function commandForm(caseType: CaseType, action: string): CommandForm {
  const forms: Record<string, CommandForm> = COMMAND_FORMS[caseType] ?? {};
  return forms[action] ?? {};
}
