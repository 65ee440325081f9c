import { Table } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Load } from '../../../../api/statistics/load.ts';
import { LOAD } from '../../../../domain/oversight/statistics.ts';
import { Loaded } from '../../components/page.tsx';
import type { Address } from '../../components/use-address.ts';
import { FigureLink } from './figure-link.tsx';
import { LazyChart } from './lazy-chart.tsx';
import { useStatistic } from './use-statistic.ts';
import { keysOf } from '../../../../domain/keys.ts';

type Row = Load['rows'][number];
const NAMES = keysOf(LOAD);
const COLOURS_OF = { opened: 'primary', closed: 'success', breached: 'error' } as const;

export function LoadTable({ query }: { query: Address }) {
  const answer = useStatistic<Load>('load', query);
  return <Loaded query={answer}>{(data) => <Rows data={data} />}</Loaded>;
}

function Rows({ data }: { data: Load }) {
  const { t } = useTranslation();
  const chart = useMemo(
    () => ({
      categories: data.rows.map(({ day }) => day.slice(5)),
      series: NAMES.map((name) => ({
        name: t(LOAD[name].title),
        values: data.rows.map(({ figures }) => figures[name].count),
        colour: COLOURS_OF[name],
      })),
    }),
    [data, t],
  );
  return (
    <>
      <LazyChart title={t('每日新立、办结和逾期，数字见下表')} kind="line" {...chart} />
      <Table<Row>
        size="small"
        rowKey="day"
        dataSource={[...data.rows.toReversed(), { day: t('合计'), figures: data.total.figures }]}
        pagination={{ pageSize: 40, hideOnSinglePage: true }}
        columns={[
          { title: t('日期'), dataIndex: 'day' },
          ...NAMES.map((name) => ({
            title: t(LOAD[name].title),
            key: name,
            align: 'right' as const,
            render: (_: unknown, { figures }: Row) => <FigureLink figure={figures[name]} />,
          })),
        ]}
      />
    </>
  );
}
