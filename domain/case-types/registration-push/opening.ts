/** 双告知推送: its workflow's input, and its row at the opening. */
import { chainCaseId, type ChainKey } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import type { NoticeRequest } from '../../notices/notices.ts';
import { occasionOf, type Occasion } from '../../registration/changes.ts';
import type { ItemMode } from '../../scope/item-modes.ts';

/** What travels with a push to whoever comes to hold it, through returns and the claim pool. */
export interface Manner {
  /** How items are dealt with, where a qualifier of the scope says otherwise than the catalogue: 仅销售预包装食品 is filed. */
  modes?: Readonly<Record<string, readonly ItemMode[]>>;
  /** The supervising organs of the place, which approve nothing: they see the case and are told of its answer, without a limit. */
  supervisedBy?: readonly string[];
}

/** The fields of a case's input or facts; undefined ones are left out. */
export const mannerOf = ({ modes, supervisedBy }: Manner): Manner => ({
  ...(modes && { modes }),
  ...(supervisedBy && { supervisedBy }),
});

/** Who is told beside the holder: a supervising organ that holds the push itself need not be. */
export const supervisors = ({ supervisedBy = [] }: Manner, departmentCode: string | null): readonly string[] =>
  supervisedBy.filter((code) => code !== departmentCode);

/** 办理结果告知: what the supervising organs are told with the answer, and with what is added to it (第七条第三款). */
export const toldOfAnswer = (manner: Manner, departmentCode: string | null): NoticeRequest[] =>
  supervisors(manner, departmentCode).map((code) => ({ topic: 'push.answered', to: `department:${code}` }));

/** The workflow's input. Codes only: texts and names stay in PostgreSQL. */
export interface RegistrationPushInput extends ChainKey, Occasion, Manner {
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
      ...mannerOf(input),
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
