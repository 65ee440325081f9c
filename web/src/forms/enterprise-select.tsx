/** Chooses an enterprise, searched while typing. */
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSearchable } from '../../../domain/worklist/search-text.ts';
import { useEnterprises } from '../api/enterprises.ts';
import { NoneFound } from './none-found.tsx';
import { useSettled } from './use-settled.ts';

interface Props {
  id?: string;
  value?: string;
  onChange?: (uscc: string) => void;
}

const MOST = 20;

export function EnterpriseSelect({ id, value, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const q = typed || value || '';
  const settled = useSettled(q);
  const found = useEnterprises(settled, MOST);
  const isFetching = found.isFetching || q !== settled;
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('输入企业名称或统一社会信用代码')}
      notFoundContent={
        !isSearchable(q) ? (
          t('请至少输入两个字')
        ) : (
          <NoneFound query={{ isFetching, error: found.error }}>{t('没有找到，请核对名称或信用代码')}</NoneFound>
        )
      }
      options={found.data?.items.map(({ uscc, name, cancelledOn }) => ({
        value: uscc,
        label: `${name}（${uscc}）${cancelledOn ? t('已注销（{{date}}）', { date: cancelledOn }) : ''}`,
      }))}
    />
  );
}
