import { Tag, Timeline, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEntry, CaseDetail } from '../../../../api/cases/detail.ts';
import { useArticle } from '../../components/article.tsx';
import { Instant } from '../../components/time.tsx';
import { useActorName } from '../../components/use-actor-name.ts';
import { Section } from '../../components/section.tsx';
import { NAVIGATION } from '../../layout/navigation.ts';
import { useSession } from '../../session/session.ts';
import { casePath } from '../../../../domain/case-types/case-path.ts';

/** The system's own steps in warning colours. */
const colourOf = ({ action }: AuditEntry) =>
  action === 'rung:due' || action === 'rung:due+3' ? 'red' : action.startsWith('rung:') ? 'orange' : 'blue';

/** The audit log of this case: what was done, by whom, by which article. */
export function AuditTimeline({ about: { caseId, audit } }: { about: CaseDetail }) {
  const { t } = useTranslation();
  const article = useArticle();
  const { role } = useSession();
  const readsAudit = NAVIGATION.some(({ path, roles }) => path === 'audit' && roles?.includes(role));
  const who = useActorName();
  return (
    <Section title={t('办理过程')}>
      <Timeline
        items={audit.toReversed().map((entry) => ({
          key: entry.step,
          color: colourOf(entry),
          content: (
            <>
              <div>{t(entry.title)}</div>
              <Typography.Text type="secondary" className="small">
                <Instant at={entry.at} /> · {who(entry)} · {article(entry.article)}
              </Typography.Text>
            </>
          ),
        }))}
      />
      {readsAudit && <Link to={`/audit?caseId=${encodeURIComponent(caseId)}`}>{t('在审计日志中查看变更内容')}</Link>}
    </Section>
  );
}

export function RelatedCases({ related }: Pick<CaseDetail, 'related'>) {
  const { t } = useTranslation();
  if (related.length === 0) return null;
  return (
    <Section title={t('同一企业的其他事项')}>
      <ul className="plain-list">
        {related.map((other) => (
          <li key={other.caseId}>
            <Link to={casePath(other)}>
              {t(other.caseTypeTitle)} {other.caseNo}
            </Link>{' '}
            <Tag color={other.status === 'open' ? 'processing' : 'default'}>{t(other.stageTitle)}</Tag>
            <div>
              <Typography.Text type="secondary" className="small">
                {[
                  other.departmentName,
                  other.status === 'open' && other.dueDate && t('{{date}} 24时届满', { date: other.dueDate }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Typography.Text>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
