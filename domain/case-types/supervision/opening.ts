/** 督查督办: what its workflow is started with, and how its row looks at the opening. */
import { directSupervisionId, supervisionId } from '../../case/id.ts';
import type { BodyOf } from '../../case/bodies.ts';
import type { NewCase } from '../../case/case.ts';
import type { supervisionBodies } from './commands.ts';
import type { LimitId } from '../../clock/limits.ts';

/** What is neglected: a limit of a case, or a matter under the supervising organ's own number. */
type SupervisionSubject =
  /** `ladder`: which of its terms, counted from 1. */
  | { originCaseId: string; limitId: LimitId; ladder: number }
  /** `organ`: region of the supervising organ, within which its numbers are its own. */
  | { organ: string; number: string };

/** What the workflow is started with. The matter's text stays in PostgreSQL. */
export type SupervisionInput = SupervisionSubject & {
  caseNo: string;
  uscc: string;
  round: number;
  departmentCode: string;
  regionCode: string;
  /** Engine time, epoch ms. */
  openedAt: number;
};

/** Facts that requirements look at and people read. */
export interface SupervisionFacts {
  accepted?: boolean;
  criticised?: BodyOf<typeof supervisionBodies, 'criticise'>;
  /** One a round, oldest first; the last may lack its report. */
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
