/** Publishing a calendar in two steps: first a preview of the limits that would move, then the publication. */
import { Form, Input, Modal, Table, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LIMITS, type LimitId } from '../../../domain/clock/limits.ts';
import { post } from '../api/client.ts';
import { useAttempt } from '../api/use-attempt.ts';
import { CaseReference } from '../cases/case-reference.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { DaysInput } from '../forms/days-input.tsx';

export type Publication = { kind: 'closure' } | { kind: 'calendar'; calendar: unknown };

interface Dates {
  dueDate: string;
  rungs: Record<string, string>;
}

interface Preview {
  version: string;
  affected: number;
  examples: {
    caseId: string;
    caseNo: string;
    enterpriseName: string | null;
    limitId: LimitId;
    before: Dates;
    after: Dates;
  }[];
}

/** Shown beside the due date, because supervision may move although the due date stays. */
const supervisionOf = ({ rungs }: Dates) => rungs['due+3'] ?? '—';

interface Props {
  publication: Publication;
  onClose: () => void;
  onPublished: () => void;
}

interface Typed {
  title?: string;
  reason: string;
  restDays?: string[];
  makeUpDays?: string[];
}

const EXAMPLES = 8;

export function PublicationDialog({ publication, onClose, onPublished }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Typed>();
  const [preview, setPreview] = useState<{ answer: Preview; body: object }>();
  const { busy, problem, attempt } = useAttempt();
  const isClosure = publication.kind === 'closure';
  const path = isClosure ? '/admin/calendars/closures' : '/admin/calendars';

  const look = ({ title, reason, restDays, makeUpDays }: Typed) =>
    attempt(async () => {
      const body =
        publication.kind === 'closure'
          ? { title, reason, restDays: restDays ?? [], makeUpDays: makeUpDays ?? [] }
          : { calendar: publication.calendar, reason };
      setPreview({ answer: await post<Preview>(`${path}?dryRun=true`, body), body });
    });

  const publish = (body: object) =>
    attempt(async () => {
      await post(path, body);
      onPublished();
      onClose();
    });

  return (
    <Modal
      open
      width={760}
      title={t(isClosure ? '临时放假或调休' : '载入新的年度日历')}
      okText={preview ? t('发布') : t('预览影响')}
      confirmLoading={busy}
      mask={{ closable: false }}
      onCancel={onClose}
      onOk={() => (preview ? void publish(preview.body) : form.submit())}
    >
      {problem && <ProblemAlert error={problem} />}
      <Form
        form={form}
        layout="vertical"
        // Disabled while the preview is computed, so that what is previewed is what is published.
        disabled={busy}
        onFinish={(typed) => void look(typed)}
        onValuesChange={() => setPreview(undefined)}
      >
        {isClosure && <ClosureFields />}
        <Form.Item
          name="reason"
          label={t('依据')}
          rules={[{ required: true, message: t('请填写{{field}}', { field: t('依据') }) }]}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
      {preview && <Effects of={preview.answer} />}
    </Modal>
  );
}

function ClosureFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="title"
        label={t('名称')}
        rules={[{ required: true, message: t('请填写{{field}}', { field: t('名称') }) }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="restDays" label={t('放假的日期')}>
        <DaysInput />
      </Form.Item>
      <Form.Item name="makeUpDays" label={t('调休上班的日期')}>
        <DaysInput />
      </Form.Item>
    </>
  );
}

function Effects({ of: { version, affected, examples } }: { of: Preview }) {
  const { t } = useTranslation();
  return (
    <section aria-live="polite" aria-label={t('影响')}>
      <Typography.Paragraph strong>
        {t('将生成版本{{version}}，影响{{n}}个在办期限', { version, n: affected })}
      </Typography.Paragraph>
      <Table
        size="small"
        pagination={false}
        rowKey={({ caseId, limitId }) => `${caseId} ${limitId}`}
        dataSource={examples.slice(0, EXAMPLES)}
        columns={[
          { title: t('事项'), render: (_, example) => <CaseReference {...example} /> },
          { title: t('期限'), render: (_, { limitId }) => t(LIMITS[limitId].title) },
          { title: t('原届满日'), render: (_, { before }) => before.dueDate },
          { title: t('新届满日'), render: (_, { after }) => after.dueDate },
          { title: t('原督办日'), render: (_, { before }) => supervisionOf(before) },
          { title: t('新督办日'), render: (_, { after }) => supervisionOf(after) },
        ]}
      />
    </section>
  );
}
