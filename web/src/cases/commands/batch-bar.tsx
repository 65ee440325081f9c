/** 批量办理: the same command on the selected cases, with a result for each. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Space, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionView, CaseView } from '../../../../api/cases/view.ts';
import type { Problem } from '../../../../api/plugins/problems.ts';
import type { Values } from '../../forms/schema-form.tsx';
import { BatchDialog } from './dialogs.tsx';
import { NOUNS } from '../../../../domain/case-types/case-types.ts';
import { commandForm } from './commands.ts';
import { usePostOnce } from '../../api/use-post-once.ts';
import { useProblemWords } from '../../components/problem-words.ts';

export interface BatchResult {
  done: number;
  refused: number;
  items: { caseId: string; done: boolean; problem?: Problem }[];
}

interface Props {
  selected: CaseView[];
  onDone: () => void;
}

/** Actions that all selected cases allow and that need no more than form fields. */
function sharedActions(cases: CaseView[]): ActionView[] {
  const [first, ...rest] = cases;
  if (!first || rest.some(({ caseType }) => caseType !== first.caseType)) return [];
  return first.actions.flatMap((action) => {
    const form = commandForm(first.caseType, action.action);
    const admitted = cases.every(({ actions }) =>
      actions.some((other) => other.action === action.action && other.allowed),
    );
    return form.form !== 'record' && !form.oneByOne && admitted ? [action] : [];
  });
}

export function BatchBar({ selected, onDone }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const postOnce = usePostOnce();
  // The cases as selected: lists change behind an open dialog.
  const [asked, setAsked] = useState<{ action: ActionView; cases: CaseView[] }>();
  const [result, setResult] = useState<{ answer: BatchResult; cases: CaseView[] }>();
  const actions = sharedActions(selected);

  /** @throws ProblemError */
  async function perform(action: string, cases: CaseView[], body: Values) {
    const caseIds = cases.map(({ caseId }) => caseId);
    const answer = await postOnce<BatchResult>(`/${NOUNS[cases[0]!.caseType]}/batch`, { action, caseIds, body });
    setAsked(undefined);
    setResult({ answer, cases });
    onDone();
    await Promise.all(['tasks', 'cases', 'inbox'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  }

  return (
    <>
      {selected.length > 0 && (
        <Space wrap role="region" aria-label={t('批量办理')} className="batch-bar">
          <Typography.Text>{t('已选{{n}}项', { n: selected.length })}</Typography.Text>
          {actions.map((action) => (
            <Button key={action.action} onClick={() => setAsked({ action, cases: selected })}>
              {t('批量{{title}}', { title: t(action.title) })}
            </Button>
          ))}
          {actions.length === 0 && (
            <Typography.Text type="secondary">{t('所选事项没有共同可办的操作')}</Typography.Text>
          )}
          <Button type="text" onClick={onDone}>
            {t('取消选择')}
          </Button>
        </Space>
      )}
      {asked && (
        <BatchDialog
          action={asked.action}
          about={asked.cases[0]!}
          count={asked.cases.length}
          onClose={() => setAsked(undefined)}
          onSubmit={(body) => perform(asked.action.action, asked.cases, body)}
        />
      )}
      {result && <BatchResults {...result} onClose={() => setResult(undefined)} />}
    </>
  );
}

function BatchResults({ answer, cases, onClose }: { answer: BatchResult; cases: CaseView[]; onClose: () => void }) {
  const { t } = useTranslation();
  const wordsOf = useProblemWords();
  const about = (caseId: string) => cases.find((one) => one.caseId === caseId);
  const reasonOf = (problem: Problem) => {
    const { title, detail, remedy } = wordsOf(problem);
    return [title, detail, remedy].filter(Boolean).join('；');
  };
  return (
    <Modal
      open
      width={680}
      title={t('办理{{done}}项，未办理{{refused}}项', { done: answer.done, refused: answer.refused })}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('知道了')}</Button>}
    >
      {/* A scrolling region of our own: antd's could not be scrolled by keyboard. */}
      <div className="batch-results" role="region" aria-label={t('结果')} tabIndex={0}>
        <Table
          size="small"
          rowKey="caseId"
          pagination={false}
          dataSource={answer.items}
          columns={[
            {
              title: t('企业与编号'),
              render: (_, { caseId }) => (
                <>
                  <div>{about(caseId)?.enterprise.name}</div>
                  <div className="case-no numbers">{about(caseId)?.caseNo ?? caseId}</div>
                </>
              ),
            },
            {
              title: t('结果'),
              width: 90,
              render: (_, { done }) => <Tag color={done ? 'success' : 'error'}>{done ? t('已办理') : t('未办理')}</Tag>,
            },
            { title: t('原因'), render: (_, { problem }) => problem && reasonOf(problem) },
          ]}
        />
      </div>
    </Modal>
  );
}
