/** 后置审批事项目录: versions, items, and a box to try matching. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Empty, Input, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CatalogueItem, Hit } from '../../../domain/scope/matching.ts';
import { get, post } from '../api/client.ts';
import { useSectors } from '../api/reference.ts';
import { useAttempt } from '../api/use-attempt.ts';
import { ScopeText } from '../cases/page/scope-text.tsx';
import { useArticle } from '../components/article.tsx';
import { Loaded, Page } from '../components/page.tsx';
import { ItemManner } from '../components/item-manner.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { FormDialog, REASON } from '../forms/form-dialog.tsx';
import { JsonFileButton } from './json-file-button.tsx';
import { useProvinceBarred } from './use-barred.ts';
import { WideTable } from '../components/wide-table.tsx';

type Item = Omit<CatalogueItem, 'mode'> & { mode?: CatalogueItem['mode'] };

interface Tried {
  items: string[];
  hits: Hit[];
}

export function CataloguePage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [loaded, setLoaded] = useState<unknown>();
  const catalogue = useQuery({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => get<{ version: string; items: Item[] }>('/catalogue', {}, signal),
  });
  const why = useProvinceBarred();
  return (
    <Page
      title={t('后置审批事项目录')}
      extra={
        <Space wrap>
          {catalogue.data && <Tag>{t('版本：{{version}}', { version: catalogue.data.version })}</Tag>}
          <JsonFileButton title={t('载入新版')} why={why} onRead={setLoaded} />
        </Space>
      }
    >
      <Space orientation="vertical" size={16} style={{ width: '100%' }}>
        <TryBox items={catalogue.data?.items ?? []} />
        <Card size="small" title={<h2 className="section-title">{t('事项')}</h2>}>
          <Loaded query={catalogue}>{({ items }) => <Items items={items} />}</Loaded>
        </Card>
      </Space>
      {loaded !== undefined && (
        <FormDialog
          title={t('载入新版')}
          hint={t('此后的登记按新版比对，以前的保留原版本')}
          fields={[REASON]}
          onSubmit={async ({ reason }) => {
            await post('/admin/catalogues', { catalogue: loaded, reason });
            await queries.invalidateQueries({ queryKey: ['catalogue'] });
          }}
          onClose={() => setLoaded(undefined)}
        />
      )}
    </Page>
  );
}

/** Shows what a scope would be pushed for, without pushing it. */
function TryBox({ items }: { items: Item[] }) {
  const { t } = useTranslation();
  const article = useArticle();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState<{ scope: string; answer: Tried }>();
  const { problem, attempt } = useAttempt();
  const match = () =>
    attempt(async () => setTried({ scope: typed, answer: await post<Tried>('/catalogue/try', { scope: typed }) }));
  return (
    <Card size="small" title={<h2 className="section-title">{t('试匹配')}</h2>}>
      <label htmlFor="try-scope">{t('经营范围')}</label>
      <Input.TextArea
        id="try-scope"
        rows={3}
        value={typed}
        placeholder={t('例如：许可项目：农药零售；食品销售。一般项目：化肥销售（不含危险化学品）。')}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="primary" className="after-table" disabled={!typed.trim()} onClick={() => void match()}>
        {t('试匹配')}
      </Button>
      {problem && <ProblemAlert error={problem} />}
      {tried && (
        <section aria-live="polite" aria-label={t('匹配结果')} className="results">
          <ScopeText scope={tried.scope} hits={tried.answer.hits} />
          {tried.answer.hits.length === 0 ? (
            <Empty description={t('没有命中：将公示供认领')} />
          ) : (
            <ul className="plain-list">
              {tried.answer.hits.map((hit) => {
                const item = items.find(({ id }) => id === hit.itemId);
                return (
                  <li key={`${hit.itemId} ${hit.start}`}>
                    <mark className="keyword">{hit.keyword}</mark>
                    {item?.name ?? hit.itemId}{' '}
                    <Typography.Text type="secondary">
                      {item?.law} {article(item?.article ?? '')}
                    </Typography.Text>
                    {hit.qualifier && <ItemManner qualifier={hit.qualifier} />}
                  </li>
                );
              })}
            </ul>
          )}
        </section>
      )}
    </Card>
  );
}

function Items({ items }: { items: Item[] }) {
  const { t } = useTranslation();
  const article = useArticle();
  const [q, setQ] = useState('');
  const shown = items.filter(
    ({ id, name, keywords, synonyms }) =>
      id.includes(q) || name.includes(q) || [...keywords, ...synonyms].some((word) => word.includes(q)),
  );
  return (
    <>
      <Input.Search
        allowClear
        className="filters"
        aria-label={t('事项名称或关键词')}
        placeholder={t('事项名称或关键词')}
        style={{ width: 280 }}
        onSearch={(typed) => setQ(typed.trim())}
      />
      <WideTable<Item>
        rowKey="id"
        dataSource={shown}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t('编号'), dataIndex: 'id' },
          {
            title: t('名称'),
            render: (_, { name, preApproval }) => (
              <>
                {name} {preApproval && <Tag>{t('前置审批，不推送')}</Tag>}
              </>
            ),
          },
          { title: t('依据'), render: (_, item) => `${item.law} ${article(item.article)}` },
          { title: t('办理方式'), render: (_, item) => <ItemManner {...item} /> },
          { title: t('监管部门'), render: (_, item) => <Supervising {...item} /> },
          { title: t('限定'), render: (_, { qualifiers = [] }) => <Qualifiers of={qualifiers} /> },
          {
            title: t('关键词'),
            render: (_, { keywords, synonyms }) => (
              <span className="small">{[...keywords, ...synonyms].join('、')}</span>
            ),
          },
        ]}
      />
    </>
  );
}

function Supervising({ supervisingSector, bases }: Item) {
  const article = useArticle();
  const sectors = useSectors();
  const basis = bases?.supervisingSector;
  if (!supervisingSector) return null;
  const name = sectors.data?.find(({ id }) => id === supervisingSector)?.name ?? supervisingSector;
  return `${name}${basis ? `（${basis.law} ${article(basis.article)}）` : ''}`;
}

/** What in a scope calls for less than the item's permit. */
function Qualifiers({ of }: { of: NonNullable<Item['qualifiers']> }) {
  return of.map(({ phrases: [phrase = ''], effect, basis }) => (
    <div key={phrase}>
      <ItemManner qualifier={{ phrase, effect, ...basis }} />
    </div>
  ));
}
