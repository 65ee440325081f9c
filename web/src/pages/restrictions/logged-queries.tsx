/** 查询记录: who asked about whom, for those who oversee (第十九条第二款). */
import { useTranslation } from 'react-i18next';
import type { LoggedRestrictionQuery } from '../../../../api/routes/restrictions.ts';
import { useEarlier } from '../../api/use-earlier.ts';
import { ListTable } from '../../components/list-table.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Section } from '../../components/section.tsx';
import { Instant } from '../../components/time.tsx';

export function LoggedQueries() {
  const { t } = useTranslation();
  const { pages, rows } = useEarlier<LoggedRestrictionQuery>('restriction-queries', '/restrictions/queries');
  return (
    <Section title={t('查询记录')}>
      <ListTable<LoggedRestrictionQuery>
        query={pages}
        rows={rows}
        empty={t('没有记录')}
        rowKey="id"
        expandable={{
          columnTitle: t('所查企业'),
          expandedRowRender: ({ codes }) => <span className="numbers">{codes.join(' ')}</span>,
        }}
        columns={[
          { title: t('时间'), width: 150, render: (_, { at }) => <Instant at={at} /> },
          { title: t('账号'), dataIndex: 'username' },
          { title: t('查询人'), dataIndex: 'personAsking' },
          { title: t('部门'), dataIndex: 'departmentName' },
          { title: t('查询日期'), dataIndex: 'asOf' },
          { title: t('企业数'), render: (_, { codes }) => codes.length },
          { title: t('受限制企业数'), dataIndex: 'restricted' },
          { title: t('取得方式'), render: (_, { downloaded }) => (downloaded ? t('下载文件') : t('页面查询')) },
        ]}
      />
      <MoreButton pages={pages} label="更早的记录" />
    </Section>
  );
}
