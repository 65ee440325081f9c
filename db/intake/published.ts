/** 发布公示 and 认领 of registrations without a case (第七条第二款). */
import { and, eq, inArray, isNotNull, like } from 'drizzle-orm';
import type { CommandResult } from '../../domain/case/case.ts';
import type { ChainCaseType } from '../../domain/case/id.ts';
import { openedPush, type RegistrationPushInput } from '../../domain/case-types/registration-push/opening.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import { CLAIM_ARTICLE, PUBLISHED_CHAIN } from '../../domain/registration/published.ts';
import type { PublishedClaim } from '../../domain/registration/published-claim.ts';
import { openOnce } from '../cases/opened.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { literal } from '../queries/text-search.ts';
import { cases, commands, registrations } from '../schema.ts';
import { departmentInOffice } from './department-in-office.ts';
import { hashOf, keyReused } from './idempotency.ts';
import { lapseIfMoot } from './lapse.ts';

export async function publishRegistrations(tx: Executor, registrationNos: readonly string[]): Promise<void> {
  for (const some of chunksOf(registrationNos)) {
    await tx
      .update(registrations)
      .set({ published: 'unclaimed' })
      .where(inArray(registrations.registrationNo, [...some]));
  }
}

export const publishRegistration = (tx: Executor, registrationNo: string): Promise<void> =>
  publishRegistrations(tx, [registrationNo]);

interface ClaimRequest {
  registrationNo: string;
  body: PublishedClaim;
  /** The Idempotency-Key. */
  key: string;
}

/**
 * 认领: opens a push in stage `claimed` for the department of whoever claims first. All claims of a registration wait for
 * each other here; later ones are refused.
 * @throws Refusal resource.not-found, department.unknown, pool.already-claimed, idempotency.key-reused
 */
export async function claimPublished(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
  { registrationNo, body, key }: ClaimRequest,
): Promise<CommandResult> {
  const requestHash = hashOf([actor.username, 'claim', body]);
  return db.transaction(async (tx) => {
    const registration = await lockPublished(tx, actor, registrationNo);
    const chain = await chainOf(tx, registrationNo);
    const known = await answerBefore(tx, chain, key);
    if (known) {
      if (known.requestHash !== requestHash) throw keyReused();
      return known.result;
    }
    if (registration.published === 'claimed') throw alreadyClaimed();
    const { code: departmentCode } = await departmentInOffice(tx, actor, {
      cannot: '认领',
      remedy: '请由承接其职责的部门认领',
      article: CLAIM_ARTICLE,
    });
    const input = pushOf({ ...registration, departmentCode }, body.itemIds, chain);
    const opened = openedPush(input);
    await tx
      .update(registrations)
      .set({ published: 'claimed' })
      .where(eq(registrations.registrationNo, registrationNo));
    const start = { workflow: 'registrationPush' as const, opened, input };
    await openOnce(tx, { start, kept: {}, actor, action: 'claimPublished', article: CLAIM_ARTICLE, clock });
    await lapseIfMoot(tx, [opened]);
    const result = { caseId: opened.caseId, stage: opened.stage, step: 0, late: false };
    await tx.insert(commands).values({ caseId: opened.caseId, key, requestHash, result });
    return result;
  });
}

/** @throws Refusal resource.not-found, also for what is published to other regions. */
async function lockPublished(tx: Executor, actor: Actor, registrationNo: string) {
  const [row] = await tx
    .select()
    .from(registrations)
    .where(and(eq(registrations.registrationNo, registrationNo), isNotNull(registrations.published)))
    .for('no key update');
  if (row && isWithin(row.regionCode, actor.regionCode)) return row;
  throw new Refusal('resource.not-found', '没有公示这条登记信息，或不在您的管辖区域内', {
    remedy: '请核对登记编号；已推送或待认领的，请在相应事项中办理',
    article: CLAIM_ARTICLE,
  });
}

const alreadyClaimed = () =>
  new Refusal('pool.already-claimed', '该登记信息已被其他部门认领，先认领者承办', {
    remedy: '请认领公示中的其他登记信息；认为认领有误的，由承办部门回退',
    article: CLAIM_ARTICLE,
  });

interface Chain {
  caseIds: string[];
  /** The last round that earlier claims opened; 0 before the first. */
  round: number;
  /** The departments that returned earlier rounds, oldest first. */
  returnedBy: string[];
}

const CHAINED: ChainCaseType[] = ['registrationPush', 'rollback', 'poolEntry'];

/** What earlier claims of the registration led to: one that was returned may have come back and be published again. */
async function chainOf(tx: Executor, registrationNo: string): Promise<Chain> {
  const { caseId, caseNo, caseType, round, stage, departmentCode } = cases;
  const inChain = like(caseId, `%~${literal(registrationNo)}~${PUBLISHED_CHAIN}~%`);
  const rows = await tx
    .select({ caseId, caseType, round, stage, departmentCode })
    .from(cases)
    .where(and(eq(caseNo, registrationNo), inArray(caseType, CHAINED), inChain))
    .orderBy(round);
  const returned = rows.filter((row) => row.caseType === 'registrationPush' && row.stage === 'returned');
  return {
    caseIds: rows.map((row) => row.caseId),
    round: rows.at(-1)?.round ?? 0,
    returnedBy: returned.flatMap((row) => row.departmentCode ?? []),
  };
}

/** What a claim under this key was answered before. */
async function answerBefore(tx: Executor, { caseIds }: Chain, key: string) {
  if (caseIds.length === 0) return undefined;
  const [row] = await tx
    .select()
    .from(commands)
    .where(and(inArray(commands.caseId, caseIds), eq(commands.key, key)));
  return row;
}

type Claimed = Pick<typeof registrations.$inferSelect, 'registrationNo' | 'uscc' | 'regionCode' | 'event'> & {
  departmentCode: string;
};

function pushOf(
  { registrationNo, uscc, regionCode, event, departmentCode }: Claimed,
  itemIds: string[] = [],
  { round, returnedBy }: Chain,
): RegistrationPushInput {
  return {
    registrationNo,
    uscc,
    chain: PUBLISHED_CHAIN,
    round: round + 1,
    regionCode,
    departmentCode,
    itemIds,
    event,
    pushedAt: Date.now(),
    claimedFromPool: true,
    claimedItemIds: itemIds,
    returnedBy,
    finalRuling: false,
    parentCaseId: null,
  };
}
