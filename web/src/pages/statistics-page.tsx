/** 统计分析 (第十四条、第十六条): every count opens the list behind it; all tables can be downloaded. */
import { Card, Select, Space, Tabs, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Period } from '../../../domain/oversight/statistics.ts';
import { CASE_TYPES } from '../../../domain/case-types/case-types.ts';
import { Page } from '../components/page.tsx';
import { RegionFilter } from '../components/region-filter.tsx';
import { useAddress, type Address } from '../components/use-address.ts';
import { TableLinks } from '../components/table-links.tsx';
import { DayInput } from '../forms/day-input.tsx';
import { useSession } from '../session/session.ts';
import { CountiesTable } from './statistics/counties-table.tsx';
import { LoadTable } from './statistics/load-table.tsx';
import { MatchingTables } from './statistics/matching-tables.tsx';
import { ReasonsTable } from './statistics/reasons-table.tsx';
import { TimelinessTable } from './statistics/timeliness-table.tsx';
import { useStatistic } from './statistics/use-statistic.ts';

/** Which parameters of the address each statistic takes. */
const ASKED: Record<string, readonly string[]> = {
  timeliness: ['from', 'to', 'region', 'caseType', 'by', 'page'],
  load: ['from', 'to', 'region', 'caseType'],
  'rollback-reasons': ['from', 'to', 'region'],
  counties: ['from', 'to', 'region', 'caseType'],
};
const MATCHING = new Set(['registering-authority', 'platform-administrator', 'supervisor', 'auditor']);

export function StatisticsPage() {
  const { t } = useTranslation();
  const { role } = useSession();
  const [address, change] = useAddress();
  const tab = address['tab'] ?? 'timeliness';
  const asked = ASKED[tab];
  const query: Address = Object.fromEntries(Object.entries(address).filter(([name]) => asked?.includes(name)));
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
        {asked && (
          <Filters
            tab={tab}
            query={query}
            hasCaseType={asked.includes('caseType')}
            onChange={(filter) => change({ page: undefined, ...filter })}
          />
        )}
        <Tabs
          activeKey={tab}
          items={tabs}
          destroyOnHidden
          onChange={(chosen) => change({ tab: chosen, page: undefined })}
        />
      </Card>
    </Page>
  );
}

interface FiltersProps {
  tab: string;
  query: Address;
  hasCaseType: boolean;
  onChange: (change: Record<string, string | undefined>) => void;
}

function Filters({ tab, query, hasCaseType, onChange }: FiltersProps) {
  const { t } = useTranslation();
  // The table's own query, so it is sent once; it tells the default period if the reader chose none.
  const { data: period } = useStatistic<Period>(tab, query);
  return (
    <>
      <Space wrap className="filters">
        <DayInput
          prefix={t('起')}
          aria-label={t('起始日期')}
          value={query['from'] ?? period?.from}
          onChange={(from) => onChange({ from })}
        />
        <DayInput
          prefix={t('止')}
          aria-label={t('截止日期')}
          value={query['to'] ?? period?.to}
          onChange={(to) => onChange({ to })}
        />
        <RegionFilter value={query['region']} onChange={(region) => onChange({ region })} />
        {hasCaseType && (
          <Select
            allowClear
            aria-label={t('事项类型')}
            placeholder={t('全部事项')}
            style={{ width: 180 }}
            value={query['caseType']}
            options={Object.entries(CASE_TYPES).map(([value, title]) => ({ value, label: t(title) }))}
            onChange={(caseType?: string) => onChange({ caseType })}
          />
        )}
        <TableLinks path={`/statistics/${tab}/export`} query={query} />
      </Space>
      {NOW.has(tab) && (
        <Typography.Paragraph type="secondary" className="small">
          {t('“当前在办”“当前逾期”是此刻的件数，不限于所选期间；其余各列为期间内的件数')}
        </Typography.Paragraph>
      )}
    </>
  );
}

/** Tables in which some columns show the present, whatever the period. */
const NOW = new Set(['timeliness', 'counties']);
