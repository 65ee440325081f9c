/** 账号 (第四条第二款): applications, endorsed by the authority of the same level and approved here, and management of accounts. */
import { Card, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '../components/page.tsx';
import { useAddress } from '../components/use-address.ts';
import { useSession } from '../session/session.ts';
import { AccountList } from './accounts/account-list.tsx';
import { AccountLists } from './accounts/account-lists.tsx';
import { ApplicationList } from './accounts/application-list.tsx';

const DECIDERS = new Set(['registering-authority', 'platform-administrator', 'auditor']);

export function AccountsPage() {
  const { t } = useTranslation();
  const { role } = useSession();
  const [{ tab = 'accounts' }, change] = useAddress();
  return (
    <Page title={t('账号')}>
      <Card size="small">
        <Tabs
          activeKey={tab}
          destroyOnHidden
          onChange={(chosen) => change({ tab: chosen })}
          items={[
            { key: 'accounts', label: t('账号'), children: <AccountList /> },
            ...(DECIDERS.has(role) ? [{ key: 'applications', label: t('申请'), children: <ApplicationList /> }] : []),
            { key: 'lists', label: t('名册'), children: <AccountLists /> },
          ]}
        />
      </Card>
    </Page>
  );
}
