/**
 * 双告知 intake (第七条第二款): accepted means in PostgreSQL with the cases that follow and their outbox rows, in one
 * transaction, even while Temporal is down.
 */
import { createHash } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { legalDateOf, type LegalDate } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import { canonicalRegistration, type RegistrationInput } from '../../domain/registration/registration.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { rememberEnterprises } from './enterprises.ts';
import {
  inOrderOfEvents,
  matchRegistration,
  planRegistrations,
  type Matched,
  type Planned,
} from '../../domain/case-types/registration-push/plan.ts';
import { lapseMootCases } from './lapse.ts';
import { auditActor, firstOfEach, openCases } from '../cases/opened.ts';
import { heldPushes } from '../queries/held-pushes.ts';
import { auditLog, cases, registrationHits, registrations } from '../schema.ts';
import type { Reference } from '../../domain/reference.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export interface IntakeDeps {
  db: Database;
  reference: Reference;
  clock: Clock;
}

export type IntakeResult =
  | { result: 'accepted'; registrationNo: string; caseIds: string[]; items: string[] }
  | { result: 'duplicate'; registrationNo: string; caseIds: string[] }
  | { result: 'rejected'; registrationNo: string; code: ErrorCode; message: string };

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
  const today = legalDateOf(deps.clock.toLegal(now));
  const results: (IntakeResult | undefined)[] = inputs.map((input) => refuseInput(deps.reference, actor, input, today));
  const admitted = inputs.filter((_, index) => !results[index]);
  const first = firstOfEach(admitted, ({ registrationNo }) => registrationNo);
  const fresh = new Map([...first].map(([no, input]) => [no, matchRegistration(deps.reference, input, today)]));
  const known = await deps.db.transaction(async (tx) => {
    const inserted = await insertRegistrations(tx, deps, actor, [...fresh.values()], importId, now);
    // In the order in which they came, of which the keys' order knows nothing.
    const accepted = admitted.flatMap((input) => {
      const entry = inserted.has(input.registrationNo) ? fresh.get(input.registrationNo) : undefined;
      return entry?.input === input ? [entry] : [];
    });
    const planned = await insertEffects(tx, deps, actor, inOrderOfEvents(accepted), now);
    const stored = await storedRegistrations(
      tx,
      [...fresh.keys()].filter((no) => !inserted.has(no)),
    );
    return { accepted: new Map(planned.map((entry) => [entry.input.registrationNo, entry])), stored };
  });

  return inputs.map((input, index) => {
    const decided = results[index];
    if (decided) return decided;
    const { registrationNo } = input;
    const entry = known.accepted.get(registrationNo);
    // The first of several equal rows in one batch is the accepted one, the others its duplicates.
    if (entry?.input === input) {
      return { result: 'accepted', registrationNo, caseIds: caseIdsOf(entry), items: entry.items };
    }
    const before = entry
      ? { hash: contentHash(entry.input), caseIds: caseIdsOf(entry) }
      : known.stored.get(registrationNo);
    if (before?.hash === contentHash(input)) {
      return { result: 'duplicate', registrationNo, caseIds: before.caseIds };
    }
    return {
      result: 'rejected',
      registrationNo,
      code: 'registration.conflict',
      message: `登记编号${registrationNo}已有不同内容的登记。变更登记请使用新的登记编号（登记事项填“变更”）`,
    };
  });
}

const caseIdsOf = ({ starts }: Planned) => starts.map(({ opened }) => opened.caseId);

function contentHash(input: RegistrationInput): string {
  return createHash('sha256').update(canonicalRegistration(input)).digest('hex');
}

function refuseInput(
  reference: Reference,
  actor: Actor,
  input: RegistrationInput,
  today: LegalDate,
): IntakeResult | undefined {
  const { registrationNo, regionCode, registeredOn } = input;
  const region = reference.regions.resolve(regionCode);
  if (!region) {
    const message = `行政区划代码${regionCode}不在湖南省行政区划（GB/T 2260）中，请核对（外省企业填在湖南经营所在地）后重新提交`;
    return { result: 'rejected', registrationNo, code: 'region.unknown', message };
  }
  if (!isWithin(region.code, actor.regionCode)) {
    const message = `${region.name}不在本登记机关的管辖区域内，请由有管辖权的登记机关提交`;
    return { result: 'rejected', registrationNo, code: 'access.denied', message };
  }
  if (registeredOn !== undefined && registeredOn > today) {
    const message = `登记日期${registeredOn}尚未到来（今日为${today}），请核对登记日期后重新提交`;
    return { result: 'rejected', registrationNo, code: 'input.invalid', message };
  }
  return undefined;
}

async function insertRegistrations(
  tx: Executor,
  { reference, clock }: IntakeDeps,
  actor: Actor,
  entries: Matched[],
  importId: string | null,
  now: number,
): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const acceptedAt = clock.legal(now);
  const rows = await tx
    .insert(registrations)
    .values(
      entries.map(({ input, regionCode, registeredOn }) => ({
        ...input,
        regionCode,
        registeredOn,
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
  accepted: Matched[],
  now: number,
): Promise<Planned[]> {
  if (accepted.length === 0) return [];
  const { legal } = clock;
  const hits = accepted.flatMap(({ input, hits: found }) =>
    found.map((hit, position) => ({ ...hit, registrationNo: input.registrationNo, position })),
  );
  for (const rows of chunksOf(hits)) await tx.insert(registrationHits).values(rows);
  await rememberEnterprises(
    tx,
    accepted.map(({ input: { uscc, name, kind, event }, regionCode, registeredOn }) => ({
      uscc,
      name,
      kind,
      event,
      regionCode,
      registeredOn,
    })),
    legal(now),
  );
  // Only now: the enterprises' rows are locked, so whatever another batch told of them is there to be read.
  const events = accepted.filter(({ input }) => input.event !== 'establish');
  const held = await heldPushes(
    tx,
    events.map(({ input }) => input.uscc),
  );
  const planned = planRegistrations(reference, accepted, held, now);
  await openCases(
    tx,
    planned.flatMap((entry) => entry.starts),
    legal,
  );
  await lapseMootCases(
    tx,
    planned.map(({ input }) => input.uscc),
  );
  await tx.insert(auditLog).values(planned.map((entry) => acceptance(entry, reference, actor, legal(now))));
  return planned;
}

function acceptance(entry: Planned, { catalogueVersion }: Reference, actor: Actor, at: Date) {
  const { input, items } = entry;
  return {
    caseId: `registration~${input.registrationNo}`,
    step: 1,
    at,
    ...auditActor(actor),
    action: 'accept',
    before: null,
    after: { event: input.event, items, catalogueVersion, cases: caseIdsOf(entry) },
    article: '第七条第二款',
  };
}

/** What was accepted before, with the cases that it opened. */
async function storedRegistrations(tx: Executor, registrationNos: string[]) {
  if (registrationNos.length === 0) return new Map<string, { hash: string; caseIds: string[] }>();
  const { registrationNo, contentHash: hash } = registrations;
  const opened = sql<string[]>`coalesce(array_agg(${cases.caseId} order by ${cases.caseId})
    filter (where ${cases.caseId} is not null), '{}')`;
  const rows = await tx
    .select({ no: registrationNo, hash, caseIds: opened })
    .from(registrations)
    .leftJoin(
      cases,
      and(
        eq(cases.caseNo, registrationNo),
        inArray(cases.caseType, ['registrationPush', 'poolEntry']),
        isNull(cases.parentCaseId),
      ),
    )
    .where(inArray(registrationNo, registrationNos))
    .groupBy(registrationNo, hash);
  return new Map(rows.map(({ no, ...row }) => [no, row]));
}
