/** 回退: its workflow's input, and its row at the opening. */
import { chainCaseId } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import { occasionOf } from '../../registration/changes.ts';
import { namedByRegistration, type RegistrationPushInput } from '../registration-push/opening.ts';
import { registeringAuthorityOf } from '../../organs/registering-authority.ts';

export interface RollbackInput {
  /** The push that was returned. */
  push: RegistrationPushInput;
  pushCaseId: string;
  /** Engine time, epoch ms. */
  returnedAt: number;
  arbitration: boolean;
}

/** After this many rounds, or when the same department returns the chain again, the supervisor rules finally. */
export const ROUNDS_BEFORE_ARBITRATION = 3;

export function openedRollback(input: RollbackInput): NewCase {
  const { push } = input;
  return {
    ...namedByRegistration(push),
    caseId: chainCaseId('rollback', push),
    caseType: 'rollback',
    departmentCode: input.arbitration ? null : registeringAuthorityOf(push.regionCode),
    regionCode: push.regionCode,
    parentCaseId: input.pushCaseId,
    stage: input.arbitration ? 'awaitingArbitration' : 'awaitingRuling',
    openedAt: input.returnedAt,
    facts: { itemIds: push.itemIds, returnedBy: push.departmentCode, ...occasionOf(push) },
  };
}

/** Guards against endless returns: whether the supervisor must rule, instead of the registering authority. */
export function needsArbitration(
  push: Pick<RegistrationPushInput, 'round' | 'returnedBy' | 'departmentCode'>,
): boolean {
  return push.round >= ROUNDS_BEFORE_ARBITRATION || push.returnedBy.includes(push.departmentCode);
}
