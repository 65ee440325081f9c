/** Accepted registrations: the list behind a county's figure. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RegistrationPage } from '../../../api/routes/registration-list.ts';
import { REGISTRATION_EVENTS, REGISTRATION_KINDS } from '../../../domain/registration/words.ts';
import { get } from '../api/client.ts';
import { useRegions } from '../api/reference.ts';
import { Conditions } from '../components/conditions.tsx';
import { Page } from '../components/page.tsx';
import { ListTable } from '../components/list-table.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { titleIn } from '../components/title-in.ts';
import { useAddress } from '../components/use-address.ts';

const CONDITIONS: Record<string, string> = {
  region: '区域',
  onlyRegion: '区域',
  acceptedFrom: '受理自',
  acceptedTo: '受理至',
  uscc: '统一社会信用代码',
  name: '名称',
  event: '登记事项',
  kind: '主体类型',
};

export function RegistrationsPage() {
  const { t } = useTranslation();
  const { fullNameOf } = useRegions();
  const [address, change] = useAddress();
  const valueOf = (name: string, value: string) => {
    if (name === 'region' || name === 'onlyRegion') return fullNameOf(value);
    if (name === 'event') return t(titleIn(REGISTRATION_EVENTS, value));
    return name === 'kind' ? t(titleIn(REGISTRATION_KINDS, value)) : value;
  };
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
        <Conditions query={address} titles={CONDITIONS} valueOf={valueOf} onChange={change} />
        <ListTable
          query={pages}
          rows={pages.data?.pages.flatMap(({ items }) => items)}
          rowKey="registrationNo"
          columns={[
            { title: t('登记编号'), dataIndex: 'registrationNo' },
            { title: t('名称'), render: (_, { uscc, name }) => <Link to={`/enterprises/${uscc}`}>{name}</Link> },
            { title: t('主体类型'), dataIndex: 'kind', render: (kind: string) => t(titleIn(REGISTRATION_KINDS, kind)) },
            {
              title: t('登记事项'),
              dataIndex: 'event',
              render: (event: string) => t(titleIn(REGISTRATION_EVENTS, event)),
            },
            { title: t('行政区划'), dataIndex: 'regionCode', render: fullNameOf },
            { title: t('登记日期'), dataIndex: 'registeredOn' },
          ]}
        />
        <MoreButton pages={pages} />
      </Card>
    </Page>
  );
}
