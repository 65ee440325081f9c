/** An answer for each enterprise that was asked about, in the order asked. */
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RestrictionAnswer } from '../../../../api/restrictions/query.ts';
import { RestrictionTable } from '../../components/restriction-table.tsx';
import { Section } from '../../components/section.tsx';
import { WideTable } from '../../components/wide-table.tsx';

export function AnsweredEnterprises({ answer: { asOf, items } }: { answer: RestrictionAnswer }) {
  const { t } = useTranslation();
  const restricted = items.filter((item) => item.restricted);
  return (
    <Section
      title={t('{{day}}：{{all}}个企业，{{count}}个受限制', { day: asOf, all: items.length, count: restricted.length })}
    >
      <WideTable
        key={`${asOf} ${items.map(({ uscc }) => uscc).join(' ')}`}
        rowKey="uscc"
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={items}
        expandable={{
          columnTitle: t('限制'),
          rowExpandable: (row) => row.restricted,
          defaultExpandedRowKeys: restricted.map(({ uscc }) => uscc),
          expandedRowRender: ({ restrictions }) => <RestrictionTable rows={restrictions} />,
        }}
        columns={[
          {
            title: t('统一社会信用代码'),
            dataIndex: 'uscc',
            render: (uscc: string) => <span className="numbers">{uscc}</span>,
          },
          {
            title: t('名称'),
            render: (_, { uscc, name }) =>
              name ? <Link to={`/enterprises/${uscc}?asOf=${asOf}`}>{name}</Link> : t('平台上没有该企业的信息'),
          },
          {
            title: t('是否受限'),
            render: (_, { restrictions }) =>
              restrictions.length > 0 ? (
                <Tag color="error">{t('受限制{{count}}项', { count: restrictions.length })}</Tag>
              ) : (
                t('无限制')
              ),
          },
        ]}
      />
    </Section>
  );
}
