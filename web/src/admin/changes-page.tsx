/** 变更记录: who changed which reference data, on what ground. */
import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import { Page } from '../components/page.tsx';
import { ListTable } from '../components/list-table.tsx';
import { Instant } from '../components/time.tsx';

interface Change {
  at: string;
  changedBy: string;
  subject: string;
  key: string;
  reason: string;
  before: unknown;
  after: unknown;
}

const SUBJECTS: Record<string, string> = {
  limit: '期限',
  catalogue: '事项目录',
  department: '部门',
  calendar: '工作日历',
  account: '账号',
  'account-application': '账号申请',
};

/** A version's whole content would fill the page: its name is enough. */
const LONGEST = 400;

function shown(value: unknown): string {
  if (value === null || value === undefined) return '—';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

export function ChangesPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['changes'],
    queryFn: ({ signal }) => get<{ items: Change[] }>('/admin/changes', { limit: 200 }, signal),
  });
  return (
    <Page title={t('变更记录')}>
      <Card size="small">
        <ListTable<Change>
          query={query}
          rows={query.data?.items}
          perPage={30}
          rowKey={({ at, subject, key }) => `${at} ${subject} ${key}`}
          columns={[
            { title: t('时间'), width: 150, render: (_, { at }) => <Instant at={at} /> },
            { title: t('办理人'), dataIndex: 'changedBy' },
            { title: t('内容'), render: (_, { subject, key }) => `${t(SUBJECTS[subject] ?? subject)} ${key}` },
            { title: t('依据'), dataIndex: 'reason' },
            {
              title: t('此前'),
              dataIndex: 'before',
              render: (value: unknown) => <span className="small">{shown(value)}</span>,
            },
            {
              title: t('此后'),
              dataIndex: 'after',
              render: (value: unknown) => <span className="small">{shown(value)}</span>,
            },
          ]}
        />
      </Card>
    </Page>
  );
}
