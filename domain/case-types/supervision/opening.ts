/** 督查督办: its workflow's input, and its row at the opening. */
import { directSupervisionId, supervisionId } from '../../case/id.ts';
import type { BodyOf } from '../../case/bodies.ts';
import type { NewCase } from '../../case/case.ts';
import type { supervisionBodies } from './commands.ts';
import type { Criticism } from './criticism.ts';
import type { LimitId } from '../../clock/limits.ts';

/** What is neglected: a limit of a case, or a matter under the supervising organ's own number. */
type SupervisionSubject =
  /** `ladder`: the ordinal of the limit's term, counted from 1; the key is fixed by recorded histories. */
  | { originCaseId: string; limitId: LimitId; ladder: number }
  /** `organ`: the region of the supervising organ, within which the number is unique. */
  | { organ: string; number: string };

/** The workflow's input. The matter's text stays in PostgreSQL. */
export type SupervisionInput = SupervisionSubject & {
  caseNo: string;
  /** Null where a complaint about a trader without a code was neglected. */
  uscc: string | null;
  round: number;
  departmentCode: string;
  regionCode: string;
  /** Engine time, epoch ms. */
  openedAt: number;
};

/** Facts that requirements look at and people read. */
export interface SupervisionFacts {
  accepted?: boolean;
  criticism?: Criticism;
  /** What the department said when it was heard; null in a later proposal, until it is heard again. */
  opinion?: BodyOf<typeof supervisionBodies, 'stateOpinion'> | null;
  criticised?: Partial<BodyOf<typeof supervisionBodies, 'recordCriticism'>> & { text: string };
  /** Oldest first; the last may still lack its report. */
  rectifications?: { requirement: string; report?: string }[];
}

export function openedSupervision(input: SupervisionInput): NewCase {
  const { caseNo, uscc, round } = input;
  const isOfLimit = 'originCaseId' in input;
  return {
    caseNo,
    uscc,
    round,
    caseId: isOfLimit
      ? supervisionId(input.originCaseId, input.limitId, input.ladder)
      : directSupervisionId(input.organ, input.number),
    caseType: 'supervision',
    departmentCode: input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: isOfLimit ? input.originCaseId : null,
    stage: 'opened',
    openedAt: input.openedAt,
    facts: isOfLimit ? { limitId: input.limitId } : { number: input.number },
  };
}
