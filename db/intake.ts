/**
 * 双告知 intake (第七条第二款): accepted means in PostgreSQL with the cases that follow and their outbox rows, in one
 * transaction, even while Temporal is down.
 */
import { createHash } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import type { Actor, CaseOpening } from '../domain/cases.ts';
import { legalDateOf } from '../domain/calendar.ts';
import type { Clock } from '../domain/clock.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { openedPoolEntry, openedPush } from '../domain/opening.ts';
import type { PoolEntryInput } from '../domain/pool-entry.ts';
import { isWithin } from '../domain/region-code.ts';
import { canonicalRegistration, type RegistrationInput } from '../domain/registration.ts';
import type { RegistrationPushInput } from '../domain/registration-push.ts';
import type { Hit } from '../domain/scope-matching.ts';
import type { Database, Executor } from './client.ts';
import { auditActor, firstOfEach, openCases } from './opened-cases.ts';
import type { Reference } from './reference.ts';
import { rememberEnterprises } from './enterprises.ts';
import { auditLog, registrationHits, registrations } from './schema.ts';

export interface IntakeDeps {
  db: Database;
  reference: Reference;
  clock: Clock;
}

export type IntakeResult =
  | { result: 'accepted'; registrationNo: string; caseIds: string[]; items: string[] }
  | { result: 'duplicate'; registrationNo: string }
  | { result: 'rejected'; registrationNo: string; code: ErrorCode; message: string };

interface Accepted {
  input: RegistrationInput;
  regionCode: string;
  hits: (Hit & { departmentCode: string; tried: string[] })[];
  starts: CaseOpening[];
  items: string[];
}

/**
 * Accepts a batch of valid registrations. The same registration again is a duplicate and changes nothing; the same
 * number with other content is a conflict.
 * @returns one result per input, in order.
 */
export async function acceptRegistrations(
  deps: IntakeDeps,
  actor: Actor,
  inputs: RegistrationInput[],
  importId: string | null = null,
): Promise<IntakeResult[]> {
  const now = Date.now();
  const results: (IntakeResult | undefined)[] = inputs.map((input) => refuseInput(deps.reference, actor, input));
  const admitted = inputs.filter((_, index) => !results[index]);
  const first = firstOfEach(admitted, ({ registrationNo }) => registrationNo);
  const fresh = new Map([...first].map(([no, input]) => [no, plan(deps.reference, input, now)]));
  const known = await deps.db.transaction(async (tx) => {
    const ordered = [...fresh.values()];
    const inserted = await insertRegistrations(tx, deps, actor, ordered, importId, now);
    const accepted = ordered.filter((entry) => inserted.has(entry.input.registrationNo));
    await insertEffects(tx, deps, actor, accepted, now);
    return { inserted, hashes: await storedHashes(tx, [...fresh.keys()]) };
  });

  return inputs.map((input, index) => {
    const decided = results[index];
    if (decided) return decided;
    const { registrationNo } = input;
    const entry = fresh.get(registrationNo);
    // The first of several equal rows in one batch is the accepted one, the others its duplicates.
    if (entry?.input === input && known.inserted.has(registrationNo)) {
      return {
        result: 'accepted',
        registrationNo,
        caseIds: entry.starts.map((s) => s.opened.caseId),
        items: entry.items,
      };
    }
    if (known.hashes.get(registrationNo) === contentHash(input)) return { result: 'duplicate', registrationNo };
    return {
      result: 'rejected',
      registrationNo,
      code: 'registration.conflict',
      message: `登记编号${registrationNo}已有不同内容的登记。变更登记请使用新的登记编号（登记事项填“变更”）`,
    };
  });
}

function contentHash(input: RegistrationInput): string {
  return createHash('sha256').update(canonicalRegistration(input)).digest('hex');
}

function refuseInput(reference: Reference, actor: Actor, input: RegistrationInput): IntakeResult | undefined {
  const { registrationNo, regionCode } = input;
  const region = reference.regions.resolve(regionCode);
  if (!region) {
    const message = `行政区划代码${regionCode}不在湖南省行政区划（GB/T 2260）中，请核对后重新提交`;
    return { result: 'rejected', registrationNo, code: 'region.unknown', message };
  }
  if (!isWithin(region.code, actor.regionCode)) {
    const message = `${region.name}不在本登记机关的管辖区域内，请由有管辖权的登记机关提交`;
    return { result: 'rejected', registrationNo, code: 'access.denied', message };
  }
  return undefined;
}

/** Which departments are to be told, and why: the hits grouped by the department that each item routes to. */
function plan(reference: Reference, input: RegistrationInput, now: number): Accepted {
  const regionCode = reference.regions.resolve(input.regionCode)!.code;
  const { hits, items } = reference.match(input.scope);
  const routed = hits.flatMap((hit) => {
    const sector = reference.items.get(hit.itemId)?.sector;
    const route = sector ? reference.router.route(sector, regionCode) : undefined;
    return route ? [{ ...hit, departmentCode: route.department.code, tried: route.tried }] : [];
  });
  const byDepartment = new Map<string, Set<string>>();
  for (const { departmentCode, itemId } of routed) {
    byDepartment.set(departmentCode, (byDepartment.get(departmentCode) ?? new Set()).add(itemId));
  }
  const { registrationNo, uscc } = input;
  const starts = [...byDepartment].map(([departmentCode, itemIds]) =>
    pushStart({ registrationNo, uscc, regionCode, departmentCode, itemIds: [...itemIds].sort(), now }),
  );
  if (starts.length === 0) starts.push(poolStart({ registrationNo, uscc, regionCode, now }));
  return { input, regionCode, hits: routed, starts, items };
}

interface ChainStart {
  registrationNo: string;
  uscc: string;
  regionCode: string;
  now: number;
}

interface PushStart extends ChainStart {
  departmentCode: string;
  itemIds: string[];
}

function pushStart({ registrationNo, uscc, regionCode, departmentCode, itemIds, now }: PushStart): CaseOpening {
  const input: RegistrationPushInput = {
    registrationNo,
    uscc,
    chain: departmentCode,
    round: 1,
    departmentCode,
    regionCode,
    itemIds,
    pushedAt: now,
    claimedFromPool: false,
    returnedBy: [],
    finalRuling: false,
    parentCaseId: null,
  };
  return { workflow: 'registrationPush', opened: openedPush(input), input };
}

function poolStart({ registrationNo, uscc, regionCode, now }: ChainStart): CaseOpening {
  const input: PoolEntryInput = {
    registrationNo,
    uscc,
    chain: 'pool',
    round: 1,
    regionCode,
    itemIds: [],
    returnedBy: [],
    publishedAt: now,
    parentCaseId: null,
  };
  return { workflow: 'poolEntry', opened: openedPoolEntry(input), input };
}

async function insertRegistrations(
  tx: Executor,
  { reference, clock }: IntakeDeps,
  actor: Actor,
  entries: Accepted[],
  importId: string | null,
  now: number,
): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const acceptedAt = new Date(clock.toLegal(now));
  const rows = await tx
    .insert(registrations)
    .values(
      entries.map(({ input, regionCode }) => ({
        ...input,
        regionCode,
        registeredOn: input.registeredOn ?? legalDateOf(acceptedAt.getTime()),
        contentHash: contentHash(input),
        catalogueVersion: reference.catalogueVersion,
        importId,
        acceptedAt,
        acceptedBy: actor.username,
      })),
    )
    .onConflictDoNothing()
    .returning({ registrationNo: registrations.registrationNo });
  return new Set(rows.map((row) => row.registrationNo));
}

async function insertEffects(
  tx: Executor,
  { reference, clock }: IntakeDeps,
  actor: Actor,
  accepted: Accepted[],
  now: number,
): Promise<void> {
  if (accepted.length === 0) return;
  const legal = (engineMs: number) => new Date(clock.toLegal(engineMs));
  const starts = accepted.flatMap((entry) => entry.starts);
  const hits = accepted.flatMap(({ input, hits: found }) =>
    found.map((hit, position) => ({ ...hit, registrationNo: input.registrationNo, position })),
  );
  if (hits.length > 0) await tx.insert(registrationHits).values(hits);
  await rememberEnterprises(
    tx,
    accepted.map(({ input: { uscc, name, kind }, regionCode }) => ({ uscc, name, kind, regionCode })),
    legal(now),
  );
  await openCases(tx, starts, legal);
  await tx.insert(auditLog).values(
    accepted.map(({ input, items, starts: started }) => ({
      caseId: `registration~${input.registrationNo}`,
      step: 1,
      at: legal(now),
      ...auditActor(actor),
      action: 'accept',
      before: null,
      after: { items, catalogueVersion: reference.catalogueVersion, cases: started.map((s) => s.opened.caseId) },
      article: '第七条第二款',
    })),
  );
}

async function storedHashes(tx: Executor, registrationNos: string[]): Promise<Map<string, string>> {
  if (registrationNos.length === 0) return new Map();
  const rows = await tx
    .select({ no: registrations.registrationNo, hash: registrations.contentHash })
    .from(registrations)
    .where(inArray(registrations.registrationNo, registrationNos));
  return new Map(rows.map((row) => [row.no, row.hash]));
}
