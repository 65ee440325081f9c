/** 企业名下公示的信息 in the sections of the national system, as of now or of a day (第五条、第十八条). */
import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Collapse, Space, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { EnterprisePage } from '../../../api/routes/enterprises.ts';
import { get } from '../api/client.ts';
import { RecordFields } from '../cases/page/record-fields.tsx';
import { CancelledTag } from '../components/cancelled-tag.tsx';
import { Loaded, Page } from '../components/page.tsx';
import { Rows } from '../components/rows.tsx';
import { dayOf } from '../components/time.tsx';
import { useAddress } from '../components/use-address.ts';
import { DayInput } from '../forms/day-input.tsx';

type Section = EnterprisePage['sections'][number];
type PublicRecord = Section['records'][number];
type PublicListing = Section['listings'][number];

export function PublicEnterprisePage() {
  const { uscc = '' } = useParams();
  const { t } = useTranslation();
  const [{ asOf }, change] = useAddress();
  const query = useQuery({
    queryKey: ['public-enterprise', uscc, asOf],
    queryFn: ({ signal }) => get<EnterprisePage>(`/public/enterprises/${encodeURIComponent(uscc)}`, { asOf }, signal),
  });
  return (
    <Page
      title={query.data?.name ?? t('企业公示信息')}
      extra={
        <Space wrap className="no-print">
          <Link to={`/public/complaint?uscc=${uscc}`}>{t('举报该企业')}</Link>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('打印')}
          </Button>
        </Space>
      }
    >
      <Card size="small" className="section">
        <Space wrap>
          <span>
            {t('统一社会信用代码')}
            {t('：')}
            <span className="numbers">{uscc}</span>
          </span>
          <CancelledTag on={query.data?.cancelledOn} />
          <Space className="no-print">
            <label htmlFor="as-of">{t('查看某日公示的内容')}</label>
            <DayInput id="as-of" value={asOf} onChange={(day) => change({ asOf: day })} />
          </Space>
        </Space>
      </Card>
      <Loaded query={query}>
        {(page) => (
          <>
            <Typography.Paragraph type="secondary" className="after-table">
              {t('以下为{{date}}公示的内容', { date: page.asOf })}
            </Typography.Paragraph>
            <BasicInformation page={page} />
            {page.sections.map((section) => (
              <Published key={section.section} section={section} uscc={uscc} />
            ))}
            <Supported measures={page.supportMeasures} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** 基础信息, the first section of the national system. */
function BasicInformation({ page: { name, uscc, registration } }: { page: EnterprisePage }) {
  const { t } = useTranslation();
  const rows: [string, string][] = registration
    ? [
        ['名称', name],
        ['统一社会信用代码', uscc],
        ['主体类型', t(registration.kindTitle)],
        ['登记状态', t(registration.statusTitle)],
        ['行政区划', registration.regionName],
        ['最近登记', `${t(registration.eventTitle)} ${registration.registeredOn}`],
        ['经营范围', registration.scope],
      ]
    : [
        ['名称', name],
        ['统一社会信用代码', uscc],
      ];
  return (
    <Card size="small" className="public-section" title={<h2 className="section-title">{t('基础信息')}</h2>}>
      <Rows rows={rows} />
    </Card>
  );
}

function Published({ section, uscc }: { section: Section; uscc: string }) {
  const { t } = useTranslation();
  const { records, listings } = section;
  const count = records.length + listings.length;
  return (
    <Card
      size="small"
      className="public-section"
      title={
        <h2 className="section-title">
          {t(section.title)} <Tag>{count}</Tag>
        </h2>
      }
    >
      {count === 0 ? (
        <Typography.Text type="secondary">{t('没有公示的信息')}</Typography.Text>
      ) : (
        <Collapse
          ghost
          className="public-records"
          items={[
            ...listings.map((listing) => ({
              key: `${listing.listTitle} ${listing.documentNo}`,
              forceRender: true,
              label: `${listing.documentNo} · ${listing.listedOn}`,
              children: <Listing listing={listing} />,
            })),
            ...records.map((record) => ({
              key: record.recordId,
              // Render closed panels, too, because they are printed.
              forceRender: true,
              label: `${record.documentNo} · ${record.generatedOn}`,
              children: <Fields record={record} uscc={uscc} />,
            })),
          ]}
        />
      )}
    </Card>
  );
}

/** 扶持信息 (第十条), while the term of each measure lasts. */
function Supported({ measures }: { measures: EnterprisePage['supportMeasures'] }) {
  const { t } = useTranslation();
  const rowsOf = (measure: EnterprisePage['supportMeasures'][number]): [string, string][] => [
    ['扶持项目', measure.programme],
    ['企业划型', t(measure.sizeTitle)],
    ['扶持方式', t(measure.kindTitle)],
    ['扶持内容', measure.content],
    ['扶持金额（万元）', measure.amount === null ? '' : String(measure.amount)],
    ['扶持依据', measure.basis],
    ['扶持部门', measure.departmentName ?? ''],
    ['扶持期自', measure.validFrom],
    ['扶持期至', measure.validUntil],
  ];
  return (
    <Card
      size="small"
      className="public-section"
      title={
        <h2 className="section-title">
          {t('扶持信息')} <Tag>{measures.length}</Tag>
        </h2>
      }
    >
      {measures.length === 0 ? (
        <Typography.Text type="secondary">{t('没有公示的信息')}</Typography.Text>
      ) : (
        <Collapse
          ghost
          className="public-records"
          items={measures.map((measure) => ({
            key: `${measure.departmentName} ${measure.documentNo}`,
            forceRender: true,
            label: `${measure.documentNo} · ${dayOf(measure.publishedAt)}`,
            children: <Rows rows={rowsOf(measure)} />,
          }))}
        />
      )}
    </Card>
  );
}

/** A row, where there is something to say. */
const row = (label: string, value: string | null): [string, string][] => (value ? [[label, value]] : []);

/** An entry in force of a dishonesty list (第九条). */
function Listing({ listing }: { listing: PublicListing }) {
  const { t } = useTranslation();
  const rows: [string, string][] = [
    ['名单', t(listing.listTitle)],
    ['列入决定文号', listing.documentNo],
    ['列入日期', listing.listedOn],
    ...row('列入期限至', listing.listedUntil),
    ...row('最短公示期至', listing.minimumPublicUntil),
    ['列入机关', listing.authority],
    ['列入事由', listing.grounds],
  ];
  return <Rows rows={rows} />;
}

/** 历程: the first publication, what happened since, and corrections. */
function History({ record: { history } }: { record: PublicRecord }) {
  const { t } = useTranslation();
  if (history.length < 2) return null;
  return (
    <>
      <h3 className="subtitle">{t('历程')}</h3>
      <ol className="history">
        {history.map(({ version, title, shownFrom, event }) => (
          <li key={version}>
            {dayOf(shownFrom)} {t(title)}
            {event && (
              <>
                {t('：')}
                {t('{{authority}}于{{date}}作出，文号{{documentNo}}。事由：{{reason}}', {
                  authority: event.authority,
                  date: event.decidedOn,
                  documentNo: event.documentNo,
                  reason: event.reason,
                })}
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Fields({ record, uscc }: { record: PublicRecord; uscc: string }) {
  const { t } = useTranslation();
  return (
    <>
      {record.isWithdrawnDecision && (
        <Alert type="warning" showIcon title={t('原决定信息已撤回，只公示撤回的理由')} className="before-table" />
      )}
      <RecordFields fields={record.fields} />
      <History record={record} />
      <Space wrap className="after-table">
        <Typography.Text type="secondary">
          {t('{{department}}归集，{{date}}公示，第{{version}}版', {
            department: record.departmentName ?? '—',
            date: record.shownFrom ? dayOf(record.shownFrom) : '—',
            version: record.version,
          })}
          {record.publicUntil && (
            <> {t('公示至{{day}}（{{basis}}）', { day: record.publicUntil, basis: t(record.publicBasis ?? '—') })}</>
          )}
        </Typography.Text>
        <Link className="no-print" to={`/public/objection?uscc=${uscc}&recordId=${record.recordId}`}>
          {t('反映该信息有误')}
        </Link>
      </Space>
    </>
  );
}
