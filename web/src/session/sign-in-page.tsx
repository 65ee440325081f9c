/** 登录. A demonstration offers its accounts at one click. */
import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Form, Input, Space, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { useOptions } from '../api/options.ts';
import { useAttempt } from '../api/use-attempt.ts';
import { LanguageSwitch } from '../components/language-switch.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useCurrentSession, useSignIn } from './session.ts';

interface Credentials {
  username: string;
  password: string;
}

/** Allows only paths of the console, so that a prepared link cannot redirect elsewhere after sign-in. */
const within = (next: string | null) => (next && /^\/(?![/\\])/.test(next) ? next : '/');

export function SignInPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const session = useCurrentSession();
  const signIn = useSignIn();
  const { busy, problem, attempt } = useAttempt();
  const options = useOptions();
  if (session.data) return <Navigate to={within(search.get('next'))} replace />;

  const enter = ({ username, password }: Credentials) => attempt(() => signIn(username.trim(), password));

  return (
    <main className="sign-in">
      <div className="sign-in-column">
        <div className="sign-in-title">
          <img src="/emblem.svg" alt="" width={44} height={44} />
          <div>
            <h1>{t('协同监管平台')}</h1>
            <Typography.Text type="secondary">{t('双告知 · 信息归集公示 · 联合惩戒 · 督查督办')}</Typography.Text>
          </div>
        </div>
        <Card>
          <Form<Credentials>
            layout="vertical"
            onFinish={(typed) => void enter(typed)}
            requiredMark={false}
            disabled={busy}
          >
            {search.get('ended') && (
              <Alert type="info" showIcon title={t('登录已失效，请重新登录')} style={{ marginBottom: 16 }} />
            )}
            <Form.Item name="username" label={t('账号')} rules={[{ required: true, message: t('请填写账号') }]}>
              <Input prefix={<UserOutlined />} autoComplete="username" autoFocus size="large" />
            </Form.Item>
            <Form.Item name="password" label={t('密码')} rules={[{ required: true, message: t('请填写密码') }]}>
              <Input.Password prefix={<LockOutlined />} autoComplete="current-password" size="large" />
            </Form.Item>
            {problem && <ProblemAlert error={problem} />}
            <Button type="primary" htmlType="submit" block size="large" loading={busy}>
              {t('登录')}
            </Button>
          </Form>
          {options.data?.demo && (
            <section aria-label={t('演示账号')} className="demo-accounts">
              <Typography.Text type="secondary">{t('演示账号，点击即登录：')}</Typography.Text>
              <Space wrap size={[8, 8]}>
                {options.data.demoAccounts.map((account) => (
                  <Button key={account.username} size="small" disabled={busy} onClick={() => void enter(account)}>
                    {t(account.title)}
                  </Button>
                ))}
              </Space>
            </section>
          )}
        </Card>
        <Space separator="·" className="sign-in-links">
          <Link to="/public">{t('公众查询')}</Link>
          <Link to="/apply">{t('申请账号')}</Link>
          <LanguageSwitch />
        </Space>
      </div>
    </main>
  );
}
