/** A file of reference data: shown by a dry run first, then proposed with its ground. */
import { InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Input, Select, Space, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEdition, NOUNS, type Noun } from '../../../../domain/reference-data/nouns.ts';
import { keysOf } from '../../../../domain/keys.ts';
import { upload, withQuery, type Query } from '../../api/client.ts';
import { useAttempt } from '../../api/use-attempt.ts';
import { BarrableButton } from '../../components/barrable-button.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import { TableLinks } from '../../components/table-links.tsx';
import { WideTable } from '../../components/wide-table.tsx';
import { FormDialog, REASON } from '../../forms/form-dialog.tsx';
import { useProvinceBarred } from '../use-barred.ts';
import type { Report } from './answers.ts';
import { ShownDifference } from './shown-difference.tsx';

/** What was shown is what is proposed: the file with what was said of it. */
interface Looked {
  file: File;
  noun: Noun;
  said: Query;
  report: Report;
}

export function SendFile() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const why = useProvinceBarred();
  const [noun, setNoun] = useState<Noun>('departments');
  const [edition, setEdition] = useState<{ version?: string; source?: string }>({});
  const [looked, setLooked] = useState<Looked>();
  const [proposing, setProposing] = useState(false);
  const { busy, problem, attempt } = useAttempt();

  const look = (file: File) =>
    attempt(async () => {
      setLooked(undefined);
      const said = isEdition(noun) ? { ...edition } : {};
      const report = await sendFile(noun, file, { ...said, dryRun: true });
      setLooked({ file, noun, said, report });
    });
  async function propose({ file, noun: of, said }: Looked, reason: unknown) {
    const { proposalId } = await sendFile(of, file, { ...said, reason: String(reason) });
    setLooked(undefined);
    void message.success(t('已提案，编号{{id}}，须由另一名省级平台管理员审批', { id: proposalId }));
    await queries.invalidateQueries({ queryKey: ['proposals'] });
  }

  return (
    <Section title={t('上传文件')}>
      <Space orientation="vertical" size={12} style={{ width: '100%' }}>
        <Space wrap>
          <Select
            aria-label={t('文件内容')}
            value={noun}
            disabled={busy}
            style={{ width: 200 }}
            onChange={(chosen) => {
              setNoun(chosen);
              setLooked(undefined);
            }}
            options={keysOf(NOUNS).map((value) => ({ value, label: t(NOUNS[value].title) }))}
          />
          <a href={withQuery(`/api/v1/admin/${noun}/import/template`, { format: 'xlsx' })} download>
            {t('下载{{title}}模板', { title: t(NOUNS[noun].title) })}
          </a>
          <TableLinks path={`/admin/${noun}/export`} of={t('现行')} />
        </Space>
        {isEdition(noun) && (
          <Space wrap>
            <Input
              aria-label={t('版本号')}
              placeholder={t('版本号')}
              maxLength={40}
              disabled={busy}
              onChange={({ target }) => setEdition({ ...edition, version: target.value.trim() })}
            />
            <Input
              aria-label={t('来源')}
              placeholder={t('来源')}
              maxLength={1000}
              disabled={busy}
              style={{ width: 360 }}
              onChange={({ target }) => setEdition({ ...edition, source: target.value.trim() })}
            />
          </Space>
        )}
        {why === undefined ? (
          <Upload.Dragger
            accept=".xlsx,.csv,.jsonl,.txt"
            showUploadList={false}
            disabled={busy}
            beforeUpload={(file) => {
              void look(file);
              return false;
            }}
          >
            <InboxOutlined style={{ fontSize: 36 }} />
            <p>{t('点击选择或拖入文件：先核对并显示差异，确认后再提案')}</p>
          </Upload.Dragger>
        ) : (
          <Alert type="info" showIcon title={why} />
        )}
        {problem && <ProblemAlert error={problem} />}
        {looked && <Result of={looked.report} onPropose={() => setProposing(true)} />}
      </Space>
      {looked && proposing && (
        <FormDialog
          title={t('提案')}
          hint={t('由另一名省级平台管理员审批后生效，不溯及既往')}
          fields={[REASON]}
          onSubmit={({ reason }) => propose(looked, reason)}
          onClose={() => setProposing(false)}
        />
      )}
    </Section>
  );
}

const sendFile = (noun: Noun, file: File, query: Query) =>
  upload<Report>(withQuery(`/admin/${noun}/import`, { ...query, filename: file.name }), file);

function Result({ of: report, onPropose }: { of: Report; onPropose: () => void }) {
  const { t } = useTranslation();
  const { rows, rejected, faults, importId, unreadColumns, counts } = report;
  const isSame = counts.added + counts.changed + counts.retired === 0;
  return (
    <section aria-label={t('核对结果')}>
      {unreadColumns.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('文件中有平台不采集的列，其内容没有读取')}
          description={unreadColumns.join('、')}
        />
      )}
      {rejected > 0 ? (
        <>
          <Alert
            type="error"
            showIcon
            title={t('共{{rows}}行，{{rejected}}行有误，更正后才能提案', { rows, rejected })}
          />
          {importId && <TableLinks path={`/imports/${importId}/rejections`} of={t('未受理的行')} />}
          <WideTable<Report['faults'][number]>
            rowKey={({ line, path, message }) => `${line} ${path} ${message}`}
            dataSource={faults}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { title: t('行'), dataIndex: 'line', width: 80 },
              { title: t('原因'), dataIndex: 'message' },
            ]}
          />
        </>
      ) : (
        <>
          <ShownDifference of={report} />
          <BarrableButton
            type="primary"
            title={t('提案')}
            why={isSame ? t('与现行数据相同') : undefined}
            onClick={onPropose}
          />
        </>
      )}
    </section>
  );
}
