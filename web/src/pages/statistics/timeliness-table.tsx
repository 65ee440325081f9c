import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Timeliness } from '../../../../api/statistics/timeliness.ts';
import { TIMELINESS } from '../../../../domain/oversight/statistics.ts';
import { Loaded } from '../../components/page.tsx';
import { RowPages } from '../../components/row-pages.tsx';
import type { Address } from '../../components/use-address.ts';
import { FigureLink, percentOf } from './figure-link.tsx';
import { LazyChart } from './lazy-chart.tsx';
import { useStatistic } from './use-statistic.ts';
import { WideTable } from '../../components/wide-table.tsx';
import { keysOf } from '../../../../domain/keys.ts';

interface Props {
  query: Address;
  onChange: (change: Record<string, string | undefined>) => void;
}

type Row = Timeliness['rows'][number];
const NAMES = keysOf(TIMELINESS);
/** The most bars that a chart can show legibly. */
const BARS = 16;

export function TimelinessTable({ query, onChange }: Props) {
  const { t } = useTranslation();
  const answer = useStatistic<Timeliness>('timeliness', query);
  return (
    <>
      <Segmented
        className="filters"
        aria-label={t('统计口径')}
        value={query['by'] ?? 'department'}
        onChange={(by) => onChange({ by, page: undefined })}
        options={[
          { value: 'department', label: t('按部门') },
          { value: 'region', label: t('按区域') },
          { value: 'caseType', label: t('按事项类型') },
        ]}
      />
      <Loaded query={answer}>
        {(data) => (
          <>
            <Rows data={data} />
            <RowPages page={query['page']} rowCount={data.rowCount} onChange={onChange} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Rows({ data }: { data: Timeliness }) {
  const { t } = useTranslation();
  const total: Row = { key: 'total', title: '合计', ...data.total };
  const chart = useMemo(() => {
    const rows = data.rows.filter(({ figures }) => figures.closed.count > 0).slice(0, BARS);
    return {
      categories: rows.map(({ title }) => t(title)),
      series: [
        {
          name: t('按时办结'),
          values: rows.map(({ figures }) => figures.closedOnTime.count),
          colour: 'primary' as const,
        },
        { name: t('逾期办结'), values: rows.map(({ figures }) => figures.closedLate.count), colour: 'error' as const },
      ],
    };
  }, [data, t]);
  return (
    <>
      {chart.categories.length > 0 && <LazyChart title={t('按时办结与逾期办结，数字见下表')} kind="bar" {...chart} />}
      <WideTable<Row>
        rowKey="key"
        dataSource={[...data.rows, total]}
        pagination={false}
        columns={[
          { title: t('名称'), dataIndex: 'title', render: (title: string) => t(title) },
          ...NAMES.map((name) => ({
            title: t(TIMELINESS[name].title),
            key: name,
            align: 'right' as const,
            render: (_: unknown, { figures }: Row) => <FigureLink figure={figures[name]} />,
          })),
          { title: t('按时率'), align: 'right', render: (_, row) => percentOf(row.onTimeRate) },
          { title: t('法定期限按时率'), align: 'right', render: (_, row) => percentOf(row.statutoryOnTimeRate) },
        ]}
      />
    </>
  );
}
