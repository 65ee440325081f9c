/** A page's heading, and its loading and error states. */
import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';

interface PageProps {
  title: string;
  /** Beside the heading. */
  extra?: ReactNode;
  children: ReactNode;
}

export function Page({ title, extra, children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('协同监管平台')}`;
  }, [title, t]);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        {extra}
      </div>
      {children}
    </div>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** Shows a query's loading state, its error with a retry, or its data. Old data stay while they are fetched again. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton active paragraph={{ rows: 6 }} />;
}
