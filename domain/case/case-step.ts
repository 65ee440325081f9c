/**
 * One step of a case, as its workflow hands it to the activities that write it. A step is written once: (caseId, token) is
 * unique in the audit log, and everything else of the step is in the same transaction.
 */
import type { LegalDate } from '../clock/calendar.ts';
import type { CaseEffect } from './effects.ts';
import type { CaseOpening, CommandResult, NewCase } from './case.ts';
import type { DeadlinePlan } from '../clock/deadlines.ts';
import type { LimitId, Rung } from '../clock/limits.ts';
import type { Begun } from './snapshot.ts';
import type { NoticeRequest } from '../notices/notices.ts';
import type { Actor, SYSTEM } from '../organs/actor.ts';

export interface StepBase {
  caseId: string;
  /**
   * Identifies the step at every attempt; unique within the case. The step's number cannot serve for that: it is given
   * when the step is written, and an attempt may be committed although its workflow task is lost.
   */
  token: string;
  /** Engine time at which the workflow takes the step, epoch ms. What begins with the step counts from here. */
  at: number;
  /**
   * The token of the last step that the workflow knows to be in the record. Without that step there, the record is older
   * than the workflow. Absent at the opening and in steps of earlier commits.
   */
  follows?: string;
}

/** What a step does to the case's limits. */
export type LimitChange =
  /** The limit begins. `startedAt`: engine time, epoch ms. `startDate`: the day of an event before the case's opening. */
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
  /**
   * Engine time at which the deed counts as done, epoch ms: a command's arrival (电子签名法第十一条). What it meets, ends or
   * interrupts is judged by it. Left out: `at`.
   */
  doneAt?: number;
  notify: NoticeRequest[];
  /** Cases that follow from this step. Their rows are written with it; the workflow starts them right after. */
  followUps: CaseOpening[];
  actor: Actor | typeof SYSTEM;
  stage: { before: string | null; after: string };
  /** The case's row; only at the first step. */
  open?: NewCase;
  limits: LimitChange[];
  /** The department that holds the case from now on, where the step changes it. */
  holder?: string;
  effects: CaseEffect[];
  /** Merged into the case's facts. */
  facts: Record<string, unknown>;
  /** The ledger entry; only where a command caused the step. */
  command?: { key: string; requestHash: string; result: Omit<CommandResult, 'step'> };
}

export interface StepOutcome {
  /** The step's number in the audit log. */
  step: number;
  /** The plans of the limits that begin or whose dates change. */
  plans: Partial<Record<LimitId, DeadlinePlan>>;
  /** The state in which the follow-up cases begin; absent in histories of earlier commits. */
  begun?: Begun;
}

export interface RungStep extends StepBase {
  limitId: LimitId;
  rung: Rung;
  /** The term's ordinal, counted from 1: an extension begins another term. The key is fixed by recorded histories. */
  ladder: number;
  /** Engine time for which the rung was planned. */
  plannedAt: number;
}

export interface RungOutcome {
  /** The plan as it now stands in the database; the workflow takes it over. */
  plan: DeadlinePlan;
  /** The term's ordinal as it now stands in the database; the workflow takes it over. */
  ladder: number;
  /** False: the rung did not fire, because its new time has not come or another term has begun. */
  fired: boolean;
  /** The supervision that the rung opened. */
  followUps: CaseOpening[];
  /** The state in which it begins; absent in histories of earlier commits. */
  begun?: Begun;
}

/** A new calendar reached the case: its running limits are counted again. */
export interface ReprojectionStep extends StepBase {
  calendarVersion: string;
}
