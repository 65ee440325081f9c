import { useTranslation } from 'react-i18next';
import { articleInEnglish } from '../i18n/article.ts';

/** Cites articles in the reader's language. */
export function useArticle(): (article: string) => string {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? articleInEnglish : (article) => article;
}
