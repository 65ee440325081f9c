/** 变更记录: who changed which reference data, when and why. */
import { Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEarlier } from '../api/use-earlier.ts';
import { MoreButton } from '../components/more-button.tsx';
import { ChangeWords } from '../cases/page/change-words.tsx';
import { Page } from '../components/page.tsx';
import { ListTable } from '../components/list-table.tsx';
import { Instant } from '../components/time.tsx';
import { limitTitle } from '../components/title-in.ts';

interface Change {
  id: number;
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
  sectors: '行业',
  regions: '行政区划',
  departments: '部门',
  measures: '惩戒措施目录',
  'department-setting': '部门设置',
  calendar: '工作日历',
  account: '账号',
  'account-application': '账号申请',
  'account-list': '账号名册',
};

const named = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : undefined;

/** The everyday name of what was changed. */
function nameOf({ subject, key, before, after }: Change): string {
  if (subject === 'limit') return limitTitle(key) ?? key;
  if (subject === 'department') return named(after) ?? named(before) ?? key;
  return key;
}

export function ChangesPage() {
  const { t } = useTranslation();
  const { pages, rows } = useEarlier<Change>('changes', '/admin/changes');
  return (
    <Page title={t('变更记录')}>
      <Card size="small">
        <ListTable<Change>
          query={pages}
          rows={rows}
          empty={t('没有变更')}
          rowKey="id"
          columns={[
            { title: t('时间'), width: 150, render: (_, { at }) => <Instant at={at} /> },
            { title: t('办理人'), width: 110, dataIndex: 'changedBy' },
            {
              title: t('内容'),
              width: '22%',
              render: (_, change) => (
                <>
                  <Typography.Text type="secondary">{t(SUBJECTS[change.subject] ?? change.subject)}</Typography.Text>
                  <div>{t(nameOf(change))}</div>
                </>
              ),
            },
            {
              title: t('变更'),
              width: '34%',
              render: (_, { before, after }) => <ChangeWords before={before} after={after} />,
            },
            { title: t('依据'), dataIndex: 'reason', className: 'prewrap' },
          ]}
        />
        <MoreButton pages={pages} />
      </Card>
    </Page>
  );
}
