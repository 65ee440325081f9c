/** 账号名册 (第四条第二款): handed in by a department's lead, endorsed, opened, and the passwords collected. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select, Space, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountListPage } from '../../../../api/routes/account-lists.ts';
import type { AccountListView } from '../../../../api/views/account-list.ts';
import {
  ACCOUNT_LIST_ACTS,
  ACCOUNT_LIST_STATES,
  type AccountListAct,
} from '../../../../domain/organs/account-lists.ts';
import { usePages } from '../../api/use-pages.ts';
import { ListTable } from '../../components/list-table.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Instant } from '../../components/time.tsx';
import { useAddress } from '../../components/use-address.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { useSession } from '../../session/session.ts';
import { actsOn, fieldsOf, HINTS, perform } from './account-list-acts.ts';
import { AccountListRows } from './account-list-rows.tsx';
import { AccountUpload } from './account-upload.tsx';

const KEY = 'account-lists';
/** In ms: accounts are opened, and passwords made, while the page is looked at. */
const LOOK_AGAIN = 2000;

export function AccountLists() {
  const { t } = useTranslation();
  const { role } = useSession();
  const queries = useQueryClient();
  const [{ state }, change] = useAddress();
  const [asked, setAsked] = useState<{ lists: AccountListView[]; act: AccountListAct }>();
  const [shown, setShown] = useState<string>();
  const [chosen, setChosen] = useState<string[]>([]);
  const { pages, first, items } = usePages<AccountListPage>(KEY, '/admin/account-lists', { state });
  const refresh = () => queries.invalidateQueries({ queryKey: [KEY] });
  const isMoving = items.some((list) => list.state === 'opening' || list.passwordState === 'making');
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: [KEY] }), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [isMoving, queries]);
  const together = items.filter(({ no }) => chosen.includes(no));
  const isHolder = role === 'department-lead' || role === 'platform-administrator';

  return (
    <>
      {isHolder && <AccountUpload onSubmitted={() => void refresh()} />}
      <Space wrap className="filters">
        <Select
          allowClear
          aria-label={t('状态')}
          placeholder={t('全部')}
          style={{ width: 220 }}
          value={state}
          onChange={(wanted?: string) => change({ state: wanted })}
          options={Object.entries(ACCOUNT_LIST_STATES).map(([value, title]) => ({ value, label: t(title) }))}
        />
        {actsOn(together).map((act) => (
          <Button key={act} onClick={() => setAsked({ lists: together, act })}>
            {t('{{act}}所选{{n}}份', { act: t(ACCOUNT_LIST_ACTS[act].title), n: together.length })}
          </Button>
        ))}
      </Space>
      <ListTable<AccountListView>
        query={pages}
        rows={first && items}
        empty={t('没有账号名册')}
        rowKey="no"
        rowSelection={{
          selectedRowKeys: chosen,
          onChange: (keys) => setChosen(keys.map(String)),
          getCheckboxProps: ({ no }) => ({ 'aria-label': no }),
        }}
        columns={[
          {
            title: t('名册编号'),
            render: (_, { no }) => (
              <Button type="link" size="small" onClick={() => setShown(no)}>
                {no}
              </Button>
            ),
          },
          {
            title: t('单位'),
            render: (_, list) => list.departmentName ?? t('{{region}}（多部门）', { region: list.regionName }),
          },
          { title: t('人数'), dataIndex: 'rowCount' },
          {
            title: t('上报'),
            render: (_, list) => (
              <>
                <Instant at={list.submittedAt} /> {list.submittedBy}
              </>
            ),
          },
          {
            title: t('状态'),
            render: (_, { stateTitle, passwordStateTitle, refusal }) => (
              <Space wrap size={4}>
                <Tag>{t(stateTitle)}</Tag>
                {passwordStateTitle && (
                  <Tag color="processing">{t('密码{{state}}', { state: t(passwordStateTitle) })}</Tag>
                )}
                {refusal}
              </Space>
            ),
          },
          {
            title: t('操作'),
            render: (_, list) => (
              <Space wrap size={4}>
                {list.acts.map((act) => (
                  <Button key={act} size="small" onClick={() => setAsked({ lists: [list], act })}>
                    {t(ACCOUNT_LIST_ACTS[act].title)}
                  </Button>
                ))}
              </Space>
            ),
          },
        ]}
      />
      <MoreButton pages={pages} />
      {shown && <AccountListRows no={shown} onClose={() => setShown(undefined)} />}
      {asked && (
        <FormDialog
          title={t(ACCOUNT_LIST_ACTS[asked.act].title)}
          hint={HINTS[asked.act] && t(HINTS[asked.act]!)}
          fields={fieldsOf(asked.act)}
          controls={{ passphrase: <Input.Password autoComplete="new-password" /> }}
          onSubmit={async (values) => {
            await perform(asked.act, asked.lists, values).finally(() => void refresh());
            setChosen([]);
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
