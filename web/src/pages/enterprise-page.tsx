/** One enterprise for officials: restrictions, records, cases. */
import { useQuery } from '@tanstack/react-query';
import { Empty, Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { get } from '../api/client.ts';
import { FoundCases } from '../cases/list/found-cases.tsx';
import { casePath } from '../../../domain/case-types/case-path.ts';
import { CancelledTag } from '../components/cancelled-tag.tsx';
import { Loaded, Page } from '../components/page.tsx';
import { Section } from '../components/section.tsx';
import { dayOf } from '../components/time.tsx';
import { isOfDepartment } from '../../../domain/organs/roles.ts';
import { useSession } from '../session/session.ts';
import { RecordVersions } from './enterprise/record-versions.tsx';
import { Restrictions } from './enterprise/restrictions.tsx';
import { WideTable } from '../components/wide-table.tsx';

interface RecordSummary {
  recordId: string;
  caseId: string;
  kindTitle: string;
  documentNo: string;
  sectionTitle: string;
  generatedOn: string;
  publishedAt: string | null;
  withdrawnAt: string | null;
  version: number;
  departmentCode: string;
}

export function EnterprisePage() {
  const { uscc = '' } = useParams();
  const { t } = useTranslation();
  const known = useQuery({
    queryKey: ['enterprise', uscc, 'name'],
    queryFn: ({ signal }) =>
      get<{ name: string; cancelledOn: string | null }>(`/public/enterprises/${encodeURIComponent(uscc)}`, {}, signal),
  });
  return (
    <Page
      title={known.data?.name ?? uscc}
      extra={
        <Space wrap>
          <CancelledTag on={known.data?.cancelledOn} />
          <span className="numbers">{uscc}</span>
          <Link to={`/public/enterprises/${uscc}`}>{t('公示页面')}</Link>
        </Space>
      }
    >
      <Space orientation="vertical" size={16} style={{ width: '100%' }}>
        <Restrictions uscc={uscc} />
        <Records uscc={uscc} />
        <Section title={t('事项')}>
          <FoundCases query={{ q: uscc }} />
        </Section>
      </Space>
    </Page>
  );
}

function Records({ uscc }: { uscc: string }) {
  const { t } = useTranslation();
  const { role, departmentCode: own } = useSession();
  const isDepartment = isOfDepartment({ role });
  const query = useQuery({
    queryKey: ['enterprise', uscc, 'records'],
    queryFn: ({ signal }) =>
      get<{ items: RecordSummary[] }>(`/enterprises/${encodeURIComponent(uscc)}/records`, {}, signal),
  });
  return (
    <Section title={t('归集和公示的信息')}>
      <Loaded query={query}>
        {({ items }) => (
          <WideTable
            rowKey="recordId"
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={items}
            locale={{ emptyText: <Empty description={t('没有信息')} /> }}
            expandable={{
              expandedRowRender: ({ recordId }) => <RecordVersions recordId={recordId} />,
              columnTitle: t('版本'),
            }}
            columns={[
              { title: t('栏目'), dataIndex: 'sectionTitle', render: (title: string) => t(title) },
              {
                title: t('文书号'),
                render: (_, { documentNo, caseId }) => (
                  <Link to={casePath({ caseType: 'publication', caseId })}>{documentNo}</Link>
                ),
              },
              { title: t('产生日期'), dataIndex: 'generatedOn' },
              {
                title: t('公示'),
                render: (_, { publishedAt, withdrawnAt }) => (
                  <>
                    {publishedAt ? dayOf(publishedAt) : <Tag color="warning">{t('未公示')}</Tag>}
                    {withdrawnAt && <Tag>{t('{{day}}撤下', { day: dayOf(withdrawnAt) })}</Tag>}
                  </>
                ),
              },
              {
                title: t('办理'),
                render: (_, { recordId, publishedAt, withdrawnAt, departmentCode }) =>
                  isDepartment &&
                  publishedAt &&
                  !withdrawnAt && (
                    <Space wrap>
                      {departmentCode === own && <Link to={`/records/${recordId}/event`}>{t('归集变动')}</Link>}
                      <Link to={`/new/correction?uscc=${uscc}&recordId=${recordId}`}>{t('发现有误，提出更正')}</Link>
                    </Space>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
