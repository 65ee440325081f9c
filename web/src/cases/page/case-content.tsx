/** What the case is about, if that is more than its registration. */
import { useQuery } from '@tanstack/react-query';
import { Descriptions, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseDetail } from '../../../../api/cases/detail.ts';
import { get } from '../../api/client.ts';
import { Loaded } from '../../components/page.tsx';
import { Instant } from '../../components/time.tsx';
import { RestrictionTable } from '../../components/restriction-table.tsx';
import { Section } from '../../components/section.tsx';
import { casePath } from '../../../../domain/case-types/case-path.ts';
import { NOUNS } from '../../../../domain/case-types/case-types.ts';
import { CorrectionContent } from './correction-content.tsx';
import { RecordEventContent } from '../../records/event-content.tsx';
import { RecordFields } from './record-fields.tsx';
import { SupportContent } from './support-content.tsx';
import { ReturnedPush } from './returned-push.tsx';
import type { ListingContent } from '../../../../api/routes/listing-content.ts';
import { useListing } from '../use-listing.ts';

export function CaseContent({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  switch (about.caseType) {
    case 'publication':
      return <Record about={about} />;
    case 'listing':
    case 'creditRepair':
    case 'sanctionNotice':
    case 'sanctionLifting':
      return <Listing about={about} />;
    case 'correction':
      return (
        <>
          <Report about={about} />
          {about.correction && (
            <Section title={t('更正的信息')}>
              <CorrectionContent content={about.correction} />
              <p>
                <Link to={`/enterprises/${about.enterprise.uscc}`}>{t('查看该企业公示的信息和各个版本')}</Link>
              </p>
            </Section>
          )}
        </>
      );
    case 'rollback':
      return about.returned ? (
        <Section title={t('回退情况')}>
          <ReturnedPush returned={about.returned} />
        </Section>
      ) : null;
    case 'complaint':
      return <Report about={about} />;
    case 'supportMeasure':
      return <SupportContent about={about} />;
    case 'supervision':
      return <Origin about={about} />;
    case 'registrationPush':
    case 'poolEntry':
      return null;
  }
}

function Record({ about: { record } }: { about: CaseDetail }) {
  const { t } = useTranslation();
  if (!record) return null;
  const { department, platform, total } = record.attribution;
  return (
    <Section title={t(record.event ? '信息的变动' : '归集的信息')}>
      {record.event && (
        <>
          <RecordEventContent event={record.event} />
          <h3 className="subtitle">{t('变动后的信息')}</h3>
        </>
      )}
      <RecordFields fields={record.fields} />
      <Typography.Paragraph type="secondary" className="after-table">
        {t('时间归属：部门用去{{department}}个工作日，平台用去{{platform}}个，共{{total}}个', {
          department,
          platform,
          total,
        })}
      </Typography.Paragraph>
    </Section>
  );
}

/** What is stated of the entry besides; of older entries, nothing. */
const termItems = (
  { authorityName, listedUntil, minimumPublicUntil, groundTitle, severityTitle }: ListingContent,
  t: (text: string) => string,
) =>
  [
    ['列入机关（平台上的部门）', authorityName],
    ['列入期限至', listedUntil],
    ['最短公示期至', minimumPublicUntil],
    ['列入事由类别', groundTitle && t(groundTitle)],
    ['失信严重程度', severityTitle && t(severityTitle)],
  ].flatMap(([label, children]) => (label && children ? [{ key: label, label: t(label), children }] : []));

/** Whoever may end the entry takes up applications for its repair. */
const mayRemove = ({ caseType, actions }: CaseDetail): boolean =>
  caseType === 'listing' && actions.some(({ action, allowed }) => action === 'remove' && allowed);

function Listing({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  const query = useListing(about);
  return (
    <Section title={t('失信信息')}>
      <Loaded query={query}>
        {(listing) => (
          <>
            <Descriptions
              bordered
              size="small"
              column={1}
              items={[
                ...(listing.inPlaceOf
                  ? [{ key: 'for', label: t('代其解除的已撤销部门'), children: listing.inPlaceOf }]
                  : []),
                { key: 'list', label: t('名单'), children: t(listing.listTitle) },
                { key: 'no', label: t('文号'), children: listing.documentNo },
                { key: 'authority', label: t('列入机关或执行法院'), children: listing.authority },
                { key: 'on', label: t('列入日期'), children: listing.listedOn },
                ...termItems(listing, t),
                { key: 'grounds', label: t('列入事由'), children: <span className="prewrap">{listing.grounds}</span> },
              ]}
            />
            {mayRemove(about) && (
              <p>
                <Link to={`/new/creditRepair?listingId=${encodeURIComponent(about.caseId)}`}>
                  {t('录入信用修复申请')}
                </Link>
              </p>
            )}
            <h3 className="subtitle">
              {t(about.caseType === 'sanctionLifting' ? '应当解除的限制措施' : '可以采取的措施')}
            </h3>
            <Table
              size="small"
              rowKey="id"
              pagination={false}
              locale={{ emptyText: t('本部门没有采取限制措施') }}
              dataSource={listing.measures}
              columns={[
                { title: t('领域'), dataIndex: 'domain' },
                { title: t('措施'), dataIndex: 'measure' },
                { title: t('依据'), dataIndex: 'basis' },
              ]}
            />
            {listing.decided.length > 0 && (
              <>
                <h3 className="subtitle">{t('已决定的限制')}</h3>
                <RestrictionTable rows={listing.decided} />
              </>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

interface ReportAnswer {
  /** Of complaints only: 举报 or 投诉, and what is told of a trader without a credit code. */
  matterTitle?: string;
  traderPlace?: string | null;
  business?: string | null;
  content: string;
  reporterName: string | null;
  contact: string | null;
  reportedAt: string;
}

function Report({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['case', about.caseId, 'report'],
    queryFn: ({ signal }) =>
      get<ReportAnswer>(`/${NOUNS[about.caseType]}/${encodeURIComponent(about.caseId)}/report`, {}, signal),
  });
  return (
    <Section title={t('反映的情况')}>
      <Loaded query={query}>
        {({ matterTitle, traderPlace, business, content, reporterName, contact, reportedAt }) => (
          <Descriptions
            bordered
            size="small"
            column={1}
            items={[
              ...(matterTitle ? [{ key: 'matter', label: t('类型'), children: t(matterTitle) }] : []),
              ...(traderPlace ? [{ key: 'place', label: t('经营地点'), children: traderPlace }] : []),
              ...(business ? [{ key: 'business', label: t('经营内容'), children: business }] : []),
              { key: 'content', label: t('内容'), children: <span className="prewrap">{content}</span> },
              { key: 'who', label: t('反映人'), children: reporterName ?? t('未填') },
              { key: 'contact', label: t('联系方式'), children: contact ?? t('未填') },
              { key: 'at', label: t('反映时间'), children: <Instant at={reportedAt} /> },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}

function Origin({ about: { origin } }: { about: CaseDetail }) {
  const { t } = useTranslation();
  if (!origin) return null;
  return (
    <Section title={t('被督办的事项')}>
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { key: 'type', label: t('事项'), children: <Link to={casePath(origin)}>{t(origin.caseTypeTitle)}</Link> },
          { key: 'limit', label: t('逾期的期限'), children: t(origin.limitTitle) },
          { key: 'due', label: t('届满'), children: origin.dueDate },
          { key: 'stage', label: t('现在的环节'), children: t(origin.stageTitle) },
          {
            key: 'settled',
            label: t('补办时间'),
            children: origin.settledAt ? <Instant at={origin.settledAt} /> : t('至今未办'),
          },
        ]}
      />
    </Section>
  );
}
