/** 申请账号 (第四条第二款): through the authority of the same level, to the platform's administrators. */
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Form, Input, Result, Tabs, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ApplicationProgress } from '../../../api/views/account.ts';
import { applicationSchema } from '../../../domain/organs/accounts.ts';
import { ROLES } from '../../../domain/organs/roles.ts';
import { filled, get } from '../api/client.ts';
import { useAttempt } from '../api/use-attempt.ts';
import { usePostOnce } from '../api/use-post-once.ts';
import { useArticle } from '../components/article.tsx';
import { LanguageSwitch } from '../components/language-switch.tsx';
import { Loaded, Page } from '../components/page.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { Instant } from '../components/time.tsx';
import { useAddress } from '../components/use-address.ts';
import type { Field } from '../forms/schema-fields.ts';
import { checked, SchemaForm, type Values } from '../forms/schema-form.tsx';

const line = (name: string, label: string, required = true): Field => ({
  name,
  label,
  required,
  control: 'line',
  most: 60,
});

const FIELDS: Field[] = [
  line('username', '希望使用的账号'),
  line('displayName', '姓名或岗位名称'),
  {
    name: 'role',
    label: '角色',
    required: true,
    control: 'choice',
    options: Object.entries(ROLES)
      .filter(([role]) => role !== 'platform-administrator')
      .map(([value, label]) => ({ value, label })),
  },
  { name: 'regionCode', label: '行政区划', required: true, control: 'region' },
  { name: 'departmentCode', label: '部门', required: false, control: 'department' },
  line('phone', '联系电话', false),
  { name: 'reason', label: '申请理由', required: true, control: 'paragraph', most: 500 },
  line('password', '密码'),
];

export function ApplyPage() {
  const { t } = useTranslation();
  const [{ tab = 'apply' }, change] = useAddress();
  return (
    <main>
      <Page
        title={t('申请账号')}
        extra={
          <>
            <Link to="/sign-in">{t('返回登录')}</Link>
            <LanguageSwitch />
          </>
        }
      >
        <Card className="form-card">
          <Tabs
            activeKey={tab}
            onChange={(chosen) => change({ tab: chosen })}
            items={[
              { key: 'apply', label: t('提出申请'), children: <Application /> },
              { key: 'progress', label: t('查询进度'), children: <Progress /> },
            ]}
          />
        </Card>
      </Page>
    </main>
  );
}

function Application() {
  const { t } = useTranslation();
  const article = useArticle();
  const [form] = Form.useForm<Values>();
  const { busy, problem, attempt } = useAttempt();
  const [no, setNo] = useState<string>();
  const postOnce = usePostOnce();

  async function finish(values: Values) {
    const body = checked(applicationSchema, form, filled(values));
    if (!body) return;
    await attempt(async () => {
      const answer = await postOnce<{ no: string }>('/account-applications', body);
      form.resetFields();
      setNo(answer.no);
    });
  }

  if (no) {
    return (
      <Result
        status="success"
        title={t('申请已受理')}
        subTitle={t('请记下申请编号，凭编号查询进度')}
        extra={
          <Typography.Text strong copyable className="numbers receipt-no">
            {no}
          </Typography.Text>
        }
      />
    );
  }
  return (
    <>
      <Typography.Paragraph type="secondary">
        {t('监管部门通过同级登记机关申请账号（{{article}}）：同级登记机关审核，平台管理员开通', {
          article: article('第四条第二款'),
        })}
      </Typography.Paragraph>
      <SchemaForm
        form={form}
        fields={FIELDS}
        controls={{ password: <Input.Password autoComplete="new-password" /> }}
        onFinish={(values) => void finish(values)}
      >
        {problem && <ProblemAlert error={problem} />}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('提交')}
        </Button>
      </SchemaForm>
    </>
  );
}

function Progress() {
  const { t } = useTranslation();
  const [no, setNo] = useState('');
  const query = useQuery({
    queryKey: ['account-application', no],
    enabled: no !== '',
    queryFn: ({ signal }) =>
      get<ApplicationProgress>(`/account-applications/${encodeURIComponent(no)}/progress`, {}, signal),
  });
  return (
    <>
      <Input.Search
        aria-label={t('申请编号')}
        placeholder={t('申请编号')}
        enterButton={t('查询')}
        onSearch={(typed) => setNo(typed.trim())}
      />
      <section aria-live="polite" aria-label={t('查询结果')} className="results">
        {no && (
          <Loaded query={query}>
            {(progress) => (
              <Descriptions
                column={1}
                items={[
                  { key: 'state', label: t('状态'), children: <strong>{t(progress.stateTitle)}</strong> },
                  { key: 'at', label: t('申请时间'), children: <Instant at={progress.appliedAt} /> },
                  ...(progress.refusal ? [{ key: 'why', label: t('不予开通的理由'), children: progress.refusal }] : []),
                ]}
              />
            )}
          </Loaded>
        )}
      </section>
    </>
  );
}
