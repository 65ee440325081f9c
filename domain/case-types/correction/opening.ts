/** 更正: what its workflow is started with, and how its row looks at the opening. */
import type { LegalDate } from '../../clock/calendar.ts';
import { correctionId } from '../../case/id.ts';
import type { BodyOf } from '../../case/bodies.ts';
import type { NewCase } from '../../case/case.ts';
import type { correctionBodies } from './commands.ts';

/** One correction per shown version by its department, one per receipt by the public. */
interface CorrectionKey {
  recordId: string;
  /** `v3`, or the receipt's number. */
  occasion: string;
}

/** What the workflow is started with. */
export interface CorrectionInput extends CorrectionKey {
  origin: 'department' | 'public';
  /** The version that is in error. */
  shownVersion: number;
  documentNo: string;
  uscc: string;
  departmentCode: string;
  regionCode: string;
  /** The department's own discovery; null where the public reported it. */
  discoveredOn: LegalDate | null;
  /** Engine time, epoch ms. */
  openedAt: number;
}

/** Facts that requirements look at. */
export interface CorrectionFacts {
  recordId?: string;
  origin?: CorrectionInput['origin'];
  /** The version in error, and the one that is to be shown. */
  shownVersion?: number;
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
