/** The authoritative check of a command, inside its workflow: shape first, then the table of transitions. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { z } from 'zod';
import type { Command } from '../../domain/case/case.ts';
import { isAboutAnotherVersion } from '../../domain/case/seen-version.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { Action } from '../../domain/case-types/case-types.ts';
import { refuseTransition, type CaseStanding } from '../../domain/case-types/transitions.ts';

/** What a refusal carries to the client besides its code (the failure's type) and its message. */
export interface RefusalDetails {
  remedy: string;
  article?: string;
}

// Only ApplicationFailure may leave a handler: anything else would fail the workflow task and wedge the case.
const refuse = (code: ErrorCode, message: string, details: RefusalDetails) =>
  ApplicationFailure.nonRetryable(message, code, details);

export function judge(standing: CaseStanding, action: Action, schema: z.ZodType, command: Command<unknown>): void {
  const parsed = schema.safeParse(command.body);
  if (!parsed.success) {
    const message = parsed.error.issues.map((issue) => issue.message).join('；');
    throw refuse('input.invalid', message, { remedy: '请按接口文档更正后重新提交' });
  }
  const refusal = refuseTransition(standing, action, command.actor);
  if (refusal) {
    throw refuse(refusal.code, refusal.message, { remedy: refusal.remedy, article: refusal.article });
  }
  if (isAboutAnotherVersion(standing.facts ?? {}, parsed.data)) {
    throw refuse('record.version-changed', '您看到的内容已有新的版本，没有办理', {
      remedy: '请刷新，核对现在的内容后办理',
      article: '第十九条第一款',
    });
  }
}
