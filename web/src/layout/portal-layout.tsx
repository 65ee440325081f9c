/** The public portal's frame: no account, one line of navigation, readable on a phone. */
import { Layout, Menu } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { useOptions } from '../api/options.ts';
import { LanguageSwitch } from '../components/language-switch.tsx';

/** `leadsTo` matches the pages that an entry leads to. */
const PAGES = [
  { path: '/public', title: '企业查询', leadsTo: '/public/enterprises/' },
  { path: '/public/objection', title: '反映信息有误' },
  { path: '/public/complaint', title: '举报投诉' },
  { path: '/public/progress', title: '进度查询', leadsTo: '/public/receipts/' },
];

export function PortalLayout() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data: { province } = {} } = useOptions();
  const here = PAGES.find(({ path, leadsTo }) => pathname === path || (leadsTo && pathname.startsWith(leadsTo)));
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <ScrollRestoration />
      <a href="#main" className="skip-link">
        {t('跳到主要内容')}
      </a>
      <Layout.Header className="portal-header">
        <Link to="/public" className="brand">
          <img src="/emblem.svg" alt="" width={30} height={30} />
          <span>{t('企业信用信息查询与监督')}</span>
        </Link>
        <nav aria-label={t('主导航')} className="portal-nav">
          <Menu
            mode="horizontal"
            theme="dark"
            disabledOverflow
            selectedKeys={here ? [here.path] : []}
            items={PAGES.map(({ path, title }) => ({ key: path, label: <Link to={path}>{t(title)}</Link> }))}
          />
        </nav>
        <LanguageSwitch onDark />
      </Layout.Header>
      <Layout.Content id="main" role="main" tabIndex={-1} className="portal-content">
        <Outlet />
      </Layout.Content>
      <Layout.Footer className="portal-footer no-print">
        {province && (
          <div>
            {province.platform} · {province.legalBasis}
          </div>
        )}
        <Link to="/">{t('工作人员登录')}</Link>
      </Layout.Footer>
    </Layout>
  );
}
