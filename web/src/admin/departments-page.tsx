/** 部门: opened, renamed, retired; each change with its ground. */
import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Card, Input, Space, Switch, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { submit } from '../api/client.ts';
import { useDepartments, useRegions, type Department } from '../api/reference.ts';
import { BarrableButton } from '../components/barrable-button.tsx';
import { Page } from '../components/page.tsx';
import { ListTable } from '../components/list-table.tsx';
import { SearchInput } from '../components/search-input.tsx';
import { useAddress } from '../components/use-address.ts';
import { FormDialog, REASON } from '../forms/form-dialog.tsx';
import { RegionSelect } from '../forms/region-select.tsx';
import type { Field } from '../forms/schema-fields.ts';
import { useSession } from '../session/session.ts';
import { useRegionBarred } from './use-barred.ts';

const FIELDS: Field[] = [
  { name: 'code', label: '部门代码', required: true, control: 'line', most: 60 },
  { name: 'name', label: '部门名称', required: true, control: 'line', most: 100 },
  { name: 'retired', label: '撤销', required: false, control: 'choice' },
  REASON,
];

export function DepartmentsPage() {
  const { t } = useTranslation();
  const { regionCode } = useSession();
  const queries = useQueryClient();
  const [{ region = regionCode, q = '' }, change] = useAddress();
  const [edited, setEdited] = useState<Partial<Department>>();
  const { fullNameOf } = useRegions();
  const whyNot = useRegionBarred();
  const query = useDepartments(region);
  const shown = query.data?.filter(({ code, name }) => code.includes(q) || name.includes(q));

  async function save({ code, name, retired, reason }: Record<string, unknown>) {
    await submit('PUT', `/admin/departments/${encodeURIComponent(String(code))}`, {
      name,
      reason,
      retired: retired === true,
    });
    await queries.invalidateQueries({ queryKey: ['departments'] });
  }

  return (
    <Page
      title={t('部门')}
      extra={
        <BarrableButton
          type="primary"
          icon={<PlusOutlined />}
          title={t('设立部门')}
          why={whyNot(region)}
          onClick={() => setEdited({ code: `${region}-` })}
        />
      }
    >
      <Card size="small">
        <Space wrap className="filters">
          <RegionSelect aria-label={t('行政区划')} value={region} onChange={(chosen) => change({ region: chosen })} />
          <SearchInput label={t('部门名称')} value={q} onSearch={(typed) => change({ q: typed })} />
        </Space>
        <ListTable<Department>
          query={query}
          rows={shown}
          perPage={30}
          rowKey="code"
          columns={[
            { title: t('部门代码'), dataIndex: 'code' },
            {
              title: t('部门名称'),
              render: (_, { name, retired }) => (
                <>
                  {name} {retired && <Tag>{t('已撤销')}</Tag>}
                </>
              ),
            },
            { title: t('行政区划'), dataIndex: 'regionCode', render: fullNameOf },
            {
              title: t('操作'),
              render: (_, department) => (
                <BarrableButton
                  size="small"
                  title={t('更名或撤销')}
                  why={whyNot(department.regionCode)}
                  onClick={() => setEdited(department)}
                />
              ),
            },
          ]}
        />
      </Card>
      {edited && (
        <FormDialog
          title={t(edited.name ? '更名或撤销' : '设立部门')}
          hint={t('代码为“行政区划代码-部门类别”。撤销后不再向其推送，在办事项仍由其办理')}
          fields={FIELDS}
          controls={{ retired: <Switch />, ...(edited.name ? { code: <Input disabled /> } : {}) }}
          initial={edited}
          onSubmit={save}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Page>
  );
}
