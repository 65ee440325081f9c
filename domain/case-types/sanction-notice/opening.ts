/** 联合惩戒通知: its workflow's input, and its row at the opening. */
import { listingCaseId, sanctionCaseId, type SanctionKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import { namedByDocument } from '../listing/opening.ts';
import type { DishonestyList } from '../../publicity/dishonesty-lists.ts';

/** The workflow's input. */
export interface SanctionNoticeInput extends SanctionKey {
  list: DishonestyList;
  regionCode: string;
  measureIds: string[];
  /** Engine time, epoch ms. */
  sentAt: number;
}

export function openedSanctionNotice(input: SanctionNoticeInput): NewCase {
  return {
    ...namedByDocument(input),
    caseId: sanctionCaseId('sanctionNotice', input),
    caseType: 'sanctionNotice',
    departmentCode: input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: listingCaseId(input),
    stage: 'sent',
    openedAt: input.sentAt,
    facts: { list: input.list, measureIds: input.measureIds },
  };
}
