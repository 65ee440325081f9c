/** 站内信: reminders, breaches, supervisions. */
import { BellOutlined, ExclamationCircleOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Empty, Segmented, Space, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Notice } from '../../../api/routes/inbox.ts';
import { parseCaseId } from '../../../domain/case/id.ts';
import { get, post } from '../api/client.ts';
import { casePath } from '../../../domain/case-types/case-path.ts';
import { useArticle } from '../components/article.tsx';
import { Page } from '../components/page.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { Instant } from '../components/time.tsx';
import { useAddress } from '../components/use-address.ts';

const PAGE = 50;
/** The most notices that one API request takes. */
const AT_ONCE = 500;

const URGENCIES: Record<string, { title: string; colour: string; icon: ReactNode }> = {
  info: { title: '告知', colour: 'default', icon: <InfoCircleOutlined /> },
  reminder: { title: '提醒', colour: 'processing', icon: <BellOutlined /> },
  breach: { title: '逾期', colour: 'error', icon: <ExclamationCircleOutlined /> },
  supervision: { title: '督办', colour: 'warning', icon: <WarningOutlined /> },
};

export function InboxPage() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [address, change] = useAddress();
  const unread = address['unread'] !== 'false';
  const pages = useInfiniteQuery({
    queryKey: ['inbox', { unread }],
    queryFn: ({ pageParam, signal }) =>
      get<{ items: Notice[] }>('/inbox', { unread: unread || undefined, before: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ items }) => (items.length === PAGE ? items.at(-1)?.id : undefined),
  });
  const notices = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const fresh = notices.filter(({ readAt }) => !readAt).map(({ id }) => id);

  const { mutate: markRead, ...marking } = useMutation({
    mutationFn: async (ids: number[]) => {
      for (let i = 0; i < ids.length; i += AT_ONCE) await post('/inbox/read', { ids: ids.slice(i, i + AT_ONCE) });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['inbox'] }),
  });

  return (
    <Page
      title={t('通知')}
      extra={
        <Button disabled={fresh.length === 0} loading={marking.isPending} onClick={() => markRead(fresh)}>
          {/* Only notices that were shown are marked as read. */}
          {t(pages.hasNextPage ? '所列全部标为已读' : '全部标为已读')}
        </Button>
      }
    >
      <Card size="small">
        <Segmented
          className="filters"
          aria-label={t('状态')}
          value={unread ? 'unread' : 'all'}
          onChange={(shown) => change({ unread: shown === 'all' ? 'false' : undefined })}
          options={[
            { value: 'unread', label: t('未读') },
            { value: 'all', label: t('全部') },
          ]}
        />
        {i18n.language === 'en' && <Typography.Paragraph type="secondary">{t('通知以中文发布')}</Typography.Paragraph>}
        {marking.error && <ProblemAlert error={marking.error} />}
        {pages.error && <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />}
        {pages.data && notices.length === 0 && <Empty description={t('没有通知')} />}
        <ul className="plain-list notices">
          {notices.map((notice) => (
            <NoticeItem key={notice.id} notice={notice} onRead={() => markRead([notice.id])} />
          ))}
        </ul>
        {pages.hasNextPage && (
          <Button block type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('显示更多')}
          </Button>
        )}
      </Card>
    </Page>
  );
}

/** Notices are acts of the platform and in Chinese, whatever the reader's language. */
const NOTICES = 'zh-CN';

/** The address of what the notice is about. */
function addressOf({ topic, caseId }: Notice): string | undefined {
  if (topic.startsWith('account-application:')) return '/admin/accounts?tab=applications';
  if (topic.startsWith('account-list:')) return '/admin/accounts?tab=lists';
  const type = parseCaseId(caseId)?.type;
  return type && casePath({ caseType: type, caseId });
}

function NoticeItem({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const { t } = useTranslation();
  const article = useArticle();
  const { title, colour, icon } = URGENCIES[notice.urgency] ?? URGENCIES['info']!;
  const to = addressOf(notice);
  return (
    <li>
      <Space wrap>
        <Tag color={colour} icon={icon}>
          {t(title)}
        </Tag>
        {to ? (
          <Link
            to={to}
            lang={NOTICES}
            className={notice.readAt ? undefined : 'case-name'}
            onClick={notice.readAt ? undefined : onRead}
          >
            {notice.title}
          </Link>
        ) : (
          <span lang={NOTICES}>{notice.title}</span>
        )}
        {!notice.readAt && (
          <Button
            size="small"
            type="text"
            aria-label={t('标为已读：{{title}}', { title: notice.title })}
            onClick={onRead}
          >
            {t('标为已读')}
          </Button>
        )}
      </Space>
      <div className="prewrap" lang={NOTICES}>
        {notice.body}
      </div>
      <Typography.Text type="secondary" className="small">
        <Instant at={notice.at} /> · {article(notice.article)}
      </Typography.Text>
    </li>
  );
}
