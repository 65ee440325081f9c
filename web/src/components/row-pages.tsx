/** Turns the pages of a table whose rows the server gives page by page. */
import { Pagination } from 'antd';

/** Rows a page, as the server gives them where it is not asked otherwise. */
const PAGE_SIZE = 50;

interface Props {
  page: string | undefined;
  rowCount: number;
  onChange: (change: { page: string }) => void;
}

export function RowPages({ page, rowCount, onChange }: Props) {
  return (
    <Pagination
      align="end"
      current={Number(page ?? 1)}
      pageSize={PAGE_SIZE}
      total={rowCount}
      hideOnSinglePage
      showSizeChanger={false}
      onChange={(chosen) => onChange({ page: String(chosen) })}
    />
  );
}
