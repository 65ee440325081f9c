/** 双告知推送: its workflow's input, and its row at the opening. */
import { chainCaseId, type ChainKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import { occasionOf, type Occasion } from '../../registration/changes.ts';

/** The workflow's input. Codes only: texts and names stay in PostgreSQL. */
export interface RegistrationPushInput extends ChainKey, Occasion {
  uscc: string;
  departmentCode: string;
  regionCode: string;
  itemIds: string[];
  /** Engine time, epoch ms: the limit counts from the day after. */
  pushedAt: number;
  /** True where a claim of what was published opened the push, which then begins in stage `claimed`. */
  claimedFromPool: boolean;
  /** Items that the claimant named, where no case of the pool keeps them. */
  claimedItemIds?: string[];
  /** The departments that returned earlier rounds of this chain, oldest first. */
  returnedBy: string[];
  /** True where an arbitration opened the push, which then cannot be returned. */
  finalRuling: boolean;
  parentCaseId: string | null;
}

export function openedPush(input: RegistrationPushInput): NewCase {
  return {
    ...namedByRegistration(input),
    caseId: chainCaseId('registrationPush', input),
    caseType: 'registrationPush',
    departmentCode: input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: input.parentCaseId,
    stage: input.claimedFromPool ? 'claimed' : 'pushed',
    openedAt: input.pushedAt,
    facts: {
      chain: input.chain,
      itemIds: input.itemIds,
      finalRuling: input.finalRuling,
      claimedFromPool: input.claimedFromPool,
      ...(input.claimedItemIds && { claimedItemIds: input.claimedItemIds }),
      ...occasionOf(input),
    },
  };
}

export const namedByRegistration = ({
  registrationNo,
  uscc,
  round,
}: {
  registrationNo: string;
  uscc: string;
  round: number;
}) => ({
  caseNo: registrationNo,
  uscc,
  round,
});
