/** Hands in a list of accounts: first looked at, then sent. */
import { UploadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Space, Table, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountIntakeView } from '../../../../api/views/account-list.ts';
import { upload, withQuery } from '../../api/client.ts';
import { useAttempt } from '../../api/use-attempt.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { TableLinks } from '../../components/table-links.tsx';

const PATH = '/admin/accounts/import';

export function AccountUpload({ onSubmitted }: { onSubmitted: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { busy, problem, attempt } = useAttempt();
  const [file, setFile] = useState<File>();
  const [seen, setSeen] = useState<AccountIntakeView>();

  const look = (chosen: File) =>
    attempt(async () => {
      setSeen(undefined);
      setFile(chosen);
      setSeen(await upload<AccountIntakeView>(withQuery(PATH, { dryRun: true, filename: chosen.name }), chosen));
    });
  const submit = () =>
    attempt(async () => {
      const answer = await upload<AccountIntakeView>(withQuery(PATH, { filename: file!.name }), file!);
      setSeen(answer.accepted ? undefined : answer);
      if (!answer.accepted) return;
      void message.success(t('已上报{{n}}份名册', { n: answer.lists.length }));
      onSubmitted();
    });

  return (
    <Space orientation="vertical" style={{ width: '100%', marginBottom: 16 }}>
      <Space wrap>
        <Upload
          accept=".xlsx,.csv"
          showUploadList={false}
          disabled={busy}
          beforeUpload={(chosen) => {
            void look(chosen);
            return false;
          }}
        >
          <Button icon={<UploadOutlined />} loading={busy}>
            {t('上报账号名册')}
          </Button>
        </Upload>
        <a href={`/api/v1${PATH}/template?format=xlsx`} download>
          {t('下载{{title}}模板', { title: t('账号名册') })}
        </a>
      </Space>
      {problem && <ProblemAlert error={problem} />}
      {seen && <Seen seen={seen} busy={busy} onSubmit={() => void submit()} />}
    </Space>
  );
}

function Seen({ seen, busy, onSubmit }: { seen: AccountIntakeView; busy: boolean; onSubmit: () => void }) {
  const { t } = useTranslation();
  const { counts, refusedRows, changedRows, absent, importId } = seen;
  const isGood = counts.refused === 0 && counts.new + counts.changed > 0;
  return (
    <section aria-label={t('核对结果')}>
      <Alert
        showIcon
        type={isGood ? 'info' : 'warning'}
        title={t('新开{{a}}人，变更{{b}}人，已有且无变化{{c}}人，不受理{{d}}行', {
          a: counts.new,
          b: counts.changed,
          c: counts.unchanged,
          d: counts.refused,
        })}
        description={
          absent &&
          absent.count > 0 &&
          t('名册中没有的在用账号{{n}}个，不作处理：{{names}}', {
            n: absent.count,
            names: absent.usernames.slice(0, 10).join('、'),
          })
        }
        action={
          isGood && (
            <Button type="primary" loading={busy} onClick={onSubmit}>
              {t('确认上报')}
            </Button>
          )
        }
      />
      {changedRows.map(({ line, username, before, after }) => (
        <p key={line} className="small">
          {t('{{username}}：{{before}} → {{after}}', {
            username,
            before: `${before.displayName} ${before.role}`,
            after: `${after.displayName} ${after.role}`,
          })}
        </p>
      ))}
      {refusedRows.length > 0 && (
        <>
          <TableLinks path={`/imports/${importId}/rejections`} of={t('未受理的行')} />
          <Table
            size="small"
            rowKey="line"
            dataSource={refusedRows}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { title: t('行'), dataIndex: 'line', width: 80 },
              { title: t('原因'), dataIndex: 'message' },
            ]}
          />
        </>
      )}
    </section>
  );
}
