/** Doing something to a case: once, however often the button is pressed. */
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../api/case-view.ts';
import { post, ProblemError } from '../api/client.ts';
import { nounOf } from './case-types.ts';
import type { CommandForm } from './commands.ts';

export interface CommandResult {
  caseId: string;
  stage: string;
  late: boolean;
  nextCaseId?: string;
}

/** crypto.randomUUID is missing where the page is not served over HTTPS. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Deed {
  case: Pick<CaseView, 'caseId' | 'caseType'>;
  title: string;
  form: CommandForm;
  body: unknown;
}

export function useCommand() {
  const { t } = useTranslation();
  const { message, notification } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  // One key as long as the same thing is asked for: an answer that was lost is not a second deed.
  const asked = useRef({ what: '', key: '' });

  async function perform({ case: about, title, form, body }: Deed): Promise<CommandResult> {
    const path = `/${nounOf(about.caseType)}/${encodeURIComponent(about.caseId)}/${form.verb}`;
    const what = JSON.stringify([path, body]);
    if (asked.current.what !== what) asked.current = { what, key: newKey() };
    setBusy(true);
    try {
      const result = await post<CommandResult>(path, body, asked.current.key);
      asked.current = { what: '', key: '' };
      void message.success(
        result.late
          ? t('{{title}}：已受理，逾期记录保留', { title: t(title) })
          : t('{{title}}：已办理', { title: t(title) }),
      );
      return result;
    } finally {
      setBusy(false);
      await Promise.all(
        ['tasks', 'cases', 'case', 'inbox'].map((first) => queries.invalidateQueries({ queryKey: [first] })),
      );
    }
  }

  /** For what has no dialog that could show the refusal. @returns undefined where it was refused. */
  async function attempt(deed: Deed): Promise<CommandResult | undefined> {
    try {
      return await perform(deed);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { detail, remedy } = error.problem;
      notification.error({ title: detail, description: remedy, duration: 8 });
      return undefined;
    }
  }

  return { busy, perform, attempt };
}
