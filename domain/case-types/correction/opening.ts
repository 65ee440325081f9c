/** 更正: its workflow's input, and its row at the opening. */
import type { LegalDate } from '../../clock/calendar.ts';
import { correctionId } from '../../case/id.ts';
import type { BodyOf } from '../../case/bodies.ts';
import type { NewCase } from '../../case/case.ts';
import type { correctionBodies } from './commands.ts';

/** One correction per shown version, if the department opens it; one per receipt, if the public reports. */
interface CorrectionKey {
  recordId: string;
  /** `v3`, or the receipt number. */
  occasion: string;
}

/** The workflow's input. */
export interface CorrectionInput extends CorrectionKey {
  origin: 'department' | 'public';
  /** The version that is in error. */
  shownVersion: number;
  documentNo: string;
  uscc: string;
  departmentCode: string;
  regionCode: string;
  /** The day on which the department discovered the error itself; null where the public reported it. */
  discoveredOn: LegalDate | null;
  /** Engine time, epoch ms. */
  openedAt: number;
}

/** Facts that requirements look at. */
export interface CorrectionFacts {
  recordId?: string;
  origin?: CorrectionInput['origin'];
  /** The version that is in error. */
  shownVersion?: number;
  /** The version that is to be shown instead. */
  version?: number;
  /** 撤下: the application asks that the record be shown no longer. */
  withdraws?: boolean;
  appliedBy?: string;
  rejection?: BodyOf<typeof correctionBodies, 'reject'>;
}

export function openedCorrection(input: CorrectionInput): NewCase {
  const { recordId, origin, shownVersion } = input;
  return {
    caseId: correctionId(input),
    caseType: 'correction',
    caseNo: input.documentNo,
    uscc: input.uscc,
    round: 1,
    departmentCode: input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: null,
    stage: origin === 'public' ? 'reported' : 'confirmed',
    openedAt: input.openedAt,
    facts: { recordId, origin, shownVersion },
  };
}
