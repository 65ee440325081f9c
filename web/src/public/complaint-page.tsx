/** 举报违法经营 (第十三条第四款) */
import { Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { complaintSchema } from '../../../domain/case-types/complaint/report.ts';
import { useArticle } from '../components/article.tsx';
import { Page } from '../components/page.tsx';
import { fieldsOf } from '../forms/schema-fields.ts';
import { ReportForm } from './report-form.tsx';

/** Fields of the complaint itself; ReportForm asks for the reporter and the materials. */
const OWN = new Set(['uscc', 'category', 'content']);
const FIELDS = fieldsOf(complaintSchema)
  .filter(({ name }) => OWN.has(name))
  .map((field) => (field.name === 'uscc' ? { ...field, label: '企业', control: 'enterprise' as const } : field));

export function ComplaintPage() {
  const { t } = useTranslation();
  const article = useArticle();
  const [search] = useSearchParams();
  return (
    <Page title={t('举报')}>
      <Card className="form-card">
        <Typography.Paragraph type="secondary">
          {t('群众可以举报企业的违法经营行为（{{article}}）。由企业登记地有管辖权的部门受理、核查并答复', {
            article: article('第十三条第四款'),
          })}
        </Typography.Paragraph>
        <ReportForm
          path="/public/complaints"
          schema={complaintSchema}
          fields={FIELDS}
          known={{ uscc: search.get('uscc') ?? undefined }}
        />
      </Card>
    </Page>
  );
}
