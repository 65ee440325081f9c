/** Which enterprise: searched as one types. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';

interface Props {
  id?: string;
  value?: string;
  onChange?: (uscc: string) => void;
}

const LEAST = 2;

export function EnterpriseSelect({ id, value, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed || value || '');
  const found = useQuery({
    queryKey: ['enterprises', q],
    enabled: q.length >= LEAST,
    queryFn: ({ signal }) =>
      get<{ items: { uscc: string; name: string; cancelledOn: string | null }[] }>(
        '/public/enterprises',
        { q, limit: 20 },
        signal,
      ),
  });
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('输入企业名称或统一社会信用代码')}
      notFoundContent={q.length < LEAST ? t('请至少输入两个字') : t('没有找到，请核对名称或信用代码')}
      options={found.data?.items.map(({ uscc, name, cancelledOn }) => ({
        value: uscc,
        label: `${name}（${uscc}）${cancelledOn ? t('已注销（{{date}}）', { date: cancelledOn }) : ''}`,
      }))}
    />
  );
}
