/** 联合惩戒通知: what its workflow is started with, and how its row looks at the opening. */
import { listingCaseId, sanctionCaseId, type SanctionKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import { namedByDocument } from '../listing/opening.ts';
import type { DishonestyList } from '../../publicity/dishonesty-lists.ts';

/** What the workflow is started with. */
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
