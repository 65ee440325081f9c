/** A refusal in the reader's language, as far as there are words for it; else by what kind it is, with the server's own. */
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/plugins/problems.ts';

interface Words {
  title: string;
  /** In Chinese, where only the kind could be said. */
  detail: string | undefined;
  remedy: string | undefined;
}

export function useProblemWords(): (problem: Problem) => Words {
  const { t, i18n } = useTranslation();
  return ({ title, detail, remedy }) => {
    const isKnown = i18n.language === 'zh' || i18n.exists(detail) || !i18n.exists(title);
    return {
      title: t(isKnown ? detail : title),
      detail: isKnown ? undefined : detail,
      remedy: remedy && t(remedy),
    };
  };
}
