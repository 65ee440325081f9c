/** 月度考核 (第十六条) by the published formula; anyone can recompute it from the audit log. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, DatePicker, Space, Table } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Assessment } from '../../../api/routes/assessments.ts';
import { FORMULAS } from '../../../domain/oversight/assessment.ts';
import { get } from '../api/client.ts';
import { useRegions } from '../api/reference.ts';
import { Loaded, Page } from '../components/page.tsx';
import { RegionFilter } from '../components/region-filter.tsx';
import { RowPages } from '../components/row-pages.tsx';
import { useAddress, type Address } from '../components/use-address.ts';
import { CountLink, listOf, type Counted } from './assessment/count-link.tsx';
import { Formula } from './assessment/formula.tsx';
import { WideTable } from '../components/wide-table.tsx';
import { TableLinks } from '../components/table-links.tsx';

const MONTH = 'YYYY-MM';

type Share = Assessment['departments'][number]['shares']['statutory'];
const shareOf = ({ good, total }: Share) => (total === 0 ? '—' : `${good}/${total}`);
const scoreOf = (score: number | null) => (score === null ? '—' : score.toFixed(1));

export function AssessmentPage() {
  const { t } = useTranslation();
  const [address, change] = useAddress();
  const { region, month, order, page } = address;
  const query = useQuery({
    queryKey: ['statistics', 'assessment', month, region, order, page],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<Assessment>('/assessments', { month, region, order, page }, signal),
  });
  // The platform's clock decides which month is the default.
  const shown = month ?? query.data?.month;
  return (
    <Page
      title={t('月度考核')}
      extra={
        <Space wrap>
          <RegionFilter value={region} onChange={(chosen) => change({ region: chosen, page: undefined })} />
          <DatePicker
            picker="month"
            aria-label={t('月份')}
            allowClear={false}
            minDate={dayjs(FORMULAS[0]!.from, MONTH)}
            value={shown ? dayjs(shown, MONTH) : null}
            onChange={(chosen) => change({ month: chosen?.format(MONTH), page: undefined })}
          />
          <TableLinks path="/assessments/export" query={{ month, region }} />
        </Space>
      }
    >
      <Loaded query={query}>
        {(assessment) => <Scores assessment={assessment} address={address} onChange={change} />}
      </Loaded>
    </Page>
  );
}

interface Props {
  assessment: Assessment;
  address: Address;
  onChange: (change: Record<string, string | undefined>) => void;
}

const ORDERS = { ascend: 'score', descend: '-score' } as const;

function Scores({ assessment, address: { region, order, page }, onChange }: Props) {
  const { t } = useTranslation();
  const { fullNameOf } = useRegions();
  const { departments, regions } = assessment;
  const ratio = (title: string, name: keyof (typeof departments)[number]['shares']) => ({
    title: t(title),
    key: name,
    align: 'right' as const,
    render: (_: unknown, { shares }: (typeof departments)[number]) => shareOf(shares[name]),
  });
  const number = (title: string, name: Counted) => ({
    title: t(title),
    key: name,
    align: 'right' as const,
    render: (_: unknown, row: (typeof departments)[number]) => (
      <CountLink count={row[name]} query={listOf(name, assessment.month, { department: row.departmentCode })} />
    ),
  });
  return (
    <Space orientation="vertical" size={16} style={{ width: '100%' }}>
      <Card size="small" title={<h2 className="section-title">{t('各部门')}</h2>}>
        <WideTable
          rowKey="departmentCode"
          dataSource={departments}
          pagination={false}
          onChange={(_, __, sorted) => {
            const { order: chosen } = Array.isArray(sorted) ? {} : sorted;
            onChange({ order: chosen ? ORDERS[chosen] : undefined, page: undefined });
          }}
          columns={[
            { title: t('部门'), dataIndex: 'departmentName' },
            {
              title: t('得分'),
              dataIndex: 'score',
              align: 'right',
              sorter: true,
              sortOrder: order === 'score' ? 'ascend' : order === '-score' ? 'descend' : null,
              render: (score: number | null) => <strong className="numbers">{scoreOf(score)}</strong>,
            },
            ratio('法定期限按时', 'statutory'),
            ratio('办理时限按时', 'norm'),
            ratio('督办事项按时', 'supervision'),
            ratio('回退理由成立', 'returns'),
            number('逾期', 'breaches'),
            number('被督办', 'supervised'),
            number('被通报批评', 'criticised'),
            number('更正', 'corrected'),
          ]}
        />
        <RowPages page={page} rowCount={assessment.departmentCount} onChange={onChange} />
      </Card>
      <Card size="small" title={<h2 className="section-title">{t('各区域')}</h2>}>
        <Table
          size="small"
          rowKey="regionCode"
          dataSource={regions}
          pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            { title: t('行政区划'), dataIndex: 'regionCode', render: fullNameOf },
            { title: t('部门数'), dataIndex: 'departments', align: 'right' },
            { title: t('逾期'), dataIndex: 'breaches', align: 'right' },
            { title: t('得分'), dataIndex: 'score', align: 'right', render: scoreOf },
          ]}
        />
      </Card>
      <Formula assessment={assessment} region={region} />
    </Space>
  );
}
