/** One case: what to do, why it came here, until when and how that was counted, what was done so far. */
import { ExportOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Card, Descriptions, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseDetail } from '../../../../api/cases/detail.ts';
import { CASE_TYPES } from '../../../../domain/case-types/case-types.ts';
import { MissingPage } from '../../components/broken-page.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Loaded, Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { Instant } from '../../components/time.tsx';
import { CaseContent } from './case-content.tsx';
import { CaseDeadlines } from './case-deadlines.tsx';
import { AuditTimeline, RelatedCases } from './case-history.tsx';
import { Attachments } from './attachments.tsx';
import { CommandButton, type CommandRequest } from '../commands/command-button.tsx';
import { CommandDialog } from '../commands/dialogs.tsx';
import { mainAction } from '../commands/acts.ts';
import { casePath } from '../../../../domain/case-types/case-path.ts';
import { Facts } from './facts.tsx';
import { useMatter } from '../matter.tsx';
import { useCaseOfAddress } from '../use-case.ts';
import { WhyHere } from './why-here.tsx';

export function CasePage() {
  const { t } = useTranslation();
  const { caseType, query } = useCaseOfAddress();
  if (!caseType) return <MissingPage />;
  return (
    <Page
      title={query.data ? query.data.enterprise.name : t(CASE_TYPES[caseType])}
      extra={query.data && <Extra about={query.data} />}
    >
      <Loaded query={query}>{(about) => <Case about={about} />}</Loaded>
    </Page>
  );
}

function Extra({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  return (
    <Space wrap className="no-print">
      {about.temporalUrl && (
        <Button href={about.temporalUrl} target="_blank" rel="noreferrer" icon={<ExportOutlined />}>
          {t('流程界面')}
        </Button>
      )}
      <LinkButton to={`${casePath(about)}/print`} icon={<PrinterOutlined />}>
        {t('打印通知')}
      </LinkButton>
    </Space>
  );
}

function Case({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  return (
    <div className="case-grid">
      <div className="case-main">
        <Summary about={about} />
        <CaseContent about={about} />
        <WhyHere about={about} />
        {Object.keys(about.facts).length > 0 && (
          <Section title={t('办理内容')} hideEmpty>
            <Facts {...about} />
          </Section>
        )}
        <Attachments caseId={about.caseId} />
      </div>
      <div className="case-side">
        <CaseDeadlines about={about} />
        <AuditTimeline about={about} />
        <RelatedCases related={about.related} />
      </div>
    </div>
  );
}

/** What stands for the department: entries of the pool wait for one, rulings of supervisors have none. */
const withoutDepartment = ({ caseType, status }: CaseDetail) =>
  caseType === 'poolEntry' && status === 'open' ? '待认领' : '—';

function Summary({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  const matter = useMatter();
  const [request, setRequest] = useState<CommandRequest>();
  const caseType = about.caseType;
  const main = mainAction(about)?.action;
  const mayAct = about.actions.length > 0 && about.status === 'open';
  return (
    <Card size="small">
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          {
            key: 'type',
            label: t('事项'),
            children: (
              <Space wrap>
                {t(CASE_TYPES[caseType])}
                <Tag color={about.status === 'open' ? 'processing' : 'default'}>{t(about.stageTitle)}</Tag>
                {about.round > 1 && <Tag>{t('第{{n}}轮', { n: about.round })}</Tag>}
              </Space>
            ),
          },
          { key: 'no', label: t('编号'), children: <span className="numbers">{about.caseNo}</span> },
          {
            key: 'uscc',
            label: t('统一社会信用代码'),
            children: about.enterprise.uscc ? (
              <Link to={`/enterprises/${about.enterprise.uscc}`}>{about.enterprise.uscc}</Link>
            ) : (
              t('没有统一社会信用代码')
            ),
          },
          { key: 'department', label: t('承办部门'), children: about.departmentName ?? t(withoutDepartment(about)) },
          { key: 'matter', label: t('内容'), children: matter(about) || '—' },
          {
            key: 'opened',
            label: t('立项时间'),
            children: <Instant at={about.openedAt} />,
          },
          ...(about.closedAt
            ? [{ key: 'closed', label: t('办结时间'), children: <Instant at={about.closedAt} /> }]
            : []),
        ]}
      />
      {mayAct && (
        <Space wrap className="case-actions no-print" role="group" aria-label={t('办理')}>
          {about.actions.map((action) => (
            <CommandButton
              key={action.action}
              case={about}
              action={action}
              onAsk={setRequest}
              type={action.action === main ? 'primary' : 'default'}
            />
          ))}
        </Space>
      )}
      {!mayAct && about.status === 'open' && (
        <Typography.Text type="secondary">{t('您可以查阅本事项；由承办单位办理')}</Typography.Text>
      )}
      <CommandDialog request={request} onClose={() => setRequest(undefined)} />
    </Card>
  );
}
