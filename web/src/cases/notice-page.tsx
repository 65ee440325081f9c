/** 通知书: a case's notice for paper, with its number and a code that leads back to it. */
import { PrinterOutlined } from '@ant-design/icons';
import { Button, Descriptions } from 'antd';
import { QRCodeSVG } from 'qrcode.react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../api/case-detail.ts';
import type { CaseType } from '../../../domain/case-id.ts';
import { registeringAuthorityOf } from '../../../domain/opening.ts';
import { CASE_TYPES } from '../../../domain/transitions.ts';
import { useArticle } from '../components/article.tsx';
import { MissingPage } from '../components/broken-page.tsx';
import { Loaded, Page } from '../components/page.tsx';
import { dayOf } from '../components/time.tsx';
import { useDepartments, useRegions } from '../api/reference.ts';
import { casePath } from './case-types.ts';
import { NOTICES } from './notice-words.ts';
import { useMatter } from './matter.tsx';
import { useCaseOfAddress } from './use-case.ts';

export function NoticePage() {
  const { t } = useTranslation();
  const { caseType, query } = useCaseOfAddress();
  if (!caseType) return <MissingPage />;
  return (
    <Page
      title={t('{{title}}通知', { title: t(CASE_TYPES[caseType]) })}
      extra={
        <Button type="primary" className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('打印')}
        </Button>
      }
    >
      <Loaded query={query}>{(about) => <Notice about={about} />}</Loaded>
    </Page>
  );
}

function Notice({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  const article = useArticle();
  const stated = useStated(about);
  const basis = useBasis(about);
  const issuer = useIssuer(about);
  const { request, article: named } = NOTICES[about.caseType as CaseType];
  const address = `${window.location.origin}${casePath(about)}`;
  const number = t('{{title}}〔{{year}}〕{{no}}号', {
    title: t(CASE_TYPES[about.caseType as CaseType]),
    year: dayOf(about.openedAt).slice(0, 4),
    no: about.round > 1 ? `${about.caseNo}-${about.round}` : about.caseNo,
  });
  const due = about.deadlines.filter(({ settledAt }) => settledAt === null).at(-1);
  return (
    <article className="paper">
      <header className="paper-head">
        <div className="issuer">{issuer}</div>
        <div className="numbers">{number}</div>
      </header>
      <p>{t('{{department}}：', { department: about.departmentName ?? t('各有关部门') })}</p>
      <p>
        {t('依据{{article}}，{{request}}', { article: article(named), request: t(request) })}
        {due && t('请于{{date}} 24时前办结。', { date: due.dueDate })}
      </p>
      <Descriptions bordered size="small" column={1} items={[...stated, ...basis]} />
      <footer className="paper-foot">
        <div>
          <div>{issuer}</div>
          <div className="numbers">{dayOf(about.openedAt)}</div>
          <div className="small">
            {t('编号')} <span className="numbers">{number}</span>
          </div>
        </div>
        <QRCodeSVG value={address} size={112} title={t('本事项的网址')} />
      </footer>
    </article>
  );
}

/** The registering authority by its own name; of 督查机构 the directory has no names, so it is told by its region. */
function useIssuer({ caseType, regionCode }: CaseDetail): string {
  const { t } = useTranslation();
  const { fullNameOf } = useRegions();
  const departments = useDepartments(regionCode);
  switch (NOTICES[caseType as CaseType].issuer) {
    case 'registering-authority': {
      const own = departments.data?.find(({ code }) => code === registeringAuthorityOf(regionCode));
      return own?.name ?? t('{{region}}登记机关', { region: fullNameOf(regionCode) });
    }
    case 'supervisor':
      return t('{{region}}督查机构', { region: fullNameOf(regionCode) });
    default:
      return t('湖南省部门协同监管平台');
  }
}

function useStated(about: CaseDetail) {
  const { t } = useTranslation();
  const matter = useMatter();
  return [
    { key: 'name', label: t('企业'), children: `${about.enterprise.name}（${about.enterprise.uscc}）` },
    { key: 'no', label: t('登记编号或文号'), children: about.caseNo },
    { key: 'matter', label: t('内容'), children: matter(about) || '—' },
  ];
}

/** Why it came here, and until when. */
function useBasis(about: CaseDetail) {
  const { t } = useTranslation();
  const article = useArticle();
  return [
    ...about.hits.map((hit) => ({
      key: `${hit.itemId} ${hit.start}`,
      label: t('依据'),
      children: t('经营范围“{{clause}}”命中“{{keyword}}”，{{item}}，{{law}} {{article}}', {
        clause: hit.clause,
        keyword: hit.keyword,
        item: hit.itemName,
        law: hit.law,
        article: article(hit.article),
      }),
    })),
    ...about.deadlines.map((deadline) => ({
      key: deadline.limitId,
      label: t(deadline.title),
      children: t('{{due}} 24时前（{{article}}，{{kind}}，{{n}}个工作日）', {
        due: deadline.dueDate,
        article: article(deadline.article),
        kind: t(deadline.kind === 'statutory' ? '法定期限' : '办理时限，非法定'),
        n: deadline.workingDays,
      }),
    })),
    { key: 'stage', label: t('环节'), children: t(about.stageTitle) },
  ];
}
