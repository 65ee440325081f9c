/** 反映公示的数据有误 (第十八条第二款) */
import { useQuery } from '@tanstack/react-query';
import { Card, Select, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { EnterprisePage } from '../../../api/routes/enterprises.ts';
import { publicReportSchema } from '../../../domain/case-types/correction/report.ts';
import { get } from '../api/client.ts';
import { useArticle } from '../components/article.tsx';
import { Page } from '../components/page.tsx';
import { EnterpriseSelect } from '../forms/enterprise-select.tsx';
import { NoneFound } from '../forms/none-found.tsx';
import type { Field } from '../forms/schema-fields.ts';
import { ReportForm } from './report-form.tsx';

const FIELDS: Field[] = [
  { name: 'recordId', label: '有误的信息', required: true, control: 'choice' },
  { name: 'content', label: '反映的情况', required: true, control: 'paragraph', most: 4000 },
];

export function ObjectionPage() {
  const { t } = useTranslation();
  const article = useArticle();
  const [search] = useSearchParams();
  return (
    <Page title={t('反映信息有误')}>
      <Card className="form-card">
        <Typography.Paragraph type="secondary">
          {t('公民、法人和其他组织发现公示的数据有误的，可以向提供该数据的机关反映；机关应当及时核实（{{article}}）', {
            article: article('第十八条第二款'),
          })}
        </Typography.Paragraph>
        <ReportForm
          path="/public/corrections"
          schema={publicReportSchema}
          fields={FIELDS}
          controls={{ recordId: <RecordSelect uscc={search.get('uscc')} /> }}
          known={{ recordId: search.get('recordId') ?? undefined }}
        />
      </Card>
    </Page>
  );
}

interface SelectProps {
  id?: string;
  value?: string;
  onChange?: (recordId: string | undefined) => void;
  uscc: string | null;
}

/** Chooses among the records that are shown for the enterprise now. */
function RecordSelect({ uscc: known, ...rest }: SelectProps) {
  const { t } = useTranslation();
  const [uscc, setUscc] = useState(known ?? undefined);
  const page = useQuery({
    queryKey: ['public-enterprise', uscc, undefined],
    enabled: uscc !== undefined,
    queryFn: ({ signal }) => get<EnterprisePage>(`/public/enterprises/${encodeURIComponent(uscc!)}`, {}, signal),
  });
  const records = page.data?.sections.flatMap((section) => section.records) ?? [];
  return (
    <Space orientation="vertical" style={{ width: '100%' }}>
      <label htmlFor="objection-enterprise">{t('企业')}</label>
      <EnterpriseSelect
        id="objection-enterprise"
        value={uscc}
        onChange={(chosen) => {
          setUscc(chosen);
          // The record chosen before belongs to another enterprise.
          rest.onChange?.(undefined);
        }}
      />
      <Select
        {...rest}
        style={{ width: '100%' }}
        disabled={!uscc}
        loading={page.isFetching}
        notFoundContent={<NoneFound query={page}>{t('没有公示的信息')}</NoneFound>}
        options={records.map(({ recordId, kindTitle, documentNo, generatedOn }) => ({
          value: recordId,
          label: `${t(kindTitle)} ${documentNo}（${generatedOn}）`,
        }))}
      />
    </Space>
  );
}
