/** A table to take away: as a workbook, or as CSV for other programs. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Space, type ButtonProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { withQuery, type Query } from '../api/client.ts';

export type TableFormat = 'xlsx' | 'csv';

interface TableButtonsProps {
  /** What the table holds, where the page has several. */
  of?: string;
  buttonOf: (format: TableFormat) => ButtonProps;
}

export function TableButtons({ of = '', buttonOf }: TableButtonsProps) {
  const { t } = useTranslation();
  return (
    <Space.Compact>
      <Button icon={<DownloadOutlined />} {...buttonOf('xlsx')}>
        {t('导出{{of}}Excel', { of })}
      </Button>
      <Button aria-label={t('导出{{of}}CSV', { of })} {...buttonOf('csv')}>
        CSV
      </Button>
    </Space.Compact>
  );
}

export function TableLinks({ path, query, of }: { path: string; query?: Query; of?: string }) {
  const buttonOf = (format: TableFormat) => ({
    href: withQuery(`/api/v1${path}`, { ...query, format }),
    download: true,
  });
  return <TableButtons of={of} buttonOf={buttonOf} />;
}
