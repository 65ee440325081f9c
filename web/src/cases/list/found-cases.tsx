/** Cases of all types that match a condition and that the reader may see. */
import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CasePage } from '../../../../api/cases/list.ts';
import { usePages } from '../../api/use-pages.ts';
import type { Address } from '../../components/use-address.ts';
import { CaseTable } from './case-table.tsx';

export function FoundCases({ query }: { query: Address }) {
  const { t } = useTranslation();
  const list = usePages<CasePage>('cases', '/cases', query);
  return (
    <CaseTable
      // A new search begins anew: a row held in its place belongs to the old one.
      key={new URLSearchParams(query).toString()}
      mixed
      showDepartment
      list={list}
      empty={<Empty description={t('没有符合条件的事项')} />}
    />
  );
}
