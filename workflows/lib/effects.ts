/** What a deed brings about, and the words in which a workflow says it. */
import type { SignalDefinition } from '@temporalio/common';
import type { CaseEffect } from '../../domain/case/effects.ts';
import type { LimitId } from '../../domain/clock/limits.ts';
import type { NoticeRequest } from '../../domain/notices/notices.ts';
import type { LimitChange } from '../../domain/case/step-record.ts';
import type { CaseOpening } from '../../domain/case/case.ts';

/** What a deed brings with it beyond the table's row. */
export interface Effects {
  facts?: Record<string, unknown>;
  notify?: NoticeRequest[];
  /** What the step changes besides the case, in its transaction. */
  effects?: CaseEffect[];
  followUps?: CaseOpening[];
  /** The department that holds the case from now on. */
  holder?: string;
  /** Limits that begin with the deed. */
  arm?: LimitId[];
  /** Limits that the deed suspends, resumes or extends. */
  limits?: LimitChange[];
}

/** Another case hears of the deed when the record has it, and were its workflow interrupted just now. */
export const tell = <Args extends string[]>(
  caseId: string,
  signal: SignalDefinition<Args>,
  ...args: Args
): CaseEffect => ({ kind: 'case.tell', caseId, signal: signal.name, args });
