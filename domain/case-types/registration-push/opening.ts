/** How each case's row looks at its opening: a pure function of the input that its workflow is started with. */
import { chainCaseId, directSupervisionId, supervisionId } from '../../case/id.ts';
import type { NewCase } from '../../case/case.ts';
import type { PoolEntryInput } from '../pool-entry/commands.ts';
import { occasionOf } from '../../registration/changes.ts';
import type { RegistrationPushInput } from './commands.ts';
import type { RollbackInput } from '../rollback/commands.ts';
import type { SupervisionInput } from '../supervision/commands.ts';

/** The sector id of registering authorities (登记机关) among departments. */
export const REGISTRATION_SECTOR = 'registration';

export const registeringAuthorityOf = (regionCode: string): string => `${regionCode}-${REGISTRATION_SECTOR}`;

export const isRegisteringAuthority = (departmentCode: string | null | undefined): boolean =>
  departmentCode?.endsWith(`-${REGISTRATION_SECTOR}`) ?? false;

/** 省工商行政管理局, which runs the platform and publishes (第四条、第五条第一款). */
export const provincialAuthorityOf = (regionCode: string): string =>
  registeringAuthorityOf(`${regionCode.slice(0, 2)}0000`);

export function openedPush(input: RegistrationPushInput): NewCase {
  return {
    ...named(input),
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
      ...occasionOf(input),
    },
  };
}

export function openedRollback(input: RollbackInput): NewCase {
  const { push } = input;
  return {
    ...named(push),
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

export function openedPoolEntry(input: PoolEntryInput): NewCase {
  return {
    ...named(input),
    caseId: chainCaseId('poolEntry', input),
    caseType: 'poolEntry',
    departmentCode: null,
    regionCode: input.regionCode,
    parentCaseId: input.parentCaseId,
    stage: 'published',
    openedAt: input.publishedAt,
    facts: { itemIds: input.itemIds, ...occasionOf(input) },
  };
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

const named = ({ registrationNo, uscc, round }: { registrationNo: string; uscc: string; round: number }) => ({
  caseNo: registrationNo,
  uscc,
  round,
});
