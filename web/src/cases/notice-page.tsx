/** 通知书: a case's notice for paper, with its number and a code that leads back to it. */
import { PrinterOutlined } from '@ant-design/icons';
import { Button, Descriptions } from 'antd';
import { QRCodeSVG } from 'qrcode.react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../api/case-detail.ts';
import { CASE_TYPES } from '../../../domain/transitions.ts';
import { useArticle } from '../components/article.tsx';
import { MissingPage } from '../components/broken-page.tsx';
import { Loaded, Page } from '../components/page.tsx';
import { dayOf } from '../components/time.tsx';
import { casePath } from './case-types.ts';
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
  const matter = useMatter();
  const address = `${window.location.origin}${casePath(about)}`;
  return (
    <article className="paper">
      <p>{t('{{department}}：', { department: about.departmentName ?? t('各有关部门') })}</p>
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { key: 'name', label: t('企业'), children: `${about.enterprise.name}（${about.enterprise.uscc}）` },
          { key: 'no', label: t('编号'), children: about.caseNo },
          { key: 'matter', label: t('内容'), children: matter(about) || '—' },
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
        ]}
      />
      <footer className="paper-foot">
        <div>
          <div>{t('湖南省部门协同监管平台')}</div>
          <div className="numbers">{dayOf(about.openedAt)}</div>
          <div className="small numbers">{about.caseId}</div>
        </div>
        <QRCodeSVG value={address} size={112} title={t('本事项的网址')} />
      </footer>
    </article>
  );
}
