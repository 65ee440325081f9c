import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Select, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ManagedAccountView } from '../../../../api/views/account.ts';
import type { AccountPage, PasswordReset } from '../../../../api/routes/admin-accounts.ts';
import { ROLES } from '../../../../domain/organs/roles.ts';
import { post, submit } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { MoreButton } from '../../components/more-button.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { SearchInput } from '../../components/search-input.tsx';
import { useAddress } from '../../components/use-address.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import type { Field } from '../../forms/schema-fields.ts';
import { useSession } from '../../session/session.ts';

type Deed = 'change' | 'disable' | 'enable' | 'reset-password';
const DEEDS: Record<Deed, string> = { change: '变更', disable: '停用', enable: '启用', 'reset-password': '重置密码' };

const REASON: Field = { name: 'reason', label: '理由', required: true, control: 'paragraph', most: 500 };
const CHANGE: Field[] = [
  { name: 'displayName', label: '姓名或岗位名称', required: true, control: 'line', most: 50 },
  {
    name: 'role',
    label: '角色',
    required: true,
    control: 'choice',
    options: Object.entries(ROLES).map(([value, label]) => ({ value, label })),
  },
  { name: 'regionCode', label: '行政区划', required: true, control: 'region' },
  { name: 'departmentCode', label: '部门', required: false, control: 'department' },
  REASON,
];

export function AccountList() {
  const { t } = useTranslation();
  const { role: own } = useSession();
  const queries = useQueryClient();
  const [{ q, role, disabled }, change] = useAddress();
  const [asked, setAsked] = useState<{ account: ManagedAccountView; deed: Deed }>();
  const [password, setPassword] = useState<string>();
  const { pages, first, items } = usePages<AccountPage>('accounts', '/admin/accounts', { q, role, disabled });
  const isAdministrator = own === 'platform-administrator';

  async function perform({ reason, ...values }: Record<string, unknown>) {
    const { account, deed } = asked!;
    const path = `/admin/accounts/${account.username}`;
    if (deed === 'change') {
      const { departmentCode, ...rest } = values;
      await submit('PATCH', path, { ...rest, departmentCode: departmentCode || null, reason });
    } else {
      const answer = await post<Partial<PasswordReset>>(`${path}/${deed}`, { reason });
      setPassword(answer.password);
    }
    await queries.invalidateQueries({ queryKey: ['accounts'] });
  }

  const deedsOf = ({ disabledAt }: ManagedAccountView): Deed[] =>
    isAdministrator
      ? ['change', disabledAt ? 'enable' : 'disable', 'reset-password']
      : own === 'department-lead'
        ? [disabledAt ? 'enable' : 'disable']
        : [];

  return (
    <>
      <Space wrap className="filters">
        <SearchInput label={t('账号或姓名')} value={q} onSearch={(typed) => change({ q: typed })} />
        <Select
          allowClear
          aria-label={t('角色')}
          placeholder={t('全部角色')}
          style={{ width: 180 }}
          value={role}
          onChange={(chosen?: string) => change({ role: chosen })}
          options={Object.entries(ROLES).map(([value, title]) => ({ value, label: t(title) }))}
        />
      </Space>
      <ListTable<ManagedAccountView>
        query={pages}
        rows={first && items}
        rowKey="username"
        columns={[
          { title: t('账号'), dataIndex: 'username' },
          { title: t('姓名或岗位名称'), dataIndex: 'displayName' },
          { title: t('角色'), dataIndex: 'roleTitle', render: (title: string) => t(title) },
          { title: t('单位'), render: (_, { departmentName, regionName }) => departmentName ?? regionName },
          {
            title: t('状态'),
            render: (_, { disabledAt }) => (
              <Tag color={disabledAt ? 'default' : 'success'}>{t(disabledAt ? '已停用' : '使用中')}</Tag>
            ),
          },
          {
            title: t('操作'),
            render: (_, account) => (
              <Space wrap size={4}>
                {deedsOf(account).map((deed) => (
                  <Button key={deed} size="small" onClick={() => setAsked({ account, deed })}>
                    {t(DEEDS[deed])}
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
          title={`${t(DEEDS[asked.deed])} ${asked.account.username}`}
          fields={asked.deed === 'change' ? CHANGE : [REASON]}
          initial={asked.deed === 'change' ? { ...asked.account } : undefined}
          onSubmit={perform}
          onClose={() => setAsked(undefined)}
        />
      )}
      {password && (
        <Modal open title={t('一次性密码')} onCancel={() => setPassword(undefined)} footer={null}>
          <Typography.Paragraph>{t('只显示这一次；登录后须先修改密码')}</Typography.Paragraph>
          <Typography.Text strong copyable className="numbers receipt-no">
            {password}
          </Typography.Text>
        </Modal>
      )}
    </>
  );
}
