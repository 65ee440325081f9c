/** 期限: since when, until when, by which article, how counted. */
import { Collapse, Descriptions, Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../../api/cases/detail.ts';
import type { DeadlineView } from '../../../../api/cases/view.ts';
import { useNature } from '../../components/use-nature.ts';
import { useArticle } from '../../components/article.tsx';
import { Instant } from '../../components/time.tsx';
import { Section } from '../../components/section.tsx';
import { DayCalendar } from './day-calendar.tsx';
import { isSuspended, pressing } from '../list/deadline.ts';
import { DeadlineTag, NatureTag } from '../list/deadline-tag.tsx';

export function CaseDeadlines({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  if (about.deadlines.length === 0) return null;
  const open = pressing(about).map(({ limitId }) => limitId);
  return (
    <Section title={t('期限')}>
      <Collapse
        ghost
        size="small"
        defaultActiveKey={open}
        items={about.deadlines.map((deadline) => ({
          key: deadline.limitId,
          label: <Title deadline={deadline} />,
          children: (
            <Counted
              deadline={deadline}
              days={about.counting.find(({ limitId }) => limitId === deadline.limitId)?.days ?? []}
            />
          ),
        }))}
      />
    </Section>
  );
}

function Title({ deadline }: { deadline: DeadlineView }) {
  const { t } = useTranslation();
  return (
    <Space wrap size={6}>
      {t(deadline.title)}
      {deadline.settledAt ? <Settled deadline={deadline} /> : <DeadlineTag deadline={deadline} />}
    </Space>
  );
}

/** A limit that was met late still shows as late. */
function Settled({ deadline }: { deadline: DeadlineView }) {
  const { breachedAt } = deadline;
  const { t } = useTranslation();
  return (
    <>
      <Tag color={breachedAt ? 'error' : 'success'}>{breachedAt ? t('逾期办理') : t('按期办理')}</Tag>
      <NatureTag limit={deadline} />
    </>
  );
}

function Counted({ deadline, days }: { deadline: DeadlineView; days: CaseDetail['counting'][number]['days'] }) {
  const { t } = useTranslation();
  const article = useArticle();
  const nature = useNature();
  const suspended = isSuspended(deadline);
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'article', label: t('依据'), children: article(deadline.article) },
          {
            key: 'kind',
            label: t('性质'),
            children: nature(deadline),
          },
          {
            key: 'from',
            label: t('起算'),
            children: t('{{date}}的次日起，{{n}}个工作日', { date: deadline.startDate, n: deadline.workingDays }),
          },
          {
            key: 'due',
            label: t('届满'),
            children: suspended
              ? t('中止中，剩{{n}}个工作日', { n: deadline.remainingWorkingDays })
              : t('{{date}} 24时（北京时间）', { date: deadline.dueDate }),
          },
          {
            key: 'calendar',
            label: t('日历'),
            children:
              deadline.provisional && !suspended
                ? t('{{version}}，届满日超出已公布的日历，暂定', { version: deadline.calendarVersion })
                : deadline.calendarVersion,
          },
          ...(deadline.settledAt
            ? [{ key: 'settled', label: t('办理时间'), children: <Instant at={deadline.settledAt} /> }]
            : []),
        ]}
      />
      {days.length > 0 && (
        <DayCalendar title={t(deadline.title)} days={days} dueDate={suspended ? undefined : deadline.dueDate} />
      )}
    </>
  );
}
