/** A dialog that asks for a few fields, sends them, and shows a refusal without losing what was typed. */
import { Form, Modal, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/client.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import type { z } from 'zod';
import type { Field } from './schema-fields.ts';
import { checked, SchemaForm, type Controls, type Values } from './schema-form.tsx';

interface Props {
  title: string;
  hint?: ReactNode;
  fields: Field[];
  /** What the server checks with: here first, so that what is wrong stands at its field. */
  schema?: z.ZodType;
  controls?: Controls;
  initial?: Values;
  okText?: string;
  /** @throws ProblemError */
  onSubmit: (values: Values) => Promise<void>;
  onClose: () => void;
}

export function FormDialog({ title, hint, fields, schema, controls, initial, okText, onSubmit, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();

  async function finish(values: Values) {
    const body = schema ? checked(schema, form, values) : values;
    if (!body) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await onSubmit(body);
      onClose();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error);
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={form.submit}
      okText={okText ?? t('提交')}
      confirmLoading={busy}
      mask={{ closable: false }}
    >
      {hint && <Typography.Paragraph type="secondary">{hint}</Typography.Paragraph>}
      {problem && <ProblemAlert error={problem} />}
      <SchemaForm
        form={form}
        fields={fields}
        controls={controls}
        initial={initial}
        onFinish={(values) => void finish(values)}
      />
    </Modal>
  );
}

/** Every change of reference data says on what ground. */
export const REASON: Field = { name: 'reason', label: '依据', required: true, control: 'paragraph', most: 500 };
