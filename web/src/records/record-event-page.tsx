/** 归集变动: hands in what happened to a published record of one's own department. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Result, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { eventsFor } from '../../../domain/publicity/record-events.ts';
import { post } from '../api/client.ts';
import { useAttempt } from '../api/use-attempt.ts';
import { casePath } from '../../../domain/case-types/case-path.ts';
import { shownOf, useRecord, type WholeRecord } from '../cases/use-record.ts';
import { useArticle } from '../components/article.tsx';
import { Loaded, Page } from '../components/page.tsx';
import type { Values } from '../forms/schema-form.tsx';
import { useSession } from '../session/session.ts';
import { RecordEventForm } from './event-form.tsx';

interface Accepted {
  result: 'accepted' | 'duplicate';
  caseId: string;
  stage: string;
}

export function RecordEventPage() {
  const { recordId = '' } = useParams();
  const { t } = useTranslation();
  const query = useRecord(recordId);
  const [begun, setBegun] = useState(0);
  return (
    <Page title={t('归集变动')}>
      <Card className="form-card">
        {/* Wait for a fresh record: a form reads its initial values only once. */}
        {query.isFetchedAfterMount || query.error ? (
          <Loaded query={query}>
            {(record) => (
              <NewEvent key={begun} recordId={recordId} record={record} onAgain={() => setBegun(begun + 1)} />
            )}
          </Loaded>
        ) : (
          <Skeleton active />
        )}
      </Card>
    </Page>
  );
}

interface NewEventProps {
  recordId: string;
  record: WholeRecord;
  /** Begins the form anew. */
  onAgain: () => void;
}

function NewEvent({ recordId, record: current, onAgain }: NewEventProps) {
  const { t } = useTranslation();
  const article = useArticle();
  const queries = useQueryClient();
  const { departmentCode, departmentName } = useSession();
  const { busy, problem, attempt } = useAttempt();
  const [accepted, setAccepted] = useState<Accepted>();
  // What the form began with. Another event may be published while it is open.
  const [record] = useState(current);
  const isOutdated = shownOf(current)?.version !== shownOf(record)?.version;
  const past = record.versions.flatMap(({ event, shownFrom }) => (event && shownFrom ? [event.event] : []));

  if (record.departmentCode !== departmentCode) {
    return (
      <Result
        status="403"
        title={t('只能由归集该信息的部门归集其变动')}
        subTitle={t('请由作出变动决定、归集该信息的部门办理')}
      />
    );
  }
  if (accepted) return <Done accepted={accepted} uscc={record.uscc} />;
  const submit = (body: Values) =>
    attempt(async () => {
      setAccepted(await post<Accepted>(`/records/${encodeURIComponent(recordId)}/events`, body));
      await queries.invalidateQueries({ queryKey: ['record', recordId] });
    });
  return (
    <>
      <Typography.Paragraph type="secondary">
        {t(record.kindTitle)} {record.documentNo} · {article('第五条第一款')} ·{' '}
        {t('自变动决定之日起7个工作日内归集，20个工作日内公示；信息本身有误的，请提出更正')}
      </Typography.Paragraph>
      {isOutdated && (
        <Alert
          type="warning"
          showIcon
          className="before-table"
          title={t('填写期间该信息公示了新的版本，请核对后重新填写')}
          action={<Button onClick={onAgain}>{t('重新填写')}</Button>}
        />
      )}
      <RecordEventForm
        kind={record.kind}
        shown={shownOf(record)?.fields ?? []}
        events={eventsFor(record.kind, past)}
        initial={{ authority: departmentName ?? undefined }}
        busy={busy}
        problem={problem}
        onSubmit={(body) => void submit(body)}
      />
    </>
  );
}

function Done({ accepted: { result, caseId, stage }, uscc }: { accepted: Accepted; uscc: string }) {
  const { t } = useTranslation();
  return (
    <Result
      status="success"
      title={t(result === 'duplicate' ? '此前已受理，没有重复立项' : '已受理')}
      subTitle={stage === 'internalReview' ? t('待本部门另一人审核，同意后归集') : undefined}
      extra={[
        <Link key="case" to={casePath({ caseType: 'publication', caseId })}>
          {t('查看事项')}
        </Link>,
        <Link key="enterprise" to={`/enterprises/${uscc}`}>
          <Button>{t('查看该企业公示的信息和各个版本')}</Button>
        </Link>,
      ]}
    />
  );
}
