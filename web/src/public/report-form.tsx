/** The public's form for objections and complaints. Nothing typed is stored in the browser. */
import { Button, Form, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { filled } from '../api/client.ts';
import { useAttempt } from '../api/use-attempt.ts';
import { usePostOnce } from '../api/use-post-once.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { AttachmentsInput } from '../forms/attachments-input.tsx';
import type { Field } from '../forms/schema-fields.ts';
import { checked, SchemaForm, type Values } from '../forms/schema-form.tsx';

interface Props {
  path: string;
  schema: z.ZodType;
  /** The fields besides those of the reporter and the materials. */
  fields: Field[];
  controls?: Record<string, ReactNode>;
  /** Initial values of fields; they can be changed. */
  known: Values;
  /** A field that only decides which others are asked for. */
  unsent?: string;
}

const REPORTER: Field[] = [
  { name: 'reporterName', label: '姓名或名称', required: false, control: 'line', most: 100 },
  { name: 'contact', label: '联系方式', required: false, control: 'line', most: 200 },
  { name: 'attachments', label: '书面材料', required: false, control: 'list' },
];

interface Uploaded {
  id: string;
  claimToken: string;
}

export function ReportForm({ path, schema, fields, controls, known, unsent }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const { busy, problem, attempt } = useAttempt();
  const postOnce = usePostOnce();

  async function finish(values: Values) {
    const { [unsent ?? '']: _, ...told } = filled(values);
    const body = checked(schema, form, told);
    if (!body) return;
    await attempt(async () => {
      const { receiptNo } = await postOnce<{ receiptNo: string }>(path, body);
      await navigate(`/public/receipts/${receiptNo}`, { replace: true });
    });
  }

  return (
    <SchemaForm
      form={form}
      fields={[...fields, ...REPORTER]}
      initial={known}
      refused={problem}
      controls={{
        ...controls,
        attachments: (
          <AttachmentsInput
            path="/public/attachments"
            valueOf={({ id, claimToken }: Uploaded) => ({ id, claimToken })}
          />
        ),
      }}
      onFinish={(values) => void finish(values)}
    >
      <Typography.Paragraph type="secondary">
        {t('姓名和联系方式可以不填，只供承办部门核实时联系，不公开。提交后得到回执号，凭回执号查询办理进度')}
      </Typography.Paragraph>
      {problem && <ProblemAlert error={problem} />}
      <Button type="primary" size="large" htmlType="submit" loading={busy}>
        {t('提交')}
      </Button>
    </SchemaForm>
  );
}
