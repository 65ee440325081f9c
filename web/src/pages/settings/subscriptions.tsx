/** Where notices go besides the inbox: e-mail, signed webhooks, group robots. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Popconfirm, Space, Typography } from 'antd';
import { useState, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import type { Urgency } from '../../../../domain/notices/notices.ts';
import { CHANNELS, type Channel } from '../../../../domain/notices/subscription.ts';
import { get, post, ProblemError, submit } from '../../api/client.ts';
import { ListTable } from '../../components/list-table.tsx';
import { CheckboxChoices } from '../../forms/checkbox-choices.tsx';
import { FormDialog } from '../../forms/form-dialog.tsx';
import type { Field } from '../../forms/schema-fields.ts';
import { useSession } from '../../session/session.ts';

interface Subscription {
  id: string;
  owner: 'me' | 'department';
  channel: Channel;
  target: string;
  urgencies: Urgency[];
  digestHour: number | null;
  quietFromHour: number | null;
  quietUntilHour: number | null;
}

const KEY = ['subscriptions'];
const URGENCIES: Record<Urgency, string> = { info: '告知', reminder: '提醒', breach: '逾期', supervision: '督办' };
const choices = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }));
const hour = (name: string, label: string): Field => ({
  name,
  label,
  required: false,
  control: 'number',
  whole: true,
  least: 0,
  most: 23,
});

const PREFERENCES: Field[] = [
  { name: 'urgencies', label: '通知类别', required: true, control: 'list' },
  hour('digestHour', '每日几时汇总发送（0至23时，不填为即时发送）'),
  hour('quietFromHour', '免打扰开始（0至23时）'),
  hour('quietUntilHour', '免打扰结束（0至23时，不晚于开始的为次日）'),
];

function SendingTime({ digestHour, quietFromHour, quietUntilHour }: Subscription) {
  const { t } = useTranslation();
  const parts = [digestHour === null ? t('即时') : t('每日{{hour}}时汇总', { hour: digestHour })];
  if (quietFromHour !== null && quietUntilHour !== null) {
    parts.push(t('{{from}}时至{{until}}时免打扰', { from: quietFromHour, until: quietUntilHour }));
  }
  return parts.join('；');
}

export function Subscriptions() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Subscription | 'new'>();
  const [secret, setSecret] = useState<string>();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<{ items: Subscription[] }>('/subscriptions', {}, signal),
  });

  async function saved(made?: string) {
    setSecret(made);
    await queries.invalidateQueries({ queryKey: KEY });
  }

  return (
    <>
      <Typography.Paragraph type="secondary">
        {t('逾期和督办通知始终即时发送，不受汇总和免打扰限制；站内信始终保留')}
      </Typography.Paragraph>
      <ListTable<Subscription>
        query={query}
        rows={query.data?.items}
        empty={t('没有订阅')}
        rowKey="id"
        columns={[
          { title: t('接收人'), dataIndex: 'owner', render: (owner: string) => t(owner === 'me' ? '本人' : '本部门') },
          { title: t('方式'), dataIndex: 'channel', render: (channel: Channel) => t(CHANNELS[channel]) },
          { title: t('接收地址'), dataIndex: 'target' },
          {
            title: t('通知类别'),
            render: (_, { urgencies }) => urgencies.map((one) => t(URGENCIES[one] ?? one)).join('、'),
          },
          { title: t('发送时间'), render: (_, subscription) => <SendingTime {...subscription} /> },
          {
            title: t('操作'),
            render: (_, subscription) => <Deeds of={subscription} onEdit={() => setEditing(subscription)} />,
          },
        ]}
      />
      <Button className="after-table" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
        {t('新增订阅')}
      </Button>
      {editing === 'new' && <NewDialog onSaved={saved} onClose={() => setEditing(undefined)} />}
      {editing && editing !== 'new' && (
        <ChangeDialog of={editing} onSaved={saved} onClose={() => setEditing(undefined)} />
      )}
      {secret && (
        <Modal open title={t('签名密钥')} footer={null} onCancel={() => setSecret(undefined)}>
          <Typography.Paragraph>{t('只显示这一次；接收方用它核对签名')}</Typography.Paragraph>
          <Typography.Text strong copyable className="numbers prewrap">
            {secret}
          </Typography.Text>
        </Modal>
      )}
    </>
  );
}

function Deeds({ of: { id }, onEdit }: { of: Subscription; onEdit: () => void }) {
  const { t } = useTranslation();
  const { message, notification } = App.useApp();
  const queries = useQueryClient();

  async function attempt(work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      notification.error({ title: error.problem.detail, description: error.problem.remedy });
    }
  }

  async function test() {
    const { delivered, reason } = await post<{ delivered: boolean; reason: string | null }>(
      `/subscriptions/${id}/test`,
    );
    if (delivered) void message.success(t('已送达'));
    else notification.warning({ title: t('没有送达'), description: reason });
  }

  async function cancel() {
    await submit('DELETE', `/subscriptions/${id}`);
    await queries.invalidateQueries({ queryKey: KEY });
  }

  return (
    <Space wrap size={4}>
      <Button size="small" onClick={() => void attempt(test)}>
        {t('试发')}
      </Button>
      <Button size="small" onClick={onEdit}>
        {t('更改')}
      </Button>
      <Popconfirm title={t('取消订阅？尚未送出的通知不再发送')} onConfirm={() => void attempt(cancel)}>
        <Button size="small">{t('取消订阅')}</Button>
      </Popconfirm>
    </Space>
  );
}

interface DialogProps {
  /** @param secret the key of a new subscription that is signed. */
  onSaved: (secret?: string) => Promise<void>;
  onClose: () => void;
}

function NewDialog({ onSaved, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { role } = useSession();
  const owners = { me: '本人', ...(role === 'department-lead' ? { department: '本部门' } : {}) };
  const fields: Field[] = [
    { name: 'owner', label: '接收人', required: true, control: 'choice', options: choices(owners) },
    { name: 'channel', label: '方式', required: true, control: 'choice', options: choices(CHANNELS) },
    { name: 'target', label: '接收地址', required: true, control: 'line', most: 1000 },
    ...PREFERENCES,
  ];
  return (
    <FormDialog
      title={t('新增订阅')}
      fields={fields}
      controls={{ urgencies: <Urgencies /> }}
      initial={{ owner: 'me', channel: 'email', urgencies: Object.keys(URGENCIES) }}
      onSubmit={async (values) => {
        const made = await post<{ secret?: string }>('/subscriptions', emptied(values));
        await onSaved(made.secret);
      }}
      onClose={onClose}
    />
  );
}

function ChangeDialog({ of: subscription, onSaved, onClose }: DialogProps & { of: Subscription }) {
  const { t } = useTranslation();
  return (
    <FormDialog
      title={t('更改')}
      fields={PREFERENCES}
      controls={{ urgencies: <Urgencies /> }}
      initial={{ ...subscription }}
      onSubmit={async (values) => {
        await submit('PATCH', `/subscriptions/${subscription.id}`, emptied(values));
        await onSaved();
      }}
      onClose={onClose}
    />
  );
}

/** Sends null for emptied fields, which clears them. */
const emptied = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? null]));

function Urgencies(props: Omit<ComponentProps<typeof CheckboxChoices>, 'options'>) {
  const { t } = useTranslation();
  return (
    <CheckboxChoices {...props} options={choices(URGENCIES).map(({ value, label }) => ({ value, label: t(label) }))} />
  );
}
