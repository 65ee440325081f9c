import { mannerOf, openedPush, type RegistrationPushInput } from '../domain/case-types/registration-push/opening.ts';
import { occasionOf } from '../domain/registration/changes.ts';
import { rollbackBodies, type Ruling } from '../domain/case-types/rollback/commands.ts';
import type { CaseOpening } from '../domain/case/case.ts';
import { CaseFile } from './lib/case-file.ts';
import { lapseWithEnterprise } from './lib/lapse.ts';
import { openedPoolEntry, type PoolEntryInput } from '../domain/case-types/pool-entry/opening.ts';
import { openedRollback, type RollbackInput } from '../domain/case-types/rollback/opening.ts';

/**
 * The registering authority confirms the same or another department, or publishes the registration to be claimed.
 * Where returns go round in circles, the supervisor arbitrates, and that ruling is final.
 */
export async function rollback(input: RollbackInput): Promise<string> {
  const file = new CaseFile(openedRollback(input), input);
  const rollbackCaseId = file.opened.caseId;

  for (const action of ['rule', 'arbitrate'] as const) {
    file.handle(rollbackBodies, action, (ruling, _, at) => ({
      facts: { ruling },
      followUps: [followRuling(input, ruling, rollbackCaseId, at)],
    }));
  }

  lapseWithEnterprise(file, input.arbitration ? 'supervisor' : 'holder');
  return file.live();
}

function followRuling(input: RollbackInput, ruling: Ruling, parentCaseId: string, at: number): CaseOpening {
  const { push } = input;
  const { registrationNo, uscc, chain, regionCode, itemIds } = push;
  const round = push.round + 1;
  const returnedBy = [...push.returnedBy, push.departmentCode];
  if (ruling.decision === 'pool') {
    const entry: PoolEntryInput = {
      registrationNo,
      uscc,
      chain,
      round,
      regionCode,
      itemIds,
      returnedBy,
      publishedAt: at,
      parentCaseId,
      ...occasionOf(push),
      ...mannerOf(push),
    };
    return { workflow: 'poolEntry', opened: openedPoolEntry(entry), input: entry };
  }
  const departmentCode = ruling.decision === 'other' ? ruling.departmentCode : push.departmentCode;
  const next: RegistrationPushInput = {
    ...push,
    round,
    departmentCode,
    pushedAt: at,
    claimedFromPool: false,
    returnedBy,
    finalRuling: input.arbitration,
    parentCaseId,
  };
  return { workflow: 'registrationPush', opened: openedPush(next), input: next };
}
