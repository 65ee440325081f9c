/** Why a list of choices is empty: still loading, not answered, or nothing found. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/client.ts';

interface Props {
  query: { isFetching: boolean; error: Error | null };
  /** Shown if the server found nothing. */
  children: ReactNode;
}

export function NoneFound({ query: { isFetching, error }, children }: Props) {
  const { t } = useTranslation();
  if (isFetching) return t('正在查找…');
  if (!error) return children;
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <>
      {problem?.detail ?? t('页面出错，请刷新后重试')}
      {problem?.remedy && <div>{problem.remedy}</div>}
    </>
  );
}
