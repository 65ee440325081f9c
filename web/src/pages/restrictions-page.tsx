/** 限制查询: many enterprises at once, as of one day, to be read here or downloaded (第九条第一款). */
import { isOversight } from '../../../domain/organs/roles.ts';
import { Button, Card, Form, Input, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestrictionAnswer } from '../../../api/restrictions/query.ts';
import { MOST_CODES } from '../../../domain/case-types/sanction-notice/restriction-query.ts';
import { download, filled, post, withQuery } from '../api/client.ts';
import { useAttempt } from '../api/use-attempt.ts';
import { Page } from '../components/page.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { TableButtons, type TableFormat } from '../components/table-links.tsx';
import { DayInput } from '../forms/day-input.tsx';
import { useSession } from '../session/session.ts';
import { AnsweredEnterprises } from './restrictions/answered-enterprises.tsx';
import { LoggedQueries } from './restrictions/logged-queries.tsx';

interface Asked {
  codes?: string;
  asOf?: string;
  personAsking?: string;
}

/** Pasted from a spreadsheet or typed: codes stand on lines of their own, or with a comma between them. */
const codesIn = (text = '') => text.split(/[\s,，;；、]+/).filter(Boolean);

const bodyOf = ({ codes, asOf, personAsking }: Asked) => ({
  codes: codesIn(codes),
  ...filled({ asOf, personAsking: personAsking?.trim() }),
});

export function RestrictionsPage() {
  const { t } = useTranslation();
  const [form] = Form.useForm<Asked>();
  const [answer, setAnswer] = useState<RestrictionAnswer>();
  const { busy, problem, attempt } = useAttempt();
  const { role } = useSession();
  const readsAudit = isOversight(role);
  const ask = (asked: Asked) =>
    attempt(async () => {
      setAnswer(undefined);
      setAnswer(await post<RestrictionAnswer>('/restrictions/query', bodyOf(asked)));
    });
  const save = async (format: TableFormat) => {
    const asked = await form.validateFields().catch(() => undefined);
    const path = withQuery('/restrictions/download', { format });
    if (asked) await attempt(() => download(path, bodyOf(asked), `${t('限制查询')}.${format}`));
  };
  return (
    <Page title={t('限制查询')}>
      <div className="case-main">
        <Card size="small">
          <Form form={form} layout="vertical" onFinish={(asked) => void ask(asked)}>
            <Form.Item
              name="codes"
              label={t('统一社会信用代码')}
              extra={t('每行一个，一次最多{{most}}个', { most: MOST_CODES })}
              rules={[{ required: true, whitespace: true, message: t('请填写至少一个统一社会信用代码') }]}
            >
              <Input.TextArea rows={6} className="numbers" />
            </Form.Item>
            <div className="form-row">
              <Form.Item name="asOf" label={t('查询日期')} extra={t('不填为现在')}>
                <DayInput />
              </Form.Item>
              <Form.Item name="personAsking" label={t('查询人')} extra={t('代他人查询的填写；不填为账号本人')}>
                <Input maxLength={50} />
              </Form.Item>
              <Space className="form-row-buttons">
                <Button type="primary" htmlType="submit" loading={busy}>
                  {t('查询')}
                </Button>
                <TableButtons buttonOf={(format) => ({ disabled: busy, onClick: () => void save(format) })} />
              </Space>
            </div>
            {problem && <ProblemAlert error={problem} />}
            <Typography.Text type="secondary" className="small">
              {t('查询人、时间和所查企业留痕备查（第十九条第二款）')}
            </Typography.Text>
          </Form>
        </Card>
        {answer && <AnsweredEnterprises answer={answer} />}
        {readsAudit && <LoggedQueries />}
      </div>
    </Page>
  );
}
