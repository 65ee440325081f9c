import { Table } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RollbackReasons } from '../../../../api/statistics/rollback-reasons.ts';
import { Loaded } from '../../components/page.tsx';
import type { Address } from '../../components/use-address.ts';
import { FigureLink } from './figure-link.tsx';
import { LazyChart } from './lazy-chart.tsx';
import { useStatistic } from './use-statistic.ts';

export function ReasonsTable({ query }: { query: Address }) {
  const answer = useStatistic<RollbackReasons>('rollback-reasons', query);
  return <Loaded query={answer}>{(data) => <Rows data={data} />}</Loaded>;
}

function Rows({ data: { rows, total } }: { data: RollbackReasons }) {
  const { t } = useTranslation();
  const chart = useMemo(
    () => ({
      categories: rows.map(({ title }) => t(title)),
      series: [
        { name: t('件数'), values: rows.map(({ figures }) => figures.returned.count), colour: 'primary' as const },
      ],
    }),
    [rows, t],
  );
  return (
    <>
      {total.figures.returned.count > 0 && (
        <LazyChart title={t('各回退理由的件数，数字见下表')} kind="bar" {...chart} />
      )}
      <Table
        size="small"
        rowKey="reasonCode"
        pagination={false}
        dataSource={[...rows, { reasonCode: 'total', title: '合计', figures: total.figures }]}
        columns={[
          { title: t('回退理由'), dataIndex: 'title', render: (title: string) => t(title) },
          {
            title: t('件数'),
            align: 'right',
            render: (_value, { figures }) => <FigureLink figure={figures.returned} />,
          },
        ]}
      />
    </>
  );
}
