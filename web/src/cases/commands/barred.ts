/** Why an action is barred, in the reader's language. The server sends the sentence's code and the names in it. */
import { REFUSAL_SENTENCES } from '../../../../domain/case-types/transitions.ts';
import type { ActionView } from '../../../../api/cases/view.ts';

export function whyBarred(
  { reason = '', refusal }: Pick<ActionView, 'reason' | 'refusal'>,
  t: (text: string, names?: Record<string, string>) => string,
): string {
  if (!refusal) return t(reason);
  const { title, stage, roles } = refusal.names;
  const names = { title: t(title), stage: t(stage), roles: roles.map((role) => t(role)).join('、') };
  return t(REFUSAL_SENTENCES[refusal.code], names);
}
