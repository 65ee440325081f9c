/** 工作台: what I must do, the most urgent first. */
import { Button, Card, Empty, Segmented, Space, Statistic, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskPage } from '../../../api/routes/tasks.ts';
import type { CaseType } from '../../../domain/case-id.ts';
import { CASE_TYPES, STAGES } from '../../../domain/transitions.ts';
import { BatchBar } from '../cases/batch-bar.tsx';
import { CaseTable } from '../cases/case-table.tsx';
import { MoreButton } from '../cases/more-button.tsx';
import { usePages } from '../cases/use-cases.ts';
import { Page } from '../components/page.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useAddress } from '../components/use-address.ts';
import { useSession } from '../session/session.ts';

export function WorkbenchPage() {
  const { t } = useTranslation();
  const { role, departmentName, regionName } = useSession();
  const [address, change] = useAddress();
  const [selected, setSelected] = useState<string[]>([]);
  const { pages, first, cases } = usePages<TaskPage>('tasks', '/tasks', address);
  const readsOnly = role === 'auditor';
  return (
    <Page
      title={t('工作台')}
      extra={<Typography.Text type="secondary">{departmentName ?? regionName}</Typography.Text>}
    >
      {first && <Figures summary={first.summary} />}
      <Card size="small" className="worklist">
        {first && (
          <Types counts={first.counts} chosen={address['caseType']} stage={address['stage']} onChange={change} />
        )}
        {pages.error && <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />}
        <BatchBar selected={cases.filter(({ caseId }) => selected.includes(caseId))} onDone={() => setSelected([])} />
        <CaseTable
          mixed
          cases={cases}
          loading={pages.isPending}
          selected={selected}
          onSelect={setSelected}
          empty={<Nothing readsOnly={readsOnly} claimable={first?.summary.claimable ?? 0} />}
          footer={pages.hasNextPage && <MoreButton pages={pages} />}
        />
        <Typography.Paragraph type="secondary" className="keys-hint">
          {t('键盘：J、K 上下移动，回车打开，X 选择')}
        </Typography.Paragraph>
      </Card>
    </Page>
  );
}

function Figures({ summary }: Pick<TaskPage, 'summary'>) {
  const { t } = useTranslation();
  const figures: { title: string; value: number; to?: string; tone?: string }[] = [
    { title: '待办', value: summary.todo, to: '/' },
    { title: '已逾期', value: summary.overdue, to: '/?overdue=true', tone: 'is-error' },
    { title: '今日到期', value: summary.dueToday, tone: 'is-warning' },
    { title: '两个工作日内到期', value: summary.dueWithin2, tone: 'is-warning' },
    { title: '可认领', value: summary.claimable, to: '/pool-entries' },
  ];
  return (
    <div className="figures">
      {figures.map(({ title, value, to, tone }) => {
        const figure = <Statistic title={t(title)} value={value} className={value > 0 ? tone : undefined} />;
        return (
          <Card key={title} size="small">
            {to ? <Link to={to}>{figure}</Link> : figure}
          </Card>
        );
      })}
    </div>
  );
}

interface TypesProps {
  counts: TaskPage['counts'];
  chosen: string | undefined;
  stage: string | undefined;
  onChange: (change: Record<string, string | undefined>) => void;
}

const ALL = '';

function Types({ counts, chosen, stage, onChange }: TypesProps) {
  const { t } = useTranslation();
  const totals = Object.entries(counts).map(([caseType, stages]) => ({
    value: caseType,
    label: `${t(CASE_TYPES[caseType as CaseType])} ${Object.values(stages).reduce((sum, count) => sum + count, 0)}`,
  }));
  const stagesOf = (caseType: CaseType) =>
    Object.entries(counts[caseType] ?? {}).map(([value, count]) => ({
      value,
      label: `${t(STAGES[caseType][value] ?? value)} ${count}`,
    }));
  if (totals.length === 0 && !chosen) return null;
  return (
    <Space wrap className="filters">
      <Segmented
        aria-label={t('事项类型')}
        value={chosen ?? ALL}
        options={[{ value: ALL, label: t('全部') }, ...totals]}
        onChange={(caseType) => onChange({ caseType: caseType || undefined, stage: undefined })}
      />
      {chosen && (
        <Segmented
          aria-label={t('环节')}
          value={stage ?? ALL}
          options={[{ value: ALL, label: t('全部环节') }, ...stagesOf(chosen as CaseType)]}
          onChange={(one) => onChange({ stage: one || undefined })}
        />
      )}
    </Space>
  );
}

function Nothing({ readsOnly, claimable }: { readsOnly: boolean; claimable: number }) {
  const { t } = useTranslation();
  if (readsOnly) {
    return (
      <Empty description={t('您的角色只查阅，不办理')}>
        <Link to="/audit">{t('查看审计日志')}</Link>
      </Empty>
    );
  }
  return (
    <Empty description={t('没有待办事项')}>
      {claimable > 0 && (
        <Link to="/pool-entries">
          <Button tabIndex={-1}>{t('查看可认领的{{n}}条登记信息', { n: claimable })}</Button>
        </Link>
      )}
    </Empty>
  );
}
