/** A list from the server: an error above it, a loading state, and a text if it is empty. */
import { Empty, type TableProps } from 'antd';
import { ProblemAlert } from './problem-alert.tsx';
import { WideTable } from './wide-table.tsx';

interface Props<T> extends Omit<
  TableProps<T>,
  'dataSource' | 'loading' | 'size' | 'className' | 'components' | 'locale' | 'pagination'
> {
  query: { error: Error | null; isPending: boolean; refetch: () => unknown };
  /** Undefined until the server has answered. */
  rows: readonly T[] | undefined;
  empty?: string;
  /** Rows on a page. Absent: all rows on one page. */
  perPage?: number;
}

export function ListTable<T>({ query, rows, empty, perPage, ...table }: Props<T>) {
  return (
    <>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {/* If the list could not be read, do not say that it is empty. */}
      {(rows || !query.error) && (
        <WideTable<T>
          {...table}
          loading={query.isPending}
          dataSource={rows ?? []}
          pagination={perPage ? { pageSize: perPage, hideOnSinglePage: true, showSizeChanger: false } : false}
          locale={{ emptyText: query.isPending ? ' ' : empty && <Empty description={empty} /> }}
        />
      )}
    </>
  );
}
