/** 工作日历: versions and their rollout to running cases, the year at a glance, loading a yearly notice, one-off closures. */
import { LoadingOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Card, Select, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkCalendar } from '../../../domain/clock/calendar.ts';
import { get } from '../api/client.ts';
import { BarrableButton } from '../components/barrable-button.tsx';
import { Loaded, Page } from '../components/page.tsx';
import { JsonFileButton } from './json-file-button.tsx';
import { PublicationDialog, type Publication } from './publication-dialog.tsx';
import { useProvinceBarred } from './use-barred.ts';
import { YearView } from './year-view.tsx';
import { WideTable } from '../components/wide-table.tsx';

interface Rollout {
  version: string;
  source: string;
  validThrough: string;
  publishedBy: string | null;
  reason: string | null;
  affected: number | null;
  remaining: number | null;
  finishedAt: string | null;
}

const LOOK_AGAIN_MS = 2000;

export function CalendarsPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [publication, setPublication] = useState<Publication>();
  const why = useProvinceBarred();
  const query = useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) => get<{ items: Rollout[] }>('/admin/calendars', {}, signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ affected, finishedAt }) => affected !== null && !finishedAt) ? LOOK_AGAIN_MS : false,
  });
  return (
    <Page
      title={t('工作日历')}
      extra={
        <Space wrap>
          <JsonFileButton
            title={t('载入新的年度日历')}
            why={why}
            onRead={(calendar) => setPublication({ kind: 'calendar', calendar })}
          />
          <BarrableButton
            type="primary"
            title={t('临时放假或调休')}
            why={why}
            onClick={() => setPublication({ kind: 'closure' })}
          />
        </Space>
      }
    >
      <Space orientation="vertical" size={16} style={{ width: '100%' }}>
        <Card size="small" title={<h2 className="section-title">{t('版本')}</h2>}>
          <Loaded query={query}>{({ items }) => <Versions items={items} />}</Loaded>
        </Card>
        {query.data && <Year versions={query.data.items.map(({ version }) => version)} />}
      </Space>
      {publication && (
        <PublicationDialog
          publication={publication}
          onClose={() => setPublication(undefined)}
          onPublished={() => void queries.invalidateQueries({ queryKey: ['calendars'] })}
        />
      )}
    </Page>
  );
}

function Versions({ items }: { items: Rollout[] }) {
  const { t } = useTranslation();
  return (
    <WideTable<Rollout>
      rowKey="version"
      pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
      dataSource={items}
      columns={[
        { title: t('版本'), dataIndex: 'version' },
        { title: t('来源'), dataIndex: 'source' },
        { title: t('公布至'), dataIndex: 'validThrough' },
        { title: t('依据'), render: (_, { reason }) => reason ?? '—' },
        { title: t('送达'), render: (_, rollout) => <RolloutState rollout={rollout} /> },
      ]}
    />
  );
}

function RolloutState({ rollout: { affected, remaining, finishedAt } }: { rollout: Rollout }) {
  const { t } = useTranslation();
  if (affected === null) return <Tag>{t('初始日历')}</Tag>;
  // The number of limits not recounted is known only when the rollout has finished.
  if (!finishedAt) {
    return (
      <Tag color="processing" icon={<LoadingOutlined />}>
        {t('正在重算')}
      </Tag>
    );
  }
  return (
    <Tag color={remaining ? 'warning' : 'success'}>
      {remaining
        ? t('重算{{n}}个期限，{{rest}}个事项未应答', { n: affected, rest: remaining })
        : t('已重算{{n}}个期限', { n: affected })}
    </Tag>
  );
}

function Year({ versions }: { versions: string[] }) {
  const { t } = useTranslation();
  const [chosen, setVersion] = useState<string>();
  // Unless a version is chosen, show the newest, also one published while the page is open.
  const version = chosen ?? versions[0];
  const query = useQuery({
    queryKey: ['calendars', version],
    queryFn: ({ signal }) => get<{ calendar: WorkCalendar }>(`/admin/calendars/${version}`, {}, signal),
  });
  return (
    <Card
      size="small"
      title={<h2 className="section-title">{t('全年')}</h2>}
      extra={
        <Select
          aria-label={t('版本')}
          value={version}
          onChange={setVersion}
          options={versions.map((value) => ({ value, label: value }))}
          style={{ width: 180 }}
        />
      }
    >
      <Loaded query={query}>{({ calendar }) => <YearView calendar={calendar} />}</Loaded>
    </Card>
  );
}
