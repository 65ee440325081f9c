/** A dialog that asks for a few fields, sends them, and shows a refusal without losing what was typed. */
import { Button, Form, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttempt } from '../api/use-attempt.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import type { z } from 'zod';
import type { Field } from './schema-fields.ts';
import { checked, SchemaForm, type Controls, type Values } from './schema-form.tsx';

interface Props {
  title: string;
  hint?: ReactNode;
  /** What the decision is about, shown above the fields. */
  about?: ReactNode;
  fields: Field[];
  /** The server's schema, checked here first so that errors appear at their fields. */
  schema?: z.ZodType;
  controls?: Controls;
  initial?: Values;
  okText?: string;
  /** @throws ProblemError */
  onSubmit: (values: Values) => Promise<void>;
  onClose: () => void;
}

/** Refusals after which the list behind the dialog has changed: submitting again would be refused again. */
const OVER = new Set<string>(['pool.already-claimed', 'case.closed', 'transition.refused']);

export function FormDialog({
  title,
  hint,
  about,
  fields,
  schema,
  controls,
  initial,
  okText,
  onSubmit,
  onClose,
}: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { busy, problem, attempt } = useAttempt();

  async function finish(values: Values) {
    const body = schema ? checked(schema, form, values) : values;
    if (!body) return;
    await attempt(async () => {
      await onSubmit(body);
      onClose();
    });
  }

  const isOver = problem !== undefined && OVER.has(problem.problem.code);
  return (
    <Modal
      open
      width={about ? 860 : undefined}
      title={title}
      onCancel={onClose}
      {...(isOver && { footer: <Button onClick={onClose}>{t('知道了')}</Button> })}
      onOk={form.submit}
      okText={okText ?? t('提交')}
      confirmLoading={busy}
      mask={{ closable: false }}
    >
      {hint && <Typography.Paragraph type="secondary">{hint}</Typography.Paragraph>}
      {about && <div className="decided-about">{about}</div>}
      {problem && <ProblemAlert error={problem} />}
      {!isOver && (
        <SchemaForm
          form={form}
          fields={fields}
          controls={controls}
          initial={initial}
          refused={problem}
          onFinish={(values) => void finish(values)}
        />
      )}
    </Modal>
  );
}

/** Every change of reference data states its ground. */
export const REASON: Field = { name: 'reason', label: '依据', required: true, control: 'paragraph', most: 500 };
