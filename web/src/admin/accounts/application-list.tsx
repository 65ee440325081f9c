import { useQueryClient } from '@tanstack/react-query';
import { Button, Select, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationView } from '../../../../api/views/account.ts';
import type { ApplicationPage } from '../../../../api/routes/account-applications.ts';
import { APPLICATION_STATES } from '../../../../domain/organs/accounts.ts';
import { post } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { MoreButton } from '../../components/more-button.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Instant } from '../../components/time.tsx';
import { useAddress } from '../../components/use-address.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';

type Decision = ApplicationView['decisions'][number];
const DECISIONS: Record<Decision, string> = { endorse: '审核同意', approve: '开通', refuse: '不予开通' };

export function ApplicationList() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [{ state }, change] = useAddress();
  const [asked, setAsked] = useState<{ application: ApplicationView; decision: Decision }>();
  const { pages, first, items } = usePages<ApplicationPage>('account-applications', '/account-applications', { state });
  return (
    <>
      <Select
        allowClear
        className="filters"
        aria-label={t('状态')}
        placeholder={t('全部')}
        style={{ width: 220 }}
        value={state}
        onChange={(chosen?: string) => change({ state: chosen })}
        options={Object.entries(APPLICATION_STATES).map(([value, title]) => ({ value, label: t(title) }))}
      />
      <ListTable<ApplicationView>
        query={pages}
        rows={first && items}
        empty={t('没有账号申请')}
        rowKey="no"
        columns={[
          { title: t('申请编号'), dataIndex: 'no' },
          {
            title: t('账号'),
            render: (_, { username, usernameTaken, displayName }) => (
              <>
                {username} {displayName} {usernameTaken && <Tag color="error">{t('账号已被使用')}</Tag>}
              </>
            ),
          },
          {
            title: t('角色'),
            render: (_, { roleTitle, departmentName, regionName }) => `${t(roleTitle)} ${departmentName ?? regionName}`,
          },
          { title: t('联系电话'), dataIndex: 'phone' },
          { title: t('理由'), dataIndex: 'reason' },
          { title: t('申请时间'), render: (_, { appliedAt }) => <Instant at={appliedAt} /> },
          { title: t('状态'), render: (_, { stateTitle }) => <Tag>{t(stateTitle)}</Tag> },
          {
            title: t('操作'),
            render: (_, application) => (
              <Space wrap size={4}>
                {application.decisions.map((decision) => (
                  <Button key={decision} size="small" onClick={() => setAsked({ application, decision })}>
                    {t(DECISIONS[decision])}
                  </Button>
                ))}
              </Space>
            ),
          },
        ]}
      />
      <MoreButton pages={pages} />
      {asked && (
        <FormDialog
          title={t(DECISIONS[asked.decision])}
          hint={`${asked.application.username} ${asked.application.displayName}`}
          fields={[
            { name: 'reason', label: '理由', required: asked.decision === 'refuse', control: 'paragraph', most: 500 },
          ]}
          onSubmit={async ({ reason }) => {
            const body = reason ? { reason } : {};
            await post(`/account-applications/${asked.application.no}/${asked.decision}`, body);
            await queries.invalidateQueries({ queryKey: ['account-applications'] });
            await queries.invalidateQueries({ queryKey: ['accounts'] });
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
