/** 工作日历: its versions on their way to running cases, the year at a glance, new notices and one-off closures. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Progress, Select, Space, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkCalendar } from '../../../domain/calendar.ts';
import { get } from '../api/client.ts';
import { Loaded, Page } from '../components/page.tsx';
import { useSession } from '../session/session.ts';
import { JsonFileButton } from './json-file-button.tsx';
import { PublicationDialog, type Publication } from './publication-dialog.tsx';
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
  const { role } = useSession();
  const queries = useQueryClient();
  const [publication, setPublication] = useState<Publication>();
  const mayPublish = role === 'platform-administrator';
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
        <Tooltip title={mayPublish ? undefined : t('只能由平台管理员办理')}>
          <Space wrap>
            <JsonFileButton
              title={t('载入新的年度日历')}
              disabled={!mayPublish}
              onRead={(calendar) => setPublication({ kind: 'calendar', calendar })}
            />
            <Button type="primary" disabled={!mayPublish} onClick={() => setPublication({ kind: 'closure' })}>
              {t('临时放假或调休')}
            </Button>
          </Space>
        </Tooltip>
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
  if (!finishedAt) return <Progress percent={99} status="active" showInfo={false} aria-label={t('正在重算')} />;
  return (
    <Tag color={remaining ? 'warning' : 'success'}>
      {remaining
        ? t('重算{{n}}个，{{rest}}个未应答', { n: affected, rest: remaining })
        : t('已重算{{n}}个事项', { n: affected })}
    </Tag>
  );
}

function Year({ versions }: { versions: string[] }) {
  const { t } = useTranslation();
  const [version, setVersion] = useState(versions[0]);
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
