/** The effects of a deed, as a workflow declares them. */
import type { SignalDefinition } from '@temporalio/common';
import type { CaseEffect } from '../../domain/case/effects.ts';
import type { LimitId } from '../../domain/clock/limits.ts';
import type { NoticeRequest } from '../../domain/notices/notices.ts';
import type { LimitChange } from '../../domain/case/case-step.ts';
import type { CaseOpening } from '../../domain/case/case.ts';

/** What a deed changes beyond its row in the table of transitions. */
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

/** Tells another case of the deed by the outbox: after the step is committed, and even if that case's workflow is interrupted. */
export const tell = <Args extends string[]>(
  caseId: string,
  signal: SignalDefinition<Args>,
  ...args: Args
): CaseEffect => ({ kind: 'case.tell', caseId, signal: signal.name, args });
