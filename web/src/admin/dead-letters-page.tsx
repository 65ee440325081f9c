/** 未送达通知: messages given up after three days or refused by their receiver. */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CHANNELS, type Channel } from '../../../domain/notices/subscription.ts';
import { post, ProblemError } from '../api/client.ts';
import { useEarlier } from '../api/use-earlier.ts';
import { MoreButton } from '../components/more-button.tsx';
import { Page } from '../components/page.tsx';
import { ListTable } from '../components/list-table.tsx';
import { Instant } from '../components/time.tsx';

interface Letter {
  id: number;
  channel: Channel;
  target: string;
  title: string;
  username: string | null;
  recipient: string;
  attempts: number;
  lastError: string | null;
  deadAt: string;
}

export function DeadLettersPage() {
  const { t } = useTranslation();
  const { message, notification } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { pages, rows } = useEarlier<Letter>('dead-letters', '/dead-letters');

  async function replay(path: string) {
    setBusy(true);
    try {
      const answer = await post<{ message?: string; items?: { result: string }[]; remaining?: number }>(path);
      const all =
        answer.items && t('已处理{{n}}条，还有{{rest}}条', { n: answer.items.length, rest: answer.remaining });
      void message.success(all ?? t(answer.message ?? ''));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      notification.error({ title: error.problem.detail, description: error.problem.remedy });
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: ['dead-letters'] });
    }
  }

  return (
    <Page
      title={t('未送达通知')}
      extra={
        <Button disabled={!rows?.length} loading={busy} onClick={() => void replay('/dead-letters/replay-all')}>
          {t('全部重新发送')}
        </Button>
      }
    >
      <Card size="small">
        <ListTable<Letter>
          query={pages}
          rows={rows}
          empty={t('没有未送达的通知')}
          rowKey="id"
          columns={[
            { title: t('时间'), render: (_, { deadAt }) => <Instant at={deadAt} /> },
            { title: t('方式'), dataIndex: 'channel', render: (channel: Channel) => t(CHANNELS[channel]) },
            { title: t('接收地址'), dataIndex: 'target' },
            {
              title: t('接收人'),
              render: (_, { username, recipient }) => (username ? `${recipient}（${username}）` : recipient),
            },
            { title: t('标题'), dataIndex: 'title' },
            { title: t('次数'), dataIndex: 'attempts', align: 'right' },
            { title: t('原因'), dataIndex: 'lastError' },
            {
              title: t('操作'),
              render: (_, { id }) => (
                <Button size="small" disabled={busy} onClick={() => void replay(`/dead-letters/${id}/replay`)}>
                  {t('重新发送')}
                </Button>
              ),
            },
          ]}
        />
        <MoreButton pages={pages} />
      </Card>
    </Page>
  );
}
