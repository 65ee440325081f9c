/** 公示认领: its workflow's input, and its row at the opening. */
import { chainCaseId, type ChainKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import { occasionOf, type Occasion } from '../../registration/changes.ts';
import { mannerOf, namedByRegistration, type Manner } from '../registration-push/opening.ts';

export interface PoolEntryInput extends ChainKey, Occasion, Manner {
  uscc: string;
  regionCode: string;
  itemIds: string[];
  returnedBy: string[];
  /** Engine time, epoch ms. */
  publishedAt: number;
  parentCaseId: string | null;
}

export function openedPoolEntry(input: PoolEntryInput): NewCase {
  return {
    ...namedByRegistration(input),
    caseId: chainCaseId('poolEntry', input),
    caseType: 'poolEntry',
    departmentCode: null,
    regionCode: input.regionCode,
    parentCaseId: input.parentCaseId,
    stage: 'published',
    openedAt: input.publishedAt,
    facts: { itemIds: input.itemIds, ...occasionOf(input), ...mannerOf(input) },
  };
}
