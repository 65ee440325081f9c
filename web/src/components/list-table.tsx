/** A list as the server has it: what went wrong above it, what is on its way, and a word where there is nothing. */
import { Empty, type TableProps } from 'antd';
import { ProblemAlert } from './problem-alert.tsx';
import { WideTable } from './wide-table.tsx';

interface Props<T> extends Omit<
  TableProps<T>,
  'dataSource' | 'loading' | 'size' | 'className' | 'components' | 'locale' | 'pagination'
> {
  query: { error: Error | null; isPending: boolean; refetch: () => unknown };
  /** Undefined as long as the server has not said. */
  rows: readonly T[] | undefined;
  empty?: string;
  /** Rows a page; without it all of them stand below each other. */
  perPage?: number;
}

export function ListTable<T>({ query, rows, empty, perPage, ...table }: Props<T>) {
  return (
    <>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {/* Nobody knows that there is nothing where the list could not be read. */}
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
