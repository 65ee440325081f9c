/** The accuracy of matching, from departments' returns and claims. */
import { Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../api/reference.ts';
import { Loaded } from '../../components/page.tsx';
import { TableLinks } from '../../components/table-links.tsx';
import { percentOf } from './figure-link.tsx';
import { useStatistic } from './use-statistic.ts';

interface Matching {
  keywords: { itemId: string; keyword: string; judged: number; falseHits: number; precision: number | null }[];
  items: { itemId: string; found: number; missed: number; recall: number | null }[];
}

export function MatchingTables() {
  const { t } = useTranslation();
  const answer = useStatistic<Matching>('matching', {});
  const catalogue = useCatalogue();
  const nameOf = (id: string) => catalogue.data?.items.find((item) => item.id === id)?.name ?? id;
  const paging = { pageSize: 20, hideOnSinglePage: true, showSizeChanger: false };
  return (
    <Loaded query={answer}>
      {({ keywords, items }) => (
        <>
          <Typography.Paragraph type="secondary">
            {t('查准率依部门的回退理由，查全率依公示认领时填写的事项；有了反馈才有数字')}
          </Typography.Paragraph>
          <ExportButton of="keywords" />
          <Table
            size="small"
            rowKey={({ itemId, keyword }) => `${itemId} ${keyword}`}
            dataSource={keywords}
            pagination={paging}
            columns={[
              { title: t('关键词'), dataIndex: 'keyword' },
              { title: t('后置审批事项'), dataIndex: 'itemId', render: nameOf },
              { title: t('已判断'), dataIndex: 'judged', align: 'right' },
              { title: t('误推'), dataIndex: 'falseHits', align: 'right' },
              { title: t('查准率'), align: 'right', render: (_, row) => percentOf(row.precision) },
            ]}
          />
          <ExportButton of="items" />
          <Table
            size="small"
            rowKey="itemId"
            dataSource={items}
            pagination={paging}
            columns={[
              { title: t('后置审批事项'), dataIndex: 'itemId', render: nameOf },
              { title: t('推送'), dataIndex: 'found', align: 'right' },
              { title: t('漏推'), dataIndex: 'missed', align: 'right' },
              { title: t('查全率'), align: 'right', render: (_, row) => percentOf(row.recall) },
            ]}
          />
        </>
      )}
    </Loaded>
  );
}

function ExportButton({ of }: { of: keyof Matching }) {
  const { t } = useTranslation();
  const title = { keywords: '关键词查准率', items: '事项查全率' }[of];
  return (
    <div className="filters">
      <TableLinks path="/statistics/matching/export" query={{ of }} of={t(title)} />
    </div>
  );
}
