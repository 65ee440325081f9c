/** Cases of every type that a condition finds, as far as one may see them. */
import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CasePage } from '../../../api/case-list.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import type { Address } from '../components/use-address.ts';
import { CaseTable } from './case-table.tsx';
import { MoreButton } from './more-button.tsx';
import { usePages } from './use-cases.ts';

export function FoundCases({ query }: { query: Address }) {
  const { t } = useTranslation();
  const { pages, cases } = usePages<CasePage>('cases', '/cases', query);
  return (
    <>
      {pages.error && <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />}
      <CaseTable
        mixed
        showDepartment
        cases={cases}
        loading={pages.isPending}
        empty={<Empty description={t('没有符合条件的事项')} />}
        footer={pages.hasNextPage && <MoreButton pages={pages} />}
      />
    </>
  );
}
