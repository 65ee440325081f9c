/** A running case in a few facts: handed to the next run of its workflow, or to a new workflow after a loss. */
import type { DeadlinePlan } from '../clock/deadlines.ts';
import type { LimitId, Rung } from '../clock/limits.ts';
import type { RecordedStep } from './recorded-step.ts';

export interface CaseSnapshot {
  stage: string;
  /** How often the system acted: part of the token of its next deed. */
  acts: number;
  /** The department that now holds the case. */
  departmentCode: string | null;
  facts: Record<string, unknown>;
  clocks: DutySnapshot[];
  /** The last steps that the record holds, in their order. Absent in snapshots of earlier commits. */
  steps?: RecordedStep[];
  /** The search attributes of this state are set. Absent in snapshots of earlier commits. */
  shown?: boolean;
  /**
   * The run decides nothing by the time of an activation, and sets no attribute before a step has changed one. Core may
   * hand out what a worker missed in one activation or in several, with another time: both must lead to the same commands.
   * Absent in snapshots of earlier commits.
   */
  steady?: boolean;
}

/** The state in which cases begin, by case id, for those whose first step the record holds. */
export type Begun = Partial<Record<string, CaseSnapshot>>;

/** Of the steps, a snapshot carries so many: a record from a backup lacks the last ones. */
export const STEPS_CARRIED = 50;

/** The clock of one limit of the case. */
export interface DutySnapshot {
  limitId: LimitId;
  plan: DeadlinePlan;
  settled: boolean;
  suspended: boolean;
  /**
   * The rung that fired last, or the last reminder that was behind when the term began. Neither it nor a rung before it
   * fires again in this term, even if dates move.
   */
  fired: Rung | null;
  /** The term's ordinal, counted from 1; the key `ladder` is fixed by running cases and the column. */
  ladder: number;
}

/** The key of the snapshot in the memo of the run that goes on from it. */
export const CONTINUED_FROM = 'continuedFrom';
