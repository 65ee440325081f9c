/** How many working days are left, of which limit, and whether it is statutory or a norm. */
import { NATURES, natureOf } from '../../../../domain/clock/nature.ts';
import type { LimitNature } from '../../components/use-nature.ts';
import { ClockCircleOutlined, ExclamationCircleOutlined, PauseCircleOutlined } from '@ant-design/icons';
import { Space, Tag, Tooltip, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView, DeadlineView } from '../../../../api/cases/view.ts';
import { useArticle } from '../../components/article.tsx';
import { isSuspended, pressing, pressureOf, type Pressure } from './deadline.ts';

const COLOURS: Record<Pressure, string> = {
  breached: 'error',
  today: 'warning',
  soon: 'warning',
  calm: 'success',
  suspended: 'default',
};

const ICONS: Partial<Record<Pressure, typeof ClockCircleOutlined>> = {
  breached: ExclamationCircleOutlined,
  suspended: PauseCircleOutlined,
};

/** The pressing limits of a case. Behind a breached norm, the statutory limit still runs. */
export function DeadlineTags({ about }: { about: Pick<CaseView, 'deadlines'> }) {
  const limits = pressing(about);
  if (limits.length === 0) return <Typography.Text type="secondary">—</Typography.Text>;
  return (
    <Space orientation="vertical" size={2}>
      {limits.map((deadline) => (
        <DeadlineTag key={deadline.limitId} deadline={deadline} />
      ))}
    </Space>
  );
}

export function DeadlineTag({ deadline }: { deadline: DeadlineView }) {
  const { t } = useTranslation();
  const article = useArticle();
  const pressure = pressureOf(deadline);
  const left = deadline.remainingWorkingDays;
  const words: Record<Pressure, string> = {
    breached: left < 0 ? t('逾期{{n}}个工作日', { n: -left }) : t('已逾期'),
    today: t('今日到期'),
    soon: t('剩{{n}}个工作日', { n: left }),
    calm: t('剩{{n}}个工作日', { n: left }),
    suspended: t('中止中，剩{{n}}个工作日', { n: left }),
  };
  const Icon = ICONS[pressure] ?? ClockCircleOutlined;
  return (
    <Tooltip
      title={[
        t(deadline.title),
        article(deadline.article),
        isSuspended(deadline) ? words.suspended : t('{{date}} 24时届满', { date: deadline.dueDate }),
      ].join(' · ')}
    >
      <Space size={4} wrap>
        <Tag color={COLOURS[pressure]} icon={<Icon />} className="numbers">
          {words[pressure]}
        </Tag>
        <NatureTag limit={deadline} />
        {deadline.provisional && !isSuspended(deadline) && <Tag>{t('暂定')}</Tag>}
      </Space>
    </Tooltip>
  );
}

/** A norm is a service standard and must never look like a 法定期限 of the measures. */
export function NatureTag({ limit }: { limit: LimitNature }) {
  const { t } = useTranslation();
  const nature = natureOf(limit);
  return (
    <Tag variant="outlined" color={nature === 'statutory' ? 'blue' : undefined}>
      {t(NATURES[nature].tag)}
    </Tag>
  );
}
