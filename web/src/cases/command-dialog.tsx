/** Asks for what a command needs, and shows why it was refused without losing what was typed. */
import { Form, Modal, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseType } from '../../../domain/case-id.ts';
import { ProblemError } from '../api/client.ts';
import { useArticle } from '../components/article.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { fieldsOf } from '../forms/schema-fields.ts';
import { checked, SchemaForm, type Values } from '../forms/schema-form.tsx';
import type { CommandRequest } from './command-button.tsx';
import { useControls } from './command-controls.tsx';
import { SCHEMAS } from './command-schemas.ts';
import { RecordDrawer } from './record-drawer.tsx';
import { useCommand } from './use-command.ts';

interface Props {
  request: CommandRequest;
  onClose: () => void;
}

export function CommandDialog({ request, onClose }: Props) {
  const key = `${request.case.caseId} ${request.action.action}`;
  if (request.form.form === 'record') return <RecordDrawer key={key} request={request} onClose={onClose} />;
  return <FieldsDialog key={key} request={request} onClose={onClose} />;
}

function FieldsDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const article = useArticle();
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<ProblemError>();
  const { busy, perform } = useCommand();
  const { case: about, action } = request;
  const schema = SCHEMAS[about.caseType as CaseType][action.action]!;
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const controls = useControls(about, fields);

  async function finish(values: Values) {
    const body = checked(schema, form, values);
    if (!body) return;
    setProblem(undefined);
    try {
      await perform({ case: about, title: action.title, form: request.form, body });
      onClose();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error);
    }
  }

  return (
    <Modal
      open
      title={t(action.title)}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('提交')}
      confirmLoading={busy}
      mask={{ closable: false }}
    >
      <Typography.Paragraph type="secondary">
        {about.enterprise.name} · {about.caseNo} · {article(action.article)}
      </Typography.Paragraph>
      {problem && <ProblemAlert error={problem} />}
      {fields.length === 0 && (
        <Typography.Paragraph>{t('确认办理“{{title}}”？', { title: t(action.title) })}</Typography.Paragraph>
      )}
      <SchemaForm
        form={form}
        fields={fields}
        controls={controls}
        initial={request.initial}
        onFinish={(values) => void finish(values)}
      />
    </Modal>
  );
}
