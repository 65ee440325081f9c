/** 登记信息公示: registrations that touch no approval, to be searched, downloaded and claimed (第七条第二款). */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Segmented, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { PublishedPage as Answer } from '../../../api/routes/published-registrations.ts';
import { isOfDepartment } from '../../../domain/organs/roles.ts';
import { CLAIM_ARTICLE, PUBLISHED_STANDINGS } from '../../../domain/registration/published.ts';
import { REGISTRATION_EVENTS, REGISTRATION_KINDS } from '../../../domain/registration/words.ts';
import { useRegions } from '../api/reference.ts';
import { usePages } from '../api/use-pages.ts';
import { usePostOnce } from '../api/use-post-once.ts';
import { casePath } from '../../../domain/case-types/case-path.ts';
import { useArticle } from '../components/article.tsx';
import { ListTable } from '../components/list-table.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { Page } from '../components/page.tsx';
import { SearchInput } from '../components/search-input.tsx';
import { titleIn } from '../components/title-in.ts';
import { useAddress } from '../components/use-address.ts';
import { TableLinks } from '../components/table-links.tsx';
import { ClaimDialog } from './published/claim-dialog.tsx';
import { useSession } from '../session/session.ts';

type Row = Answer['items'][number];

/** Characters of a scope in the table. */
const SCOPE_SHOWN = 100;
const ALL = 'all';

export function PublishedPage() {
  const { t } = useTranslation();
  const article = useArticle();
  const session = useSession();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const postOnce = usePostOnce();
  const { fullNameOf } = useRegions();
  const [address, change] = useAddress();
  const [claiming, setClaiming] = useState<Row>();
  const { standing = 'unclaimed', ...filters } = address;
  const asked = { ...filters, standing: standing === ALL ? undefined : standing };
  const { pages, first, items } = usePages<Answer>('published', '/published-registrations', asked);

  async function claim(row: Row, body: object) {
    try {
      const path = `/published-registrations/${encodeURIComponent(row.registrationNo)}/claim`;
      const { caseId } = await postOnce<{ caseId: string }>(path, body);
      void message.success(t('{{title}}：已办理', { title: t('认领') }));
      void navigate(casePath({ caseType: 'registrationPush', caseId }));
    } finally {
      await Promise.all(['published', 'cases', 'tasks'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    }
  }

  return (
    <Page title={t('登记信息公示')} extra={<TableLinks path="/published-registrations/download" query={asked} />}>
      <Card size="small">
        <Typography.Paragraph type="secondary">
          {article(CLAIM_ARTICLE)} · {t('不涉及审批的登记信息：没有期限，先认领者承办，认领后反馈')}
        </Typography.Paragraph>
        <Space wrap className="filters">
          <Segmented
            aria-label={t('认领与否')}
            value={standing}
            onChange={(chosen) => change({ standing: chosen })}
            options={[
              ...Object.entries(PUBLISHED_STANDINGS).map(([value, title]) => ({ value, label: t(title) })),
              { value: ALL, label: t('全部') },
            ]}
          />
          <SearchInput
            label={t('查找登记信息')}
            placeholder={t('企业、信用代码、编号或经营范围')}
            width={320}
            value={address['q']}
            onSearch={(q) => change({ q })}
          />
        </Space>
        <ListTable<Row>
          query={pages}
          rows={first && items}
          rowKey="registrationNo"
          empty={t('没有符合条件的登记信息')}
          columns={[
            { title: t('名称'), render: (_, { uscc, name }) => <Link to={`/enterprises/${uscc}`}>{name}</Link> },
            { title: t('登记编号'), dataIndex: 'registrationNo' },
            { title: t('主体类型'), dataIndex: 'kind', render: (kind: string) => t(titleIn(REGISTRATION_KINDS, kind)) },
            {
              title: t('登记事项'),
              dataIndex: 'event',
              render: (event: string) => t(titleIn(REGISTRATION_EVENTS, event)),
            },
            { title: t('行政区划'), dataIndex: 'regionCode', render: fullNameOf },
            {
              title: t('经营范围'),
              dataIndex: 'scope',
              render: (scope: string) => (scope.length > SCOPE_SHOWN ? `${scope.slice(0, SCOPE_SHOWN)}…` : scope),
            },
            {
              title: t('认领'),
              render: (_, row) =>
                row.published === 'unclaimed' && isOfDepartment(session) ? (
                  <Button size="small" aria-label={`${t('认领')} ${row.name}`} onClick={() => setClaiming(row)}>
                    {t('认领')}
                  </Button>
                ) : (
                  t(PUBLISHED_STANDINGS[row.published])
                ),
            },
          ]}
        />
        <MoreButton pages={pages} />
      </Card>
      <ClaimDialog
        name={claiming?.name}
        onSubmit={(body) => claim(claiming!, body)}
        onClose={() => setClaiming(undefined)}
      />
    </Page>
  );
}
