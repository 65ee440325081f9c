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
import { RecordEventForm, valuesOfEvent } from '../../records/event-form.tsx';
import type { RecordEventView } from '../../../../api/views/record.ts';
import { shownOf, useRecord, type RecordVersion, type WholeRecord } from '../use-record.ts';

/**
 * The version that the form starts from: the latest one of this case, which may have been sent back; for a new
 * correction, the shown one.
 */
function startingFrom(record: WholeRecord, { caseId, caseType, facts }: CaseView): RecordVersion | undefined {
  const { versions } = record;
  const latest = versions.at(-1);
  // Beside a publication, events bring versions of their own.
  if (caseType !== 'correction') return versions.find(({ version }) => version === facts['version']) ?? latest;
  const isOwn = latest?.caseId === caseId && !latest.withdraws;
  return isOwn ? latest : shownOf(record);
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
        <Content request={request} record={record.data} onClose={onClose} />
      ) : (
        !record.error && <Skeleton active />
      )}
    </Drawer>
  );
}

function Content(props: Props & { record: WholeRecord }) {
  const about = startingFrom(props.record, props.request.case);
  return about?.event && about.caseId === props.request.case.caseId ? (
    <EventAgain {...props} event={about.event} />
  ) : (
    <RecordForm {...props} />
  );
}

/** Carries the command out, and closes the drawer. */
function useSending({ request: { case: about, action }, onClose }: Props) {
  const { perform } = useCommand();
  const { busy, problem, attempt } = useAttempt();
  const send = (body: Values) =>
    attempt(async () => {
      await perform({ case: about, action: action.action, title: action.title, body });
      onClose();
    });
  return { busy, problem, send };
}

/** An event that was returned, or sent back by the department itself. */
function EventAgain({ record, event, ...props }: Props & { record: WholeRecord; event: RecordEventView }) {
  const { busy, problem, send } = useSending(props);
  return (
    <RecordEventForm
      kind={record.kind}
      shown={shownOf(record)?.fields ?? []}
      events={[event.event]}
      initial={valuesOfEvent(event)}
      busy={busy}
      problem={problem}
      onSubmit={(body) => void send({ kind: 'event', ...body })}
    />
  );
}

/** The record itself is the content of a written application. */
const inContent = ([outermost, inner]: readonly string[]) => (outermost === 'content' ? inner : outermost);

function RecordForm({ record, ...props }: Props & { record: WholeRecord }) {
  const { t } = useTranslation();
  const article = useArticle();
  const [form] = Form.useForm<Values>();
  const { busy, problem, send } = useSending(props);
  const { case: about, action } = props.request;
  const isApplication = about.caseType === 'correction';
  const fields = startingFrom(record, about)?.fields ?? [];
  const initial = Object.fromEntries(fields.map(({ field, value }) => [field, value]));

  async function finish({ statement, attachmentIds, ...values }: Values) {
    const content = checked(recordInputSchema, form, { ...filled(values), kind: record.kind });
    if (!content) return;
    await send(isApplication ? { statement, content, attachmentIds: attachmentIds ?? [] } : content);
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
        refused={problem}
        {...(isApplication && { nameOf: inContent })}
      >
        {problem && <ProblemAlert error={problem} />}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('提交')}
        </Button>
      </SchemaForm>
    </>
  );
}
