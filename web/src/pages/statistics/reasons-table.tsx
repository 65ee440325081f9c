import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RollbackReasons } from '../../../../api/routes/leader-statistics.ts';
import { Loaded } from '../../components/page.tsx';
import type { Address } from '../../components/use-address.ts';
import { FigureLink } from './figure-link.tsx';
import { useStatistic } from './use-statistic.ts';

export function ReasonsTable({ query: { by: _, caseType: __, ...query } }: { query: Address }) {
  const { t } = useTranslation();
  const answer = useStatistic<RollbackReasons>('rollback-reasons', query);
  return (
    <Loaded query={answer}>
      {({ rows, total }) => (
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
      )}
    </Loaded>
  );
}
