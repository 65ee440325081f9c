/** 工作台: the account's tasks, the most urgent first. */
import { Card, Empty, Segmented, Space, Statistic, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskPage } from '../../../api/routes/tasks.ts';
import type { CaseType } from '../../../domain/case/id.ts';
import { counted, isMore } from '../../../domain/worklist/counting.ts';
import { isKeyOf, keysOf } from '../../../domain/keys.ts';
import type { Role } from '../../../domain/organs/roles.ts';
import { CASE_TYPES, STAGES } from '../../../domain/case-types/case-types.ts';
import { BatchBar } from '../cases/commands/batch-bar.tsx';
import { CaseTable } from '../cases/list/case-table.tsx';
import { usePages } from '../api/use-pages.ts';
import { LinkButton } from '../components/link-button.tsx';
import { Page } from '../components/page.tsx';
import { useAddress, type Address } from '../components/use-address.ts';
import { useSession } from '../session/session.ts';

export function WorkbenchPage() {
  const { t } = useTranslation();
  const { role, departmentName, regionName } = useSession();
  const [address, change] = useAddress();
  const [selected, setSelected] = useState<string[]>([]);
  const list = usePages<TaskPage>('tasks', '/tasks', address);
  const { first } = list;
  const readsOnly = role === 'auditor';
  return (
    <Page
      title={t('工作台')}
      extra={<Typography.Text type="secondary">{departmentName ?? regionName}</Typography.Text>}
    >
      {first && <Figures summary={first.summary} address={address} />}
      <Card size="small">
        {first && (
          <Types counts={first.counts} chosen={address['caseType']} stage={address['stage']} onChange={change} />
        )}
        <BatchBar
          selected={list.items.filter(({ caseId }) => selected.includes(caseId))}
          onDone={() => setSelected([])}
        />
        <CaseTable
          key={new URLSearchParams(address).toString()}
          mixed
          list={list}
          selected={selected}
          onSelect={setSelected}
          empty={
            <Nothing
              readsOnly={readsOnly}
              filtered={Object.keys(address).length > 0}
              pooled={POOL_FIGURES[role] ? (first?.summary.claimable ?? 0) : 0}
            />
          }
        />
        <Typography.Paragraph type="secondary" className="keys-hint">
          {t('键盘：用 Tab 键进入列表后，J、K 上下移动，回车打开，X 选择')}
        </Typography.Paragraph>
      </Card>
    </Page>
  );
}

/** Figures of the pool by role: only for those who may claim, and those whose entries they are. */
const POOL_FIGURES: Partial<Record<Role, string>> = {
  'department-officer': '可认领',
  'department-lead': '可认领',
  'registering-authority': '公示待认领',
};

interface Figure {
  title: string;
  value: number;
  tone?: string;
  /** What a figure opens: a filter of this page, or another page. */
  filter?: Record<string, string>;
  to?: string;
}

function Figures({ summary, address }: Pick<TaskPage, 'summary'> & { address: Address }) {
  const { t } = useTranslation();
  const { role } = useSession();
  const pool = POOL_FIGURES[role];
  const figures: Figure[] = [
    { title: '待办', value: summary.todo, filter: {} },
    { title: '已逾期', value: summary.overdue, filter: { overdue: 'true' }, tone: 'is-error' },
    { title: '今日到期', value: summary.dueToday, filter: { due: 'today' }, tone: 'is-warning' },
    {
      title: '两个工作日内到期（含今日）',
      value: summary.dueWithin2,
      filter: { due: 'within2' },
      tone: 'is-warning',
    },
    ...(pool ? [{ title: pool, value: summary.claimable, to: '/pool-entries' }] : []),
  ];
  const isShown = ({ filter }: Figure) =>
    filter !== undefined && ['overdue', 'due'].every((name) => filter[name] === address[name]);
  return (
    <div className="figures">
      {figures.map((figure) => {
        const { title, value, tone, filter, to } = figure;
        return (
          <Card key={title} size="small" className={isShown(figure) ? 'is-shown' : undefined}>
            <Link to={to ?? `/?${new URLSearchParams(filter)}`} aria-current={isShown(figure) ? 'true' : undefined}>
              <Statistic
                title={t(title)}
                value={value}
                suffix={to && isMore(value) ? '+' : undefined}
                className={value > 0 ? tone : undefined}
              />
            </Link>
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
  const totals = keysOf(counts).map((caseType) => ({
    value: caseType,
    label: `${t(CASE_TYPES[caseType])} ${Object.values(counts[caseType] ?? {}).reduce((sum, count) => sum + count, 0)}`,
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
      {chosen && isKeyOf(CASE_TYPES, chosen) && (
        <Segmented
          aria-label={t('环节')}
          value={stage ?? ALL}
          options={[{ value: ALL, label: t('全部环节') }, ...stagesOf(chosen)]}
          onChange={(one) => onChange({ stage: one || undefined })}
        />
      )}
    </Space>
  );
}

interface NothingProps {
  readsOnly: boolean;
  filtered: boolean;
  pooled: number;
}

function Nothing({ readsOnly, filtered, pooled }: NothingProps) {
  const { t } = useTranslation();
  if (readsOnly) {
    return (
      <Empty description={t('您的角色只查阅，不办理')}>
        <Link to="/audit">{t('查看审计日志')}</Link>
      </Empty>
    );
  }
  if (filtered) {
    return (
      <Empty description={t('没有符合条件的事项')}>
        <Link to="/">{t('查看全部待办')}</Link>
      </Empty>
    );
  }
  return (
    <Empty description={t('没有待办事项')}>
      {pooled > 0 && (
        <LinkButton to="/pool-entries">{t('查看公示待认领的{{n}}条登记信息', { n: counted(pooled) })}</LinkButton>
      )}
    </Empty>
  );
}
