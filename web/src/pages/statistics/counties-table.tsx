/** Hunan by county, grouped by city. A map would say less and needs data that we do not have. */
import { Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Counties } from '../../../../api/statistics/counties.ts';
import { COUNTIES } from '../../../../domain/oversight/statistics.ts';
import { withQuery } from '../../api/client.ts';
import { Loaded } from '../../components/page.tsx';
import type { Address } from '../../components/use-address.ts';
import { FigureLink, percentOf } from './figure-link.tsx';
import { useStatistic } from './use-statistic.ts';
import { WideTable } from '../../components/wide-table.tsx';
import { keysOf } from '../../../../domain/keys.ts';

type Row = Counties['rows'][number];
const NAMES = keysOf(COUNTIES);

export function CountiesTable({ query }: { query: Address }) {
  const { t } = useTranslation();
  const answer = useStatistic<Counties>('counties', query);
  const figure = (name: keyof Row['figures'], title: string) => ({
    title: t(title),
    key: name,
    align: 'right' as const,
    sorter: (a: Row, b: Row) => (a.figures[name]?.count ?? 0) - (b.figures[name]?.count ?? 0),
    render: (_value: unknown, row: Row) => <FigureLink figure={row.figures[name]} />,
  });
  return (
    <Loaded query={answer}>
      {({ rows, total }) => (
        <WideTable<Row>
          rowKey="regionCode"
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
          dataSource={rows}
          summary={() => (
            <Table.Summary.Row>
              <Table.Summary.Cell index={0} colSpan={2}>
                {t('合计')}
              </Table.Summary.Cell>
              {NAMES.map((name, index) => (
                <Table.Summary.Cell key={name} index={index + 2} align="right">
                  <FigureLink figure={total.figures[name]} />
                </Table.Summary.Cell>
              ))}
              <Table.Summary.Cell index={NAMES.length + 2} align="right">
                <FigureLink figure={total.figures.registrations} />
              </Table.Summary.Cell>
              <Table.Summary.Cell index={NAMES.length + 3} align="right">
                {percentOf(total.onTimeRate)}
              </Table.Summary.Cell>
            </Table.Summary.Row>
          )}
          columns={[
            { title: t('市州'), dataIndex: 'prefecture', render: (name: string | null) => name ?? '—' },
            {
              title: t('区域'),
              dataIndex: 'title',
              render: (title: string, { figures, level, regionCode }) => (
                <>
                  {/* No link for a city: its row counts its own level only, but the filter would include its counties. */}
                  {level === 'county' ? (
                    <Link to={withQuery('/statistics', { ...query, region: regionCode })}>{title}</Link>
                  ) : (
                    title
                  )}{' '}
                  {figures.overdue.count > 0 && <Tag color="error">{t('有逾期')}</Tag>}
                </>
              ),
            },
            ...NAMES.map((name) => figure(name, COUNTIES[name].title)),
            figure('registrations', '登记信息'),
            {
              title: t('按时率'),
              align: 'right',
              sorter: (a, b) => (a.onTimeRate ?? -1) - (b.onTimeRate ?? -1),
              render: (_value, row) => percentOf(row.onTimeRate),
            },
          ]}
        />
      )}
    </Loaded>
  );
}
