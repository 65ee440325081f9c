/** A list as the server has it: what went wrong above it, what is on its way, and a word where there is nothing. */
import { Empty, Table, type TableProps } from 'antd';
import { ProblemAlert } from './problem-alert.tsx';

interface Props<T> extends Omit<
  TableProps<T>,
  'dataSource' | 'loading' | 'size' | 'className' | 'locale' | 'pagination'
> {
  query: { error: Error | null; isPending: boolean; refetch: () => unknown };
  rows: readonly T[] | undefined;
  empty?: string;
  /** Rows a page; without it all of them stand below each other. */
  perPage?: number;
}

export function ListTable<T>({ query, rows = [], empty, perPage, ...table }: Props<T>) {
  return (
    <>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Table<T>
        {...table}
        size="small"
        className="wide-table"
        loading={query.isPending}
        dataSource={rows}
        pagination={perPage ? { pageSize: perPage, hideOnSinglePage: true, showSizeChanger: false } : false}
        {...(empty && { locale: { emptyText: <Empty description={empty} /> } })}
      />
    </>
  );
}
