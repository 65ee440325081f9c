/**
 * One step of a case, as its workflow hands it to the record. A step is written once: (caseId, token) is unique in
 * the audit log, and everything else of the step is in the same transaction.
 */
import type { LegalDate } from '../clock/calendar.ts';
import type { CaseEffect } from './effects.ts';
import type { CaseOpening, CommandResult, NewCase } from './case.ts';
import type { DeadlinePlan } from '../clock/deadlines.ts';
import type { LimitId, Rung } from '../clock/limits.ts';
import type { NoticeRequest } from '../notices/notices.ts';
import type { Actor, SYSTEM } from '../organs/actor.ts';

interface StepBase {
  caseId: string;
  /**
   * What makes this step itself, however often it is tried: unique within the case. Not its number: that is given by the
   * record, because a try that was committed outlives the workflow task that made it.
   */
  token: string;
  /** Engine time of the deed, epoch ms. */
  at: number;
}

/** What a step does to the case's limits. */
export type LimitChange =
  /** Begins; startedAt is engine time. `startDate`: the day of the event, where it lies before the case's own opening. */
  | { limitId: LimitId; change: 'arm'; startedAt: number; startDate?: LegalDate }
  | { limitId: LimitId; change: 'settle' }
  /** 中止 */
  | { limitId: LimitId; change: 'suspend' }
  | { limitId: LimitId; change: 'resume' }
  /** 延期 */
  | { limitId: LimitId; change: 'extend'; workingDays: number };

export interface CaseStep extends StepBase {
  action: string;
  article: string;
  notify: NoticeRequest[];
  /** Cases that follow from this step: visible with it, started by the workflow right after. */
  followUps: CaseOpening[];
  actor: Actor | typeof SYSTEM;
  stage: { before: string | null; after: string };
  /** The row to open, at the first step. */
  open?: NewCase;
  limits: LimitChange[];
  /** The department that holds the case from now on, where the step changes it. */
  holder?: string;
  effects: CaseEffect[];
  /** Merged into the case's facts. */
  facts: Record<string, unknown>;
  /** Ledger entry, where a command caused the step. */
  command?: { key: string; requestHash: string; result: Omit<CommandResult, 'step'> };
}

export interface RungStep extends StepBase {
  limitId: LimitId;
  rung: Rung;
  /** Which ladder of the limit: an extension begins another. */
  ladder: number;
  /** Engine time for which the rung was planned. */
  plannedAt: number;
}

export interface RungOutcome {
  /** As the record has them by now: the case takes them over. */
  plan: DeadlinePlan;
  ladder: number;
  /** False: nothing was written, because the rung's new time has not come or its ladder is another by now. */
  fired: boolean;
  /** The supervision that it opened. */
  followUps: CaseOpening[];
}

/** A new calendar reached the case: its running limits are counted again. */
export interface ReprojectionStep extends StepBase {
  calendarVersion: string;
}
