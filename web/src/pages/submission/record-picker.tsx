/** Chooses the wrong record: first the enterprise, then one of its published records. */
import { useQuery } from '@tanstack/react-query';
import { Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/client.ts';
import { EnterpriseSelect } from '../../forms/enterprise-select.tsx';
import { NoneFound } from '../../forms/none-found.tsx';

interface Props {
  id?: string;
  value?: string;
  onChange?: (recordId: string | undefined) => void;
  /** The enterprise, if already known. */
  uscc: string | null;
}

interface PickableRecord {
  recordId: string;
  kindTitle: string;
  documentNo: string;
  generatedOn: string;
  publishedAt: string | null;
  withdrawnAt: string | null;
}

export function RecordPicker({ uscc: known, id, value, onChange }: Props) {
  const { t } = useTranslation();
  const [uscc, setUscc] = useState(known ?? '');
  const records = useQuery({
    queryKey: ['enterprise', uscc, 'records'],
    enabled: uscc !== '',
    queryFn: ({ signal }) =>
      get<{ items: PickableRecord[] }>(`/enterprises/${encodeURIComponent(uscc)}/records`, {}, signal),
  });
  const published = records.data?.items.filter(({ publishedAt, withdrawnAt }) => publishedAt && !withdrawnAt) ?? [];
  return (
    <Space orientation="vertical" style={{ width: '100%' }}>
      {known === null && (
        <>
          <label htmlFor="record-enterprise">{t('企业')}</label>
          <EnterpriseSelect
            id="record-enterprise"
            value={uscc || undefined}
            onChange={(chosen) => {
              setUscc(chosen);
              // The record chosen before belongs to another enterprise.
              onChange?.(undefined);
            }}
          />
        </>
      )}
      <Select
        id={id}
        value={value}
        onChange={onChange}
        loading={records.isFetching}
        disabled={uscc === ''}
        style={{ width: '100%' }}
        notFoundContent={<NoneFound query={records}>{t('该企业名下没有已公示的信息')}</NoneFound>}
        options={published.map(({ recordId, kindTitle, documentNo, generatedOn }) => ({
          value: recordId,
          label: `${t(kindTitle)} ${documentNo}（${generatedOn}）`,
        }))}
      />
    </Space>
  );
}
