/** The progress of an import, and its refused rows. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Progress, Space, Statistic, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RowResult } from '../../../../api/import/row-import.ts';
import type { Starting } from '../../../../api/import/starting.ts';
import { get } from '../../api/client.ts';
import { TableLinks } from '../../components/table-links.tsx';
import { Instant } from '../../components/time.tsx';
import type { ImportEnd, ImportState } from './use-import.ts';

/** Refused rows on the page: nobody reads more. All are in the file to download. */
const SHOWN = 1000;
const LOOK_AGAIN_MS = 3000;
/** Asks for no refused rows: they came with the answer, and a thousand of them may be megabytes. */
const NO_ROWS = String(2 ** 31 - 1);

export function ImportResult({ state, onStop }: { state: ImportState; onStop: () => void }) {
  const { t } = useTranslation();
  const { importId, total, answered, accepted, duplicate, rejected, end } = state;
  const percent = end?.how === 'done' ? 100 : Math.min(99, Math.floor((answered / total) * 100));
  return (
    <section aria-label={t('导入结果')}>
      <Progress
        percent={percent}
        aria-label={t('导入进度')}
        status={end?.how === 'failed' ? 'exception' : end ? undefined : 'active'}
      />
      <div className="figures">
        <Statistic title={t('已受理')} value={accepted} />
        <Statistic title={t('此前已受理')} value={duplicate} />
        <Statistic title={t('未受理')} value={rejected.length} />
      </div>
      {end ? (
        <Ending end={end} importId={importId} answered={answered} />
      ) : (
        <Button onClick={onStop}>{t('停止导入')}</Button>
      )}
      {rejected.length > 0 && <Rejections rejected={rejected} importId={end && importId} />}
    </section>
  );
}

function Ending({ end, importId, answered }: Pick<ImportState, 'importId' | 'answered'> & { end: ImportEnd }) {
  const { t } = useTranslation();
  switch (end.how) {
    case 'done':
      return (
        <>
          <Alert type="success" showIcon title={t('导入完成，共{{n}}行', { n: answered })} />
          {importId && <Starts importId={importId} />}
          {end.unreadColumns && <UnreadColumns columns={end.unreadColumns} />}
        </>
      );
    case 'failed':
      return <Alert type="error" showIcon title={t(end.reason)} />;
    case 'stopped':
      return (
        <Alert
          type="warning"
          showIcon
          title={t('已停止，停止前共{{n}}行有结果', { n: answered })}
          description={t('已受理的仍然有效；其余各行可重新导入同一文件')}
        />
      );
  }
}

/** How many of the file's cases wait for their workflow: what people may do with them does not depend on it. */
function Starts({ importId }: { importId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['imports', importId],
    queryFn: ({ signal }) => get<{ starting: Starting }>(`/imports/${importId}`, { afterLine: NO_ROWS }, signal),
    refetchInterval: ({ state }) => (state.data?.starting.waiting === 0 ? false : LOOK_AGAIN_MS),
  });
  if (!data || data.starting.cases === 0) return null;
  const { cases, waiting, expectedAt } = data.starting;
  return (
    <Alert
      type="info"
      showIcon
      title={t('共立案{{n}}件，期限已经起算，随时可以办理', { n: cases })}
      description={
        waiting === 0 ? (
          t('流程已全部启动')
        ) : (
          <Space wrap>
            {t('流程依次启动，还有{{n}}件', { n: waiting })}
            {expectedAt && (
              <span>
                {t('预计全部启动：')}
                <Instant at={expectedAt} />
              </span>
            )}
          </Space>
        )
      }
    />
  );
}

/** Warns that columns were not read, so that nobody believes their content was imported. */
function UnreadColumns({ columns }: { columns: string[] }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('文件中有平台不采集的列，其内容没有读取')}
      description={columns.join('、')}
    />
  );
}

/** @param importId absent while the import runs: its rejected rows can be taken away when all are known. */
function Rejections({ rejected, importId }: { rejected: RowResult[]; importId: string | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {importId && (
        <div className="after-table">
          <TableLinks path={`/imports/${importId}/rejections`} of={t('未受理的行')} />{' '}
          <span className="small">{t('含原因，更正后可直接重新导入')}</span>
        </div>
      )}
      {rejected.length > SHOWN && <p className="small">{t('只列出前{{n}}行，全部的请下载', { n: SHOWN })}</p>}
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
  );
}
