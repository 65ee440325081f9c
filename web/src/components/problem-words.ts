/** A refusal in the reader's language. Without a translation: the title of its kind, with the server's own text. */
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/plugins/problems.ts';

interface Words {
  title: string;
  /** In Chinese, if only the kind has a translation. */
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
