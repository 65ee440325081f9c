/** 导入文件: a day's file, answered row by row while the server works through it. */
import { InboxOutlined } from '@ant-design/icons';
import { Alert, Card, Select, Space, Typography, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../domain/organs/roles.ts';
import { RECORD_KINDS } from '../../../domain/publicity/record-fields.ts';
import { withQuery } from '../api/client.ts';
import { Page } from '../components/page.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useSession } from '../session/session.ts';
import { ImportResult } from './import/import-result.tsx';
import { useImport } from './import/use-import.ts';
import { BEGINNINGS } from '../../../domain/worklist/beginnings.ts';

/** Roles that may submit a single entry may also import a file of them. */
const KINDS: readonly { noun: string; title: string; roles: readonly Role[]; templates: Record<string, string> }[] = [
  {
    noun: 'registrations',
    title: '登记信息',
    roles: BEGINNINGS.registration.roles,
    templates: { registration: '登记信息' },
  },
  { noun: 'listings', title: '失信名单', roles: BEGINNINGS.listing.roles, templates: { listing: '失信名单' } },
  { noun: 'publications', title: '双公示信息', roles: BEGINNINGS.publication.roles, templates: RECORD_KINDS },
];

export function ImportPage() {
  const { t } = useTranslation();
  const { role } = useSession();
  const mine = KINDS.filter(({ roles }) => roles.includes(role));
  const [noun, setNoun] = useState(mine[0]?.noun);
  const { state, problem, send, stop } = useImport();
  const busy = state !== undefined && !state.end;

  return (
    <Page title={t('导入文件')}>
      <Card className="form-card">
        {mine.length === 0 ? (
          <Alert type="info" showIcon title={t('您的角色不能导入文件')} />
        ) : (
          <Space orientation="vertical" size={12} style={{ width: '100%' }}>
            <Space wrap>
              <Select
                aria-label={t('文件内容')}
                value={noun}
                disabled={busy}
                onChange={setNoun}
                style={{ width: 200 }}
                options={mine.map(({ noun: value, title }) => ({ value, label: t(title) }))}
              />
              {Object.entries(mine.find((one) => one.noun === noun)?.templates ?? {}).map(([kind, title]) => (
                <a key={kind} href={withQuery(`/api/v1/${noun}/import/template`, { kind, format: 'xlsx' })} download>
                  {t('下载{{title}}模板', { title: t(title) })}
                </a>
              ))}
            </Space>
            <Upload.Dragger
              accept=".xlsx,.csv,.jsonl,.txt"
              showUploadList={false}
              disabled={busy}
              beforeUpload={(file) => {
                if (noun) void send(noun, file);
                return false;
              }}
            >
              <InboxOutlined style={{ fontSize: 36 }} />
              <p>
                {t('点击选择或拖入 Excel（.xlsx）、CSV 或 JSONL 文件（文本为 UTF-8 或 GB18030，一次不超过20万行）')}
              </p>
              <Typography.Text type="secondary">{t('同一文件可以重复导入，已受理的不会重复')}</Typography.Text>
            </Upload.Dragger>
            {problem && <ProblemAlert error={problem} />}
            {state && <ImportResult state={state} onStop={stop} />}
          </Space>
        )}
      </Card>
    </Page>
  );
}
