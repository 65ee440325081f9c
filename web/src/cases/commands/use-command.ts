/** Carries out a command on a case: once, however often the button is pressed. */
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../../api/cases/view.ts';
import { ProblemError } from '../../api/client.ts';
import { usePostOnce } from '../../api/use-post-once.ts';
import { useProblemWords } from '../../components/problem-words.ts';
import { NOUNS, verbOf } from '../../../../domain/case-types/case-types.ts';

export interface CommandResult {
  caseId: string;
  stage: string;
  late: boolean;
  nextCaseId?: string;
}

interface Deed {
  case: Pick<CaseView, 'caseId' | 'caseType'>;
  action: string;
  title: string;
  body: unknown;
}

export function useCommand() {
  const { t } = useTranslation();
  const { message, notification } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const postOnce = usePostOnce();
  const wordsOf = useProblemWords();

  async function perform({ case: about, action, title, body }: Deed): Promise<CommandResult> {
    const path = `/${NOUNS[about.caseType]}/${encodeURIComponent(about.caseId)}/${verbOf(action)}`;
    setBusy(true);
    try {
      const result = await postOnce<CommandResult>(path, body);
      void message.success(
        result.late
          ? t('{{title}}：已受理，逾期记录保留', { title: t(title) })
          : t('{{title}}：已办理', { title: t(title) }),
      );
      return result;
    } finally {
      await Promise.all(
        ['tasks', 'cases', 'case', 'record', 'inbox'].map((first) => queries.invalidateQueries({ queryKey: [first] })),
      );
      // Stay busy until here: until the case is fetched again, the button is that of the stage before.
      setBusy(false);
    }
  }

  /** For commands without a dialog that could show the refusal. @returns undefined if it was refused. */
  async function attempt(deed: Deed): Promise<CommandResult | undefined> {
    try {
      return await perform(deed);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { title, detail, remedy } = wordsOf(error.problem);
      notification.error({ title, description: [detail, remedy].filter(Boolean).join('；'), duration: 8 });
      return undefined;
    }
  }

  return { busy, perform, attempt };
}
