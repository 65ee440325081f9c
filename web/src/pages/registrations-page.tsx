/** Registrations accepted: the list behind a county's figure. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RegistrationPage } from '../../../api/registration-list.ts';
import { REGISTRATION_EVENTS, REGISTRATION_KINDS } from '../../../domain/registration-terms.ts';
import { get } from '../api/client.ts';
import { useRegions } from '../api/reference.ts';
import { Page } from '../components/page.tsx';
import { ListTable } from '../components/list-table.tsx';
import { useAddress } from '../components/use-address.ts';

const titled = (titles: Record<string, string>, code: string) => titles[code] ?? code;

export function RegistrationsPage() {
  const { t } = useTranslation();
  const { fullNameOf } = useRegions();
  const [address] = useAddress();
  const pages = useInfiniteQuery({
    queryKey: ['registrations', address],
    queryFn: ({ pageParam, signal }) =>
      get<RegistrationPage>('/registrations', { ...address, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return (
    <Page title={t('登记信息')}>
      <Card size="small">
        <ListTable
          query={pages}
          rows={pages.data?.pages.flatMap(({ items }) => items)}
          rowKey="registrationNo"
          columns={[
            { title: t('登记编号'), dataIndex: 'registrationNo' },
            { title: t('名称'), render: (_, { uscc, name }) => <Link to={`/enterprises/${uscc}`}>{name}</Link> },
            { title: t('主体类型'), dataIndex: 'kind', render: (kind: string) => t(titled(REGISTRATION_KINDS, kind)) },
            {
              title: t('登记事项'),
              dataIndex: 'event',
              render: (event: string) => t(titled(REGISTRATION_EVENTS, event)),
            },
            { title: t('行政区划'), dataIndex: 'regionCode', render: fullNameOf },
            { title: t('登记日期'), dataIndex: 'registeredOn' },
          ]}
        />
        {pages.hasNextPage && (
          <Button block type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('显示更多')}
          </Button>
        )}
      </Card>
    </Page>
  );
}
