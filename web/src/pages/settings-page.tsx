/** 设置: the account, its password, and its subscriptions to notices besides the inbox. */
import { Alert, App, Button, Card, Descriptions, Form, Input, Space } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { submit } from '../api/client.ts';
import { useAttempt } from '../api/use-attempt.ts';
import { Page } from '../components/page.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { isOfDepartment } from '../../../domain/organs/roles.ts';
import { useSession } from '../session/session.ts';
import { InternalReview } from './settings/internal-review.tsx';
import { Subscriptions } from './settings/subscriptions.tsx';

export function SettingsPage() {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <Page title={t('设置')}>
      <Space orientation="vertical" size={16} style={{ width: '100%' }}>
        {session.mustChangePassword && <Alert type="warning" showIcon title={t('请先修改密码，再办理其他事项')} />}
        <Card size="small" title={<h2 className="section-title">{t('我的账号')}</h2>}>
          <Descriptions
            column={{ xs: 1, md: 2 }}
            items={[
              { key: 'name', label: t('账号'), children: `${session.username} ${session.displayName}` },
              { key: 'role', label: t('角色'), children: t(session.roleTitle) },
              { key: 'region', label: t('区域'), children: session.regionName },
              { key: 'department', label: t('部门'), children: session.departmentName ?? '—' },
            ]}
          />
        </Card>
        <Card size="small" title={<h2 className="section-title">{t('修改密码')}</h2>}>
          <PasswordForm />
        </Card>
        {!session.mustChangePassword && isOfDepartment(session) && (
          <Card size="small" title={<h2 className="section-title">{t('内部审核')}</h2>}>
            <InternalReview />
          </Card>
        )}
        {!session.mustChangePassword && (
          <Card size="small" title={<h2 className="section-title">{t('通知订阅')}</h2>}>
            <Subscriptions />
          </Card>
        )}
      </Space>
    </Page>
  );
}

interface Passwords {
  oldPassword: string;
  newPassword: string;
  again: string;
}

function PasswordForm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Passwords>();
  const { busy, problem, attempt } = useAttempt();

  const change = ({ oldPassword, newPassword }: Passwords) =>
    attempt(async () => {
      await submit('PUT', '/session/password', { oldPassword, newPassword });
      form.resetFields();
      void message.success(t('密码已修改，其他设备上的登录已退出'));
      await queries.invalidateQueries({ queryKey: ['session'] });
    });

  const required = (label: string) => ({ required: true, message: t('请填写{{field}}', { field: t(label) }) });
  return (
    <Form<Passwords> form={form} layout="vertical" style={{ maxWidth: 360 }} onFinish={(typed) => void change(typed)}>
      <Form.Item name="oldPassword" label={t('现在的密码')} rules={[required('现在的密码')]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="newPassword" label={t('新密码')} rules={[required('新密码')]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('再输一次新密码')}
        dependencies={['newPassword']}
        rules={[
          required('新密码'),
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || value === getFieldValue('newPassword')
                ? Promise.resolve()
                : Promise.reject(new Error(t('两次输入的新密码不一致'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {problem && <ProblemAlert error={problem} />}
      <Button htmlType="submit" type="primary" loading={busy}>
        {t('修改密码')}
      </Button>
    </Form>
  );
}
