/** 导入文件: a day's file, answered row by row while the server works through it. */
import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Progress, Select, Space, Statistic, Table, Typography, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportSummary, RowResult } from '../../../api/row-import.ts';
import type { Role } from '../../../domain/roles.ts';
import { ProblemError, stream } from '../api/client.ts';
import { Page } from '../components/page.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useSession } from '../session/session.ts';
import { countRows, TEMPLATES } from './import/import-file.ts';

const DEPARTMENT: readonly Role[] = ['department-officer', 'department-lead', 'platform-administrator'];
const AUTHORITY: readonly Role[] = ['registering-authority'];

const KINDS = [
  { noun: 'registrations', title: '登记信息', roles: AUTHORITY },
  { noun: 'listings', title: '失信名单', roles: AUTHORITY },
  { noun: 'publications', title: '双公示信息', roles: DEPARTMENT },
] as const;

interface Running {
  total: number;
  answered: number;
  accepted: number;
  duplicate: number;
  rejected: RowResult[];
  summary?: ImportSummary;
}

/** More refused rows than these nobody reads on a page; all of them are in the file to download. */
const SHOWN = 1000;
/** The page is drawn a few times a second, however fast rows are answered. */
const DRAW_EVERY_MS = 200;

const START: Running = { total: 0, answered: 0, accepted: 0, duplicate: 0, rejected: [] };

export function ImportPage() {
  const { t } = useTranslation();
  const { role } = useSession();
  const mine = KINDS.filter(({ roles }) => roles.includes(role));
  const [noun, setNoun] = useState<string | undefined>(mine[0]?.noun);
  const [running, setRunning] = useState<Running>();
  const [problem, setProblem] = useState<ProblemError>();
  const cancelled = useRef(false);
  const busy = running !== undefined && !running.summary;

  async function send(file: File) {
    cancelled.current = false;
    setProblem(undefined);
    const state = { ...START, total: await countRows(file), rejected: [] as RowResult[] };
    setRunning({ ...state });
    let drawn = Date.now();
    try {
      for await (const line of stream<RowResult | { summary: ImportSummary }>(`/${noun}/import`, file, {
        filename: file.name,
      })) {
        if (cancelled.current) break;
        if ('summary' in line) {
          setRunning({ ...state, summary: line.summary });
          return;
        }
        state.answered += 1;
        if (line.result === 'rejected') state.rejected.push(line);
        else state[line.result] += 1;
        if (Date.now() - drawn < DRAW_EVERY_MS) continue;
        drawn = Date.now();
        setRunning({ ...state });
      }
      setRunning(undefined);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error);
      setRunning(undefined);
    }
  }

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
              {noun && (
                <a href={TEMPLATES[noun]!()} download={`${noun}.csv`}>
                  {t('下载模板')}
                </a>
              )}
            </Space>
            <Upload.Dragger
              accept=".csv,.jsonl,.txt"
              showUploadList={false}
              disabled={busy}
              beforeUpload={(file) => {
                void send(file);
                return false;
              }}
            >
              <InboxOutlined style={{ fontSize: 36 }} />
              <p>{t('点击选择或拖入 CSV、JSONL 文件（UTF-8 或 GB18030，一次不超过10万行）')}</p>
              <Typography.Text type="secondary">{t('同一文件可以重复导入，已受理的不会重复')}</Typography.Text>
            </Upload.Dragger>
            {problem && <ProblemAlert error={problem} />}
            {running && <Result running={running} onCancel={() => (cancelled.current = true)} />}
          </Space>
        )}
      </Card>
    </Page>
  );
}

function Result({ running, onCancel }: { running: Running; onCancel: () => void }) {
  const { t } = useTranslation();
  const { total, answered, accepted, duplicate, rejected, summary } = running;
  const percent = summary ? 100 : Math.min(99, Math.floor((answered / Math.max(1, total)) * 100));
  const list = `${t('行')},${t('原因')}\n${rejected.map(({ line, message }) => `${line},"${(message ?? '').replaceAll('"', '""')}"`).join('\n')}`;
  return (
    <section aria-label={t('导入结果')}>
      <Progress percent={percent} aria-label={t('导入进度')} status={summary?.failure ? 'exception' : undefined} />
      <div className="figures" aria-live="polite">
        <Statistic title={t('已受理')} value={accepted} />
        <Statistic title={t('此前已受理')} value={duplicate} />
        <Statistic title={t('未受理')} value={rejected.length} />
      </div>
      {summary ? (
        <Alert
          type={summary.failure ? 'error' : 'success'}
          showIcon
          title={summary.failure ?? t('导入完成，共{{n}}行', { n: answered })}
        />
      ) : (
        <Button onClick={onCancel}>{t('停止接收结果')}</Button>
      )}
      {rejected.length > 0 && (
        <>
          <a
            className="after-table"
            href={`data:text/csv;charset=utf-8,%EF%BB%BF${encodeURIComponent(list)}`}
            download="rejected.csv"
          >
            {t('下载未受理的行')}
          </a>
          <Table<RowResult>
            size="small"
            rowKey="line"
            dataSource={rejected.slice(0, SHOWN)}
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
