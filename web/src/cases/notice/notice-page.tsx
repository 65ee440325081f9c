/**
 * 通知书: a case's notice for printing, with its number and a QR code that leads back to the case. It is an act of the
 * platform and therefore in Chinese, whatever the reader's language.
 */
import { PrinterOutlined } from '@ant-design/icons';
import { Button, Descriptions } from 'antd';
import { QRCodeSVG } from 'qrcode.react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../../api/cases/detail.ts';
import type { DeadlineView } from '../../../../api/cases/view.ts';
import { ITEM_MODES, QUALIFIER_EFFECTS } from '../../../../domain/scope/item-modes.ts';
import { CASE_TYPES } from '../../../../domain/case-types/case-types.ts';
import { natureInWords } from '../../../../domain/clock/nature.ts';
import { MissingPage } from '../../components/broken-page.tsx';
import { Loaded, Page } from '../../components/page.tsx';
import { dayOf } from '../../components/time.tsx';
import { useOptions } from '../../api/options.ts';
import { useDepartments, useRegions } from '../../api/reference.ts';
import { casePath } from '../../../../domain/case-types/case-path.ts';
import { isSuspended } from '../list/deadline.ts';
import { NOTICES, noticeNumber, type Issuer } from './notice-words.ts';
import { useMatter } from '../matter.tsx';
import { useCaseOfAddress } from '../use-case.ts';
import { registeringAuthorityOf } from '../../../../domain/organs/registering-authority.ts';

export function NoticePage() {
  const { t } = useTranslation();
  const { caseType, query } = useCaseOfAddress();
  if (!caseType) return <MissingPage />;
  return (
    <Page
      title={t('打印通知')}
      extra={
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('打印')}
        </Button>
      }
    >
      <Loaded query={query}>{(about) => <Notice about={about} />}</Loaded>
    </Page>
  );
}

function Notice({ about }: { about: CaseDetail }) {
  const stated = useStated(about);
  const organ = useOrgan(about);
  const { title, issuer, unheld, ...usual } = NOTICES[about.caseType];
  const asked = about.departmentCode === null && unheld ? unheld : usual;
  const addressee = asked.to === 'supervisor' ? organ(asked.to) : !asked.to && about.departmentName;
  const year = dayOf(about.openedAt).slice(0, 4);
  const no = about.round > 1 ? `${about.caseNo}-${about.round}` : about.caseNo;
  const number = noticeNumber(CASE_TYPES[about.caseType], year, no);
  const running = about.deadlines.filter(({ settledAt }) => settledAt === null);
  const due = running.some(isSuspended) ? undefined : running.at(-1)?.dueDate;
  return (
    <article className="paper" lang="zh-CN">
      <header className="paper-head">
        <div className="issuer">{organ(issuer)}</div>
        <div className="numbers">{number}</div>
      </header>
      <h2 className="paper-title">{title}</h2>
      <p>{addressee || '各有关部门'}：</p>
      <p>
        依据{asked.article}，{asked.request}
        {due && `请于${due} 24时前办结。`}
      </p>
      <Descriptions bordered size="small" column={1} items={[...stated, ...basisOf(about)]} />
      <footer className="paper-foot">
        <div>
          <div>{organ(issuer)}</div>
          <div className="numbers">{dayOf(about.openedAt)}</div>
          <div className="small">
            编号 <span className="numbers">{number}</span>
          </div>
        </div>
        <QRCodeSVG value={`${window.location.origin}${casePath(about)}`} size={112} title="本事项的网址" />
      </footer>
    </article>
  );
}

/** The registering authority by its name. The directory has no names for 督查机构, so it is called by its region. */
function useOrgan({ regionCode }: CaseDetail): (organ: Issuer) => string {
  const { fullNameOf } = useRegions();
  const departments = useDepartments(regionCode);
  const options = useOptions();
  return (organ) => {
    if (organ === 'platform') return options.data?.province.platform ?? '部门协同监管平台';
    if (organ === 'supervisor') return `${fullNameOf(regionCode)}督查机构`;
    const own = departments.data?.find(({ code }) => code === registeringAuthorityOf(regionCode));
    return own?.name ?? `${fullNameOf(regionCode)}登记机关`;
  };
}

function useStated(about: CaseDetail) {
  const matter = useMatter('zh');
  return [
    {
      key: 'name',
      label: '企业',
      children: `${about.enterprise.name}（${about.enterprise.uscc ?? '没有统一社会信用代码'}）`,
    },
    { key: 'no', label: '登记编号或文号', children: about.caseNo },
    { key: 'matter', label: '内容', children: matter(about) || '—' },
  ];
}

/** Why the case came to its holder, and until when. */
function basisOf(about: CaseDetail) {
  return [
    ...about.hits.map(({ itemId, start, clause, keyword, itemName, law, article, mode, qualifier }) => ({
      key: `${itemId} ${start}`,
      label: '依据',
      children: `经营范围“${clause}”命中“${keyword}”，${itemName}${mode ? `（${ITEM_MODES[mode]}）` : ''}，${law} ${article}${inLawOf(qualifier)}`,
    })),
    ...(about.supervising.length > 0
      ? [
          {
            key: 'supervising',
            label: '所在地监管部门',
            children: about.supervising.map(({ name }) => name).join('、'),
          },
        ]
      : []),
    ...about.deadlines.map((deadline) => ({
      key: deadline.limitId,
      label: deadline.title,
      children: limitInWords(deadline),
    })),
    { key: 'stage', label: '环节', children: about.stageTitle },
  ];
}

const inLawOf = (qualifier: CaseDetail['hits'][number]['qualifier']) =>
  qualifier ? `；${QUALIFIER_EFFECTS[qualifier.effect]}，${qualifier.law} ${qualifier.article}` : '';

function limitInWords(deadline: DeadlineView): string {
  const { dueDate, remainingWorkingDays, article, workingDays } = deadline;
  const until = isSuspended(deadline) ? `中止中，剩${remainingWorkingDays}个工作日` : `${dueDate} 24时前`;
  return `${until}（${article}，${natureInWords(deadline)}，${workingDays}个工作日）`;
}
