/** 期限: statutory numbers are locked; norms and ladders can be set for limits that begin later. */
import { LockOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Space, Tag, Tooltip, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { indispensableRungs, isFixed, LIMITS, RUNGS, type LimitId, type Rung } from '../../../domain/clock/limits.ts';
import { get, submit } from '../api/client.ts';
import { NatureTag } from '../cases/list/deadline-tag.tsx';
import { useArticle } from '../components/article.tsx';
import { natureById, useNature } from '../components/use-nature.ts';
import { BarrableButton } from '../components/barrable-button.tsx';
import { Page } from '../components/page.tsx';
import { ListTable } from '../components/list-table.tsx';
import { CheckboxChoices } from '../forms/checkbox-choices.tsx';
import { FormDialog, REASON } from '../forms/form-dialog.tsx';
import type { Field } from '../forms/schema-fields.ts';
import { useProvinceBarred } from './use-barred.ts';

interface Limit {
  id: LimitId;
  title: string;
  workingDays: number;
  ladder: Rung[];
}

const MOST_DAYS = 60;

export function LimitsPage() {
  const { t } = useTranslation();
  const article = useArticle();
  const [edited, setEdited] = useState<Limit>();
  const why = useProvinceBarred();
  const query = useQuery({
    queryKey: ['limits'],
    queryFn: ({ signal }) => get<{ items: Limit[] }>('/admin/limits', {}, signal),
  });
  return (
    <Page title={t('期限')}>
      <Card size="small">
        <ListTable<Limit>
          query={query}
          rows={query.data?.items}
          rowKey="id"
          columns={[
            { title: t('期限'), dataIndex: 'title', render: (title: string) => t(title) },
            { title: t('性质'), render: (_, { id }) => <NatureTag limit={natureById(id)} /> },
            { title: t('工作日'), dataIndex: 'workingDays', align: 'right' },
            {
              title: t('依据'),
              render: (_, { id }) => (
                <>
                  {article(LIMITS[id].article)} <RuleSource id={id} />
                </>
              ),
            },
            {
              title: t('节点'),
              render: (_, { ladder }) => (
                <Space wrap size={4}>
                  {ladder.map((rung) => (
                    <Tag key={rung}>{t(RUNGS[rung].title)}</Tag>
                  ))}
                </Space>
              ),
            },
            {
              title: t('操作'),
              width: 120,
              render: (_, limit) => <ChangeButton limit={limit} why={why} onChange={() => setEdited(limit)} />,
            },
          ]}
        />
      </Card>
      {edited && <LimitDialog limit={edited} onClose={() => setEdited(undefined)} />}
    </Page>
  );
}

/** A rule of a year after the measures: its document and its first day. */
function RuleSource({ id }: { id: LimitId }) {
  const nature = useNature();
  const limit = natureById(id);
  return limit.ruleSet ? <Typography.Text type="secondary">{nature(limit)}</Typography.Text> : null;
}

interface ButtonProps {
  limit: Limit;
  why: string | undefined;
  onChange: () => void;
}

/** The number of days is locked where a rule gives it; the reminders can be changed. */
function ChangeButton({ limit, why, onChange }: ButtonProps) {
  const { t } = useTranslation();
  const article = useArticle();
  const isLocked = isFixed(LIMITS[limit.id]);
  const icon = isLocked ? <LockOutlined /> : undefined;
  if (why) return <BarrableButton size="small" title={t('设定')} icon={icon} why={why} />;
  const locked = t('工作日数由{{article}}规定，只能设定节点', { article: article(LIMITS[limit.id].article) });
  return (
    <Tooltip title={isLocked ? locked : undefined} trigger={['hover', 'focus']}>
      <Button size="small" icon={icon} onClick={onChange}>
        {t('设定')}
      </Button>
    </Tooltip>
  );
}

function LimitDialog({ limit, onClose }: { limit: Limit; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const article = useArticle();
  const nature = useNature();
  const { workingDays } = limit;
  const isLocked = isFixed(LIMITS[limit.id]);
  const days: Field = {
    name: 'workingDays',
    label: '工作日数',
    required: true,
    control: 'number',
    whole: true,
    least: 1,
    most: MOST_DAYS,
  };
  const ladder: Field = { name: 'ladder', label: '节点', required: false, control: 'list' };
  return (
    <FormDialog
      title={t(limit.title)}
      hint={
        <>
          {isLocked && (
            <div>
              <LockOutlined />{' '}
              {t('{{n}}个工作日（{{article}}，{{nature}}），不能更改', {
                n: workingDays,
                nature: nature(natureById(limit.id)),
                article: article(LIMITS[limit.id].article),
              })}
            </div>
          )}
          {t('对此后开始的期限生效，已开始的不变；逾期记录和督办节点不能取消')}
        </>
      }
      fields={[...(isLocked ? [] : [days]), ladder, REASON]}
      controls={{
        ladder: (
          <CheckboxChoices
            options={Object.entries(RUNGS).map(([value, { title }]) => ({
              value,
              label: t(title),
              disabled: indispensableRungs(LIMITS[limit.id]).some((rung) => rung === value),
            }))}
          />
        ),
      }}
      initial={{ workingDays, ladder: limit.ladder }}
      onSubmit={async (values) => {
        await submit('PUT', `/admin/limits/${limit.id}`, { workingDays, ...values });
        await queries.invalidateQueries({ queryKey: ['limits'] });
      }}
      onClose={onClose}
    />
  );
}
