/** One case of each type in the database, as intakes and workflows leave them; no workflow runs. */
import { insertOwnRow } from '../../../db/cases/opened.ts';
import { realClock } from '../../../domain/clock/clock.ts';
import { auditLog } from '../../../db/schema.ts';
import type { NewCase } from '../../../domain/case/case.ts';
import { openedPush, type RegistrationPushInput } from '../../../domain/case-types/registration-push/opening.ts';
import type { Product } from '../../support/product.ts';
import { accept } from './requests.ts';
import { openedPoolEntry } from '../../../domain/case-types/pool-entry/opening.ts';
import { openedRollback } from '../../../domain/case-types/rollback/opening.ts';
import { openedSupervision } from '../../../domain/case-types/supervision/opening.ts';

export interface StandingCases {
  push: NewCase;
  rollback: NewCase;
  arbitration: NewCase;
  pool: NewCase;
  claimedPool: NewCase;
  supervision: NewCase;
}

/** A push to the region's agriculture department, the cases that follow from it, and a pool entry. */
export async function standingCases(product: Product, regionCode: string): Promise<StandingCases> {
  const pushed = await accept(product, { regionCode, scope: '许可项目：农药零售。' });
  const pooled = await accept(product, { regionCode, scope: '许可项目：软件开发。' });
  const taken = await accept(product, { regionCode, scope: '许可项目：软件销售。' });
  const departmentCode = `${regionCode}-agriculture`;
  const now = Date.now();
  const push: RegistrationPushInput = {
    registrationNo: pushed.registrationNo,
    uscc: pushed.input.uscc,
    chain: departmentCode,
    round: 1,
    departmentCode,
    regionCode,
    itemIds: pushed.items,
    pushedAt: now,
    claimedFromPool: false,
    returnedBy: [],
    finalRuling: false,
    parentCaseId: null,
  };
  const poolEntry = ({ registrationNo, input }: Awaited<ReturnType<typeof accept>>) =>
    openedPoolEntry({
      registrationNo,
      uscc: input.uscc,
      chain: 'pool',
      round: 1,
      regionCode,
      itemIds: [],
      returnedBy: [],
      publishedAt: now,
      parentCaseId: null,
    });
  const opened = openedPush(push);
  const rollback = { push, pushCaseId: opened.caseId, returnedAt: now };
  const supervision = openedSupervision({
    originCaseId: opened.caseId,
    limitId: 'registrationPush.claim',
    ladder: 1,
    caseNo: push.registrationNo,
    uscc: push.uscc,
    round: 1,
    departmentCode,
    regionCode,
    openedAt: now,
  });
  const made: StandingCases = {
    push: opened,
    rollback: openedRollback({ ...rollback, arbitration: false }),
    arbitration: openedRollback({ ...rollback, push: { ...push, round: 3 }, arbitration: true }),
    pool: poolEntry(pooled),
    claimedPool: { ...poolEntry(taken), departmentCode: `${regionCode}-health`, stage: 'claimed' },
    // Criticism was proposed, and the department heard: the government may decide.
    supervision: { ...supervision, facts: { ...supervision.facts, criticism: { state: 'heard' } } },
  };
  const { db, pool } = product.handle;
  // Those that no intake opens: what an intake opens has its first step already.
  const unrecorded = [made.rollback, made.arbitration, made.supervision];
  for (const one of unrecorded) await insertOwnRow(db, one, realClock);
  await pool.query("update cases set status = 'closed', stage = 'claimed', department_code = $2 where case_id = $1", [
    made.claimedPool.caseId,
    made.claimedPool.departmentCode,
  ]);
  await db.insert(auditLog).values(
    unrecorded.map(({ caseId }) => ({
      caseId,
      step: 1,
      at: new Date(now),
      actor: 'system',
      actorRole: 'system' as const,
      action: 'open',
      article: '第七条第二款',
    })),
  );
  return made;
}
