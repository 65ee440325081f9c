/** 举报违法经营、投诉消费纠纷 (第十三条第四款) */
import { Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { complaintSchema } from '../../../domain/case-types/complaint/report.ts';
import { useArticle } from '../components/article.tsx';
import { Page } from '../components/page.tsx';
import { schemaField, type Field } from '../forms/schema-fields.ts';
import { ReportForm } from './report-form.tsx';

/** The form's own question: it is not sent. */
const WHOM = 'whom';
const CODED = 'coded';
const UNCODED = 'uncoded';

const ofUncoded = (name: string, label: string, control: Field['control'], most?: number): Field => ({
  name,
  label,
  required: true,
  control,
  most,
  when: { field: WHOM, is: UNCODED },
});

/** Fields of the complaint itself; ReportForm asks for the reporter and the materials. */
const FIELDS: Field[] = [
  schemaField(complaintSchema, 'matter', { label: '类型', required: true }),
  {
    name: WHOM,
    label: '对象',
    required: true,
    control: 'choice',
    options: [
      { value: CODED, label: '已登记的企业或个体户' },
      { value: UNCODED, label: '没有或不知道统一社会信用代码' },
    ],
  },
  { name: 'uscc', label: '企业', required: true, control: 'enterprise', when: { field: WHOM, is: CODED } },
  ofUncoded('traderName', '名称、字号或招牌', 'line', 200),
  ofUncoded('traderPlace', '经营地点', 'line', 300),
  ofUncoded('regionCode', '所在区划', 'region'),
  schemaField(complaintSchema, 'category'),
  { name: 'business', label: '经营内容', required: false, control: 'line', most: 200 },
  schemaField(complaintSchema, 'content'),
];

export function ComplaintPage() {
  const { t } = useTranslation();
  const article = useArticle();
  const [search] = useSearchParams();
  return (
    <Page title={t('举报投诉')}>
      <Card className="form-card">
        <Typography.Paragraph type="secondary">
          {t(
            '群众可以举报违法经营，也可以投诉与经营者的消费纠纷（{{article}}）。由所在地有管辖权的部门受理、核查并答复；不知道统一社会信用代码的，写明名称和地点',
            { article: article('第十三条第四款') },
          )}
        </Typography.Paragraph>
        <ReportForm
          path="/public/complaints"
          schema={complaintSchema}
          fields={FIELDS}
          known={{ matter: 'report', [WHOM]: CODED, uscc: search.get('uscc') ?? undefined }}
          unsent={WHOM}
        />
      </Card>
    </Page>
  );
}
