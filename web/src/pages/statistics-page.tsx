/** 统计分析 (第十四条、第十六条): every figure opens the list behind it. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card, Select, Space, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { CASE_TYPES } from '../../../domain/transitions.ts';
import { withQuery } from '../api/client.ts';
import { Page } from '../components/page.tsx';
import { RegionFilter } from '../components/region-filter.tsx';
import { useAddress, type Address } from '../components/use-address.ts';
import { DayInput } from '../forms/day-input.tsx';
import { useSession } from '../session/session.ts';
import { CountiesTable } from './statistics/counties-table.tsx';
import { LoadTable } from './statistics/load-table.tsx';
import { MatchingTables } from './statistics/matching-tables.tsx';
import { ReasonsTable } from './statistics/reasons-table.tsx';
import { TimelinessTable } from './statistics/timeliness-table.tsx';

/** What the address holds for the page itself. */
const OWN = new Set(['tab']);
const MATCHING = new Set(['registering-authority', 'platform-administrator', 'supervisor', 'auditor']);

export function StatisticsPage() {
  const { t } = useTranslation();
  const { role } = useSession();
  const [address, change] = useAddress();
  const tab = address['tab'] ?? 'timeliness';
  const query: Address = Object.fromEntries(Object.entries(address).filter(([name]) => !OWN.has(name)));
  const tabs = [
    { key: 'timeliness', label: t('按时率'), children: <TimelinessTable query={query} onChange={change} /> },
    { key: 'load', label: t('每日工作量'), children: <LoadTable query={query} /> },
    { key: 'rollback-reasons', label: t('回退理由'), children: <ReasonsTable query={query} /> },
    { key: 'counties', label: t('各县市区'), children: <CountiesTable query={query} /> },
    ...(MATCHING.has(role) ? [{ key: 'matching', label: t('关键词质量'), children: <MatchingTables /> }] : []),
  ];
  return (
    <Page title={t('统计分析')}>
      <Card size="small">
        <Space wrap className="filters">
          <DayInput aria-label={t('起始日期')} value={query['from']} onChange={(from) => change({ from })} />
          <DayInput aria-label={t('截止日期')} value={query['to']} onChange={(to) => change({ to })} />
          <RegionFilter value={query['region']} onChange={(region) => change({ region })} />
          <Select
            allowClear
            aria-label={t('事项类型')}
            placeholder={t('全部事项')}
            style={{ width: 180 }}
            value={query['caseType']}
            options={Object.entries(CASE_TYPES).map(([value, title]) => ({ value, label: t(title) }))}
            onChange={(caseType?: string) => change({ caseType })}
          />
          {tab !== 'matching' && (
            <Button icon={<DownloadOutlined />} href={withQuery(`/api/v1/statistics/${tab}/export`, query)} download>
              {t('导出 CSV')}
            </Button>
          )}
        </Space>
        <Tabs activeKey={tab} items={tabs} destroyOnHidden onChange={(chosen) => change({ tab: chosen })} />
      </Card>
    </Page>
  );
}
