/** A form for a whole record: one that was returned (第六条), or one to be corrected (第十八条). */
import { Button, Drawer, Form, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../../api/cases/view.ts';
import { recordInputSchema } from '../../../../domain/publicity/record.ts';
import { filled } from '../../api/client.ts';
import { useAttempt } from '../../api/use-attempt.ts';
import { useArticle } from '../../components/article.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { AttachmentsInput } from '../../forms/attachments-input.tsx';
import { recordFields } from '../../forms/record-fields.ts';
import type { Field } from '../../forms/schema-fields.ts';
import { checked, SchemaForm, type Values } from '../../forms/schema-form.tsx';
import type { CommandRequest } from './command-button.tsx';
import { useCommand } from './use-command.ts';
import { useRecord, type RecordVersion, type WholeRecord } from '../use-record.ts';

/**
 * The version that the form starts from: the latest one of this case, which may have been sent back; for a new
 * correction, the shown one.
 */
function startingFrom({ versions }: WholeRecord, { caseId, caseType }: CaseView): RecordVersion | undefined {
  const latest = versions.at(-1);
  if (caseType !== 'correction') return latest;
  const isOwn = latest?.caseId === caseId && !latest.withdraws;
  return isOwn ? latest : versions.find(({ shownFrom, shownUntil }) => shownFrom !== null && shownUntil === null);
}

interface Props {
  request: CommandRequest;
  onClose: () => void;
}

/** What a written application asks for besides the record itself. */
const APPLICATION: Field[] = [
  { name: 'statement', label: '书面申请', required: true, control: 'paragraph', most: 4000 },
  { name: 'attachmentIds', label: '附件', required: false, control: 'list' },
];

export function RecordDrawer({ request, onClose }: Props) {
  const { t } = useTranslation();
  const { case: about, action } = request;
  const record = useRecord(String(about.facts['recordId']));
  return (
    <Drawer open title={t(action.title)} size={640} onClose={onClose} mask={{ closable: false }}>
      {record.error && <ProblemAlert error={record.error} onRetry={() => void record.refetch()} />}
      {/* Wait for a fresh record: a form reads its initial values only once. */}
      {record.data && record.isFetchedAfterMount ? (
        <RecordForm request={request} record={record.data} onClose={onClose} />
      ) : (
        !record.error && <Skeleton active />
      )}
    </Drawer>
  );
}

function RecordForm({ request, record, onClose }: Props & { record: WholeRecord }) {
  const { t } = useTranslation();
  const article = useArticle();
  const [form] = Form.useForm<Values>();
  const { perform } = useCommand();
  const { busy, problem, attempt } = useAttempt();
  const { case: about, action } = request;
  const isApplication = about.caseType === 'correction';
  const fields = startingFrom(record, about)?.fields ?? [];
  const initial = Object.fromEntries(fields.map(({ field, value }) => [field, value]));

  async function finish({ statement, attachmentIds, ...values }: Values) {
    const content = checked(recordInputSchema, form, { ...filled(values), kind: record.kind });
    if (!content) return;
    const body = isApplication ? { statement, content, attachmentIds: attachmentIds ?? [] } : content;
    await attempt(async () => {
      await perform({ case: about, action: action.action, title: action.title, body });
      onClose();
    });
  }

  return (
    <>
      <Typography.Paragraph type="secondary">
        {about.enterprise.name} · {about.caseNo} · {article(action.article)}
      </Typography.Paragraph>
      <SchemaForm
        form={form}
        fields={[...(isApplication ? APPLICATION : []), ...recordFields(record.kind)]}
        controls={{
          attachmentIds: <AttachmentsInput path="/attachments" valueOf={({ id }: { id: string }) => id} />,
        }}
        initial={initial}
        onFinish={(values) => void finish(values)}
      >
        {problem && <ProblemAlert error={problem} />}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('提交')}
        </Button>
      </SchemaForm>
    </>
  );
}
