import { Form, Modal, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionView, CaseView } from '../../../api/case-view.ts';
import type { CaseType } from '../../../domain/case-id.ts';
import { ProblemError } from '../api/client.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { fieldsOf } from '../forms/schema-fields.ts';
import { checked, SchemaForm, type Values } from '../forms/schema-form.tsx';
import { useControls } from './command-controls.tsx';
import { SCHEMAS } from './command-schemas.ts';

interface Props {
  action: ActionView;
  /** One of them: for choices that depend on where they are. */
  about: CaseView;
  count: number;
  onClose: () => void;
  /** @throws ProblemError */
  onSubmit: (body: Values) => Promise<void>;
}

/** What is filled in once counts for all of them. */
export function BatchDialog({ action, about, count, onClose, onSubmit }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const schema = SCHEMAS[about.caseType as CaseType][action.action]!;
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const controls = useControls(about, fields);

  async function finish(values: Values) {
    const body = checked(schema, form, values);
    if (!body) return;
    setBusy(true);
    try {
      await onSubmit(body);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error);
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      title={t('批量{{title}}', { title: t(action.title) })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('对{{n}}项办理', { n: count })}
      confirmLoading={busy}
      mask={{ closable: false }}
    >
      {problem && <ProblemAlert error={problem} />}
      <Typography.Paragraph type="secondary">{t('逐项办理，一项被拒不影响其他各项')}</Typography.Paragraph>
      <SchemaForm form={form} fields={fields} controls={controls} onFinish={(values) => void finish(values)} />
    </Modal>
  );
}
