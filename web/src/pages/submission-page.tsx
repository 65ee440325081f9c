/** Submits single entries by hand: a form for each kind, checked like imports and systems' requests. */
import { Button, Card, Form, Result, Select, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { parseCaseId } from '../../../domain/case/id.ts';
import { isKeyOf } from '../../../domain/keys.ts';
import type { RecordKind } from '../../../domain/publicity/record-fields.ts';
import { RECORD_KINDS } from '../../../domain/publicity/record-fields.ts';
import { filled } from '../api/client.ts';
import { useAttempt } from '../api/use-attempt.ts';
import { usePostOnce } from '../api/use-post-once.ts';
import { casePath } from '../../../domain/case-types/case-path.ts';
import { MissingPage } from '../components/broken-page.tsx';
import { useArticle } from '../components/article.tsx';
import { Page } from '../components/page.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { AttachmentsInput } from '../forms/attachments-input.tsx';
import { recordFields } from '../forms/record-fields.ts';
import { DepartmentSelect } from '../forms/region-select.tsx';
import type { Field } from '../forms/schema-fields.ts';
import { checked, SchemaForm, type Values } from '../forms/schema-form.tsx';
import { useSession } from '../session/session.ts';
import { DepartmentChoice } from './submission/department-choice.tsx';
import { RecordPicker } from './submission/record-picker.tsx';
import { SUBMISSIONS, type Submission } from './submission/submissions.ts';
import { usePrefill } from './submission/use-prefill.ts';

const FOR_DEPARTMENT: Field = { name: 'departmentCode', label: '归集部门', required: true, control: 'department' };

interface Outcome {
  result?: string;
  caseId?: string;
  caseIds?: string[];
  published?: boolean;
}

export function SubmissionPage() {
  const { what = '' } = useParams();
  const { t } = useTranslation();
  const { role } = useSession();
  const submission = isKeyOf(SUBMISSIONS, what) ? SUBMISSIONS[what] : undefined;
  if (!submission) return <MissingPage />;
  return (
    <Page title={t(submission.title)}>
      <Card className="form-card">
        {submission.roles.includes(role) ? (
          <SubmissionForm key={what} submission={submission} />
        ) : (
          <Result status="403" title={t('您的角色不能办理此事')} subTitle={t('请由有权人员登录后办理')} />
        )}
      </Card>
    </Page>
  );
}

function SubmissionForm({ submission }: { submission: Submission }) {
  const { t } = useTranslation();
  const article = useArticle();
  const { role, regionCode, departmentName } = useSession();
  const [search] = useSearchParams();
  const [form] = Form.useForm<Values>();
  const [kind, setKind] = useState<RecordKind>('permit');
  const { busy, problem, attempt } = useAttempt();
  const [outcome, setOutcome] = useState<Outcome>();
  const isRecord = submission.fields === undefined;
  // An administrator belongs to no department and must say for which the record is submitted.
  const isForOthers = isRecord && role === 'platform-administrator';
  const fields = submission.fields ?? [...(isForOthers ? [FOR_DEPARTMENT] : []), ...recordFields(kind)];
  const given = Object.fromEntries(fields.map(({ name }) => [name, search.get(name) ?? undefined]));
  const postOnce = usePostOnce();
  usePrefill(form);

  async function finish(values: Values) {
    const body = checked(submission.schema, form, isRecord ? { ...filled(values), kind } : filled(values));
    if (!body) return;
    await attempt(async () => setOutcome(await postOnce<Outcome>(submission.path, body)));
  }

  if (outcome) {
    const again = () => {
      form.resetFields();
      setOutcome(undefined);
    };
    return <Accepted outcome={outcome} onAgain={again} />;
  }
  return (
    <>
      <Typography.Paragraph type="secondary">
        {article(submission.article)} · {t(submission.hint)}
      </Typography.Paragraph>
      {isRecord && (
        <Space className="filters" wrap>
          <Select
            aria-label={t('信息类别')}
            value={kind}
            onChange={setKind}
            style={{ width: 200 }}
            options={Object.entries(RECORD_KINDS).map(([value, label]) => ({ value, label: t(label) }))}
          />
          {!isForOthers && (
            <Typography.Text type="secondary">
              {t('归集部门：{{name}}', { name: departmentName ?? '—' })}
            </Typography.Text>
          )}
        </Space>
      )}
      <SchemaForm
        form={form}
        fields={fields}
        initial={isRecord ? { ...given, authority: departmentName ?? undefined } : given}
        controls={{
          departmentCode: isForOthers ? <DepartmentChoice /> : <DepartmentSelect regionCode={regionCode} />,
          attachmentIds: <AttachmentsInput path="/attachments" valueOf={({ id }: { id: string }) => id} />,
          recordId: <RecordPicker uscc={search.get('uscc')} />,
        }}
        onFinish={(values) => void finish(values)}
        refused={problem}
      >
        {problem && <ProblemAlert error={problem} />}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('提交')}
        </Button>
      </SchemaForm>
    </>
  );
}

interface AcceptedProps {
  outcome: Outcome;
  onAgain: () => void;
}

function Accepted({ outcome, onAgain }: AcceptedProps) {
  const { t } = useTranslation();
  const caseIds = outcome.caseIds ?? (outcome.caseId ? [outcome.caseId] : []);
  return (
    <Result
      status="success"
      title={t(outcome.result === 'duplicate' ? '此前已受理，没有重复立项' : '已受理')}
      subTitle={
        outcome.published ? t('不涉及审批，已公示供各部门查询认领') : t('产生{{n}}个事项', { n: caseIds.length })
      }
      extra={[
        ...caseIds.flatMap((caseId) => {
          const caseType = parseCaseId(caseId)?.type;
          if (!caseType) return [];
          return (
            <Link key={caseId} to={casePath({ caseType, caseId })}>
              {t('查看事项')}
            </Link>
          );
        }),
        <Button key="again" onClick={onAgain}>
          {t('再提交一条')}
        </Button>,
      ]}
    />
  );
}
