/** A running case in a few facts: what goes over into the next run of its workflow, or into a new one after a loss. */
import type { DeadlinePlan } from '../clock/deadlines.ts';
import type { LimitId, Rung } from '../clock/limits.ts';

export interface CaseSnapshot {
  stage: string;
  /** How often the system acted: what tells its deeds apart. */
  acts: number;
  /** Who holds the case by now. */
  departmentCode: string | null;
  facts: Record<string, unknown>;
  clocks: DutySnapshot[];
}

/** One limit of it. */
export interface DutySnapshot {
  limitId: LimitId;
  plan: DeadlinePlan;
  settled: boolean;
  suspended: boolean;
  /** The rung fired last: none before it fires again, whatever the dates do. */
  fired: Rung | null;
  /** Grows with every new term, as in the record. */
  ladder: number;
}

/** The memo of a run that goes on from a snapshot holds it under this name. */
export const CONTINUED_FROM = 'continuedFrom';
