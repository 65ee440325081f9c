/** The console's frame: account, menu, what is new. */
import { BellOutlined, LogoutOutlined, MenuOutlined, SettingOutlined, UserOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Badge, Button, Drawer, Dropdown, Grid, Layout, Menu, Spin, Tag } from 'antd';
import { Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { isProvince } from '../../../domain/organs/region-code.ts';
import { get, ProblemError } from '../api/client.ts';
import { useLiveUpdates } from '../api/live.ts';
import { LanguageSwitch } from '../components/language-switch.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useProblemWords } from '../components/problem-words.ts';
import { SessionContext, useCurrentSession, useSession, useSessionEnd, useSignOut } from '../session/session.ts';
import { useWaitingApplications } from '../session/use-waiting-applications.ts';
import { NAVIGATION } from './navigation.ts';
import { QuickSearch } from './quick-search.tsx';

export function ConsoleLayout() {
  const session = useCurrentSession();
  const ended = useSessionEnd();
  const location = useLocation();
  if (session.isPending) return <Spin size="large" fullscreen />;
  // After a failure in the background, keep the session that was read: the page and what is typed into it must stay.
  if (session.data === undefined) {
    return session.error && <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />;
  }
  if (session.data === null) {
    const back = new URLSearchParams();
    if (location.pathname !== '/') back.set('next', location.pathname + location.search);
    if (ended) back.set('ended', 'true');
    return <Navigate to={`/sign-in?${back}`} replace />;
  }
  if (session.data.mustChangePassword && location.pathname !== '/settings') return <Navigate to="/settings" replace />;
  return (
    <SessionContext value={session.data}>
      <ScrollRestoration />
      <Frame />
    </SessionContext>
  );
}

function Frame() {
  const { t } = useTranslation();
  const live = useLiveUpdates();
  const wide = Grid.useBreakpoint().lg ?? true;
  const [open, setOpen] = useState(false);
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a href="#main" className="skip-link">
        {t('跳到主要内容')}
      </a>
      <Layout.Header className="console-header">
        {!wide && (
          <Button
            type="text"
            icon={<MenuOutlined />}
            aria-label={t('菜单')}
            className="on-dark"
            onClick={() => setOpen(true)}
          />
        )}
        <Link to="/" className="brand">
          <img src="/emblem.svg" alt="" width={30} height={30} />
          <span className="brand-name">{t('协同监管平台')}</span>
        </Link>
        <div className="header-search">{wide && <QuickSearch />}</div>
        {!live && (
          <Tag color="warning" className="offline">
            {t('实时更新已断开，正在重连')}
          </Tag>
        )}
        <InboxBell />
        <LanguageSwitch onDark />
        <AccountMenu />
      </Layout.Header>
      <Layout>
        {wide ? (
          <Layout.Sider width={208} theme="light" className="console-sider">
            <Navigation />
          </Layout.Sider>
        ) : (
          <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={260} title={t('菜单')}>
            <QuickSearch onSearch={() => setOpen(false)} />
            <Navigation onNavigate={() => setOpen(false)} />
          </Drawer>
        )}
        <Layout.Content id="main" role="main" tabIndex={-1}>
          <Suspense fallback={<Spin style={{ display: 'block', marginTop: 80 }} />}>
            <Outlet />
          </Suspense>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const { t } = useTranslation();
  const { role, regionCode } = useSession();
  const waiting = useWaitingApplications();
  const { pathname } = useLocation();
  const mine = NAVIGATION.filter(
    ({ roles, ofProvince }) => (!roles || roles.includes(role)) && (!ofProvince || isProvince(regionCode)),
  );
  const groups = [...new Set(mine.map(({ group }) => group))];
  const here = mine.filter(({ path }) => path !== '' && pathname.startsWith(`/${path}`)).at(-1);
  return (
    <nav aria-label={t('主导航')}>
      <Menu
        mode="inline"
        selectedKeys={[here?.path ?? (pathname === '/' ? '' : '-')]}
        onClick={onNavigate}
        items={groups.map((group) => ({
          type: 'group' as const,
          key: group,
          label: t(group),
          children: mine
            .filter((entry) => entry.group === group)
            .map(({ path, title }) => ({
              key: path,
              label: (
                <Link to={`/${path}`}>
                  {t(title)}
                  {path === 'admin/accounts' && waiting > 0 && (
                    <span className="menu-count">{t('{{n}}件待办', { n: waiting })}</span>
                  )}
                </Link>
              ),
            })),
        }))}
      />
    </nav>
  );
}

function InboxBell() {
  const { t } = useTranslation();
  const unread = useQuery({
    queryKey: ['inbox', 'unread'],
    queryFn: ({ signal }) => get<{ items: unknown[] }>('/inbox', { unread: true, limit: 100 }, signal),
  });
  const count = unread.data?.items.length ?? 0;
  return (
    <Link to="/inbox" className="on-dark bell" aria-label={t('通知，{{n}}条未读', { n: count })}>
      <Badge count={count} overflowCount={99} size="small" offset={[10, -4]}>
        <BellOutlined />
      </Badge>
    </Link>
  );
}

function AccountMenu() {
  const { t } = useTranslation();
  const session = useSession();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const { notification } = App.useApp();
  const wordsOf = useProblemWords();
  const whose: ReactNode = session.departmentName ?? session.regionName;

  async function leave() {
    try {
      await signOut();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      notification.error({ title: t('没有退出，账号仍在登录中'), description: wordsOf(error.problem).title });
    }
  }

  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'who',
            disabled: true,
            label: (
              <>
                {t(session.roleTitle)} {whose}
              </>
            ),
          },
          { key: 'settings', icon: <SettingOutlined />, label: t('设置') },
          { key: 'out', icon: <LogoutOutlined />, label: t('退出登录') },
        ],
        onClick: ({ key }) => void (key === 'out' ? leave() : navigate('/settings')),
      }}
    >
      <Button type="text" icon={<UserOutlined />} className="on-dark">
        <span className="account-name">{session.displayName}</span>
      </Button>
    </Dropdown>
  );
}
