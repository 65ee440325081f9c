/** Why a deed is barred, in the reader's language: the server's sentence (domain/case-types/transitions.ts), with its names translated. */
import type { CaseType } from '../../../../domain/case/id.ts';
import { ROLES } from '../../../../domain/organs/roles.ts';
import { STAGES, transitionOf } from '../../../../domain/case-types/transitions.ts';
import type { ActionView, CaseView } from '../../../../api/cases/view.ts';

type Names = Record<'title' | 'stage' | 'roles', string>;

/** Those that hold names; the others are translated whole. */
const SENTENCES = ['“{{title}}”只能由承办方的{{roles}}办理', '当前环节为“{{stage}}”，不能“{{title}}”'];

const inChinese = (sentence: string, names: Names) =>
  sentence.replaceAll(/\{\{(\w+)\}\}/g, (_, name: keyof Names) => names[name]);

export function whyBarred(
  { caseType, stage }: Pick<CaseView, 'caseType' | 'stage'>,
  { action, reason = '' }: Pick<ActionView, 'action' | 'reason'>,
  t: (text: string, names?: Names) => string,
): string {
  const row = transitionOf(caseType as CaseType, action);
  if (!row) return t(reason);
  const namesBy = (say: (word: string) => string): Names => ({
    title: say(row.title),
    stage: say(STAGES[caseType as CaseType][stage] ?? stage),
    roles: row.roles.map((role) => say(ROLES[role])).join('、'),
  });
  const sentence = SENTENCES.find(
    (one) =>
      inChinese(
        one,
        namesBy((word) => word),
      ) === reason,
  );
  return sentence ? t(sentence, namesBy(t)) : t(reason);
}
