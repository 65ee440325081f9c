/** 公示认领 (第七条第二款): published to be claimed. The first claim wins; every later one is refused. */
import type { CaseOpening } from '../domain/case/case.ts';
import { mannerOf, openedPush, type RegistrationPushInput } from '../domain/case-types/registration-push/opening.ts';
import { poolEntryBodies } from '../domain/case-types/pool-entry/commands.ts';
import { occasionOf } from '../domain/registration/changes.ts';
import { CaseFile } from './lib/case-file.ts';
import { lapseWithEnterprise } from './lib/lapse.ts';
import { openedPoolEntry, type PoolEntryInput } from '../domain/case-types/pool-entry/opening.ts';
import type { Actor } from '../domain/organs/actor.ts';

/**
 * Waits until a department claims it, or the registering authority finds that no approval is needed. Then the registration
 * stays published, without a limit.
 */
export async function poolEntry(input: PoolEntryInput): Promise<string> {
  const entry = new CaseFile(openedPoolEntry(input), input);

  entry.handle(poolEntryBodies, 'claim', (body, actor, at) => ({
    facts: { claimedItemIds: body.itemIds ?? [] },
    holder: actor.departmentCode ?? undefined,
    notify: [{ topic: 'pool.claimed', to: 'registering-authority' }],
    followUps: [pushToClaimant(input, actor, body.itemIds ?? input.itemIds, entry.opened.caseId, at)],
  }));
  entry.handle(poolEntryBodies, 'withdraw', (body) => ({
    facts: { withdrawal: body },
    effects: [{ kind: 'registration.publish', registrationNo: input.registrationNo }],
  }));
  lapseWithEnterprise(entry, 'registering-authority');

  return entry.live();
}

/** The claimant owes the same feedback as a department to which the registration was pushed. */
function pushToClaimant(
  entry: PoolEntryInput,
  actor: Actor,
  itemIds: string[],
  parentCaseId: string,
  at: number,
): CaseOpening {
  const input: RegistrationPushInput = {
    registrationNo: entry.registrationNo,
    uscc: entry.uscc,
    chain: entry.chain,
    round: entry.round,
    regionCode: entry.regionCode,
    // Never empty: the table of transitions lets only departments claim.
    departmentCode: actor.departmentCode ?? '',
    itemIds,
    pushedAt: at,
    claimedFromPool: true,
    returnedBy: entry.returnedBy,
    finalRuling: false,
    parentCaseId,
    ...occasionOf(entry),
    ...mannerOf(entry),
  };
  return { workflow: 'registrationPush', opened: openedPush(input), input };
}
