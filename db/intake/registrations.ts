/** 双告知 intake (第七条第二款). */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { legalDateOf, type LegalDate } from '../../domain/clock/calendar.ts';
import { Refusal, type ErrorCode } from '../../domain/errors.ts';
import { contactOf, detailsOf, type RegistrationDetails } from '../../domain/registration/details.ts';
import type { Registered } from '../../domain/registration/whose.ts';
import { canonicalRegistration, type RegistrationInput } from '../../domain/registration/registration.ts';
import { chunksOf } from '../postgres/chunks.ts';
import { insertRows } from '../postgres/insert-rows.ts';
import type { Executor } from '../postgres/client.ts';
import { digest } from '../records/content-hash.ts';
import { acceptBatch, type Handover, type IntakeDeps } from './batch.ts';
import { foreignTo } from './foreign-registrations.ts';
import { OutdatedEnterprises, registeredEnterprises, rememberEnterprises } from './enterprises.ts';
import { publishRegistrations } from './published.ts';
import {
  inOrderOfEvents,
  isHandedOverLate,
  isPublishedAtOnce,
  matchRegistration,
  planRegistrations,
  refuseRegistration,
  type Matched,
  type Planned,
} from '../../domain/case-types/registration-push/plan.ts';
import { lapseMootCases } from './lapse.ts';
import { auditActor } from '../cases/audit-actor.ts';
import { openCases } from '../cases/opened.ts';
import { currentCalendar } from '../queries/calendar.ts';
import { limitInForce } from '../queries/limits.ts';
import { heldPushes } from '../queries/held-pushes.ts';
import { auditLog, cases, registrationHits, registrations } from '../schema.ts';
import type { Reference } from '../../domain/reference.ts';
import type { Actor } from '../../domain/organs/actor.ts';

type IntakeResult =
  | {
      result: 'accepted';
      registrationNo: string;
      caseIds: string[];
      items: string[];
      published: boolean;
      late: boolean;
    }
  | { result: 'duplicate'; registrationNo: string; caseIds: string[]; published: boolean }
  | { result: 'rejected'; registrationNo: string; code: ErrorCode; message: string };

interface Held {
  hashes: string[];
  caseIds: string[];
  /** 发布公示: without a case. */
  published: boolean;
}

interface Row extends Matched {
  /** Handed over after the norm of the registering authority had passed. */
  late: boolean;
  key: string;
  hash: string;
  /** The position in the batch. */
  position: number;
}

/** Other authorities may move enterprises of a batch while it is judged, but not so often. */
const TRIES = 5;

/**
 * Accepts a batch of valid registrations. The same registration again is a duplicate and changes nothing; the same number
 * with other content is a conflict.
 * @returns one result for each input, in order.
 */
export async function acceptRegistrations(
  deps: IntakeDeps,
  actor: Actor,
  inputs: RegistrationInput[],
  importId: string | null = null,
): Promise<IntakeResult[]> {
  for (let tried = 1; ; tried++) {
    try {
      return await acceptKnowing(deps, actor, inputs, importId);
    } catch (error) {
      if (!(error instanceof OutdatedEnterprises) || tried === TRIES) throw error;
    }
  }
}

async function acceptKnowing(
  deps: IntakeDeps,
  actor: Actor,
  inputs: RegistrationInput[],
  importId: string | null,
): Promise<IntakeResult[]> {
  const handover = { actor, importId, now: Date.now() };
  const today = legalDateOf(deps.clock.toLegal(handover.now));
  const isLate = await lateToday(deps.db, inputs, today);
  const known = await registeredEnterprises(
    deps.db,
    inputs.map(({ uscc }) => uscc),
  );
  const refuseForeign = await foreignTo(deps, actor, inputs, { known, today });
  return acceptBatch<RegistrationInput, Row, Held, IntakeResult>(deps.db, inputs, {
    plan(input, position) {
      refuseRegistration(deps.reference, actor, input, today);
      refuseForeign(input);
      const hash = digest(canonicalRegistration(input));
      const matched = matchRegistration(deps.reference, input, today);
      return { key: input.registrationNo, hash, position, ...matched, late: isLate(matched.registeredOn) };
    },
    insert: (tx, rows) => insertRegistrations(tx, deps, handover, rows),
    async follow(tx, inserted) {
      // Restore input order; `inserted` is sorted by key.
      const accepted = inOrderOfEvents(inserted.toSorted((a, b) => a.position - b.position));
      const planned = await insertEffects(tx, deps, { ...handover, known }, accepted);
      return new Map(
        planned.map((row) => [row.key, { hashes: [row.hash], caseIds: caseIdsOf(row), published: row.isPublished }]),
      );
    },
    held: storedRegistrations,
    accepted: ({ key, items, late }, { caseIds, published }) => ({
      result: 'accepted',
      registrationNo: key,
      caseIds,
      items,
      published,
      late,
    }),
    duplicate: ({ key }, { caseIds, published }) => ({ result: 'duplicate', registrationNo: key, caseIds, published }),
    conflict: ({ key }) =>
      new Refusal(
        'registration.conflict',
        `登记编号${key}已有不同内容的登记。变更登记请使用新的登记编号（登记事项填“变更”）`,
      ),
    rejected: ({ registrationNo }, { code, message }) => ({ result: 'rejected', registrationNo, code, message }),
  });
}

/**
 * The norm for the registering authority to hand over what it has registered (第七条第一款), as in force today.
 * @returns whether a registration of that day comes late today.
 */
async function lateToday(
  db: Executor,
  inputs: readonly RegistrationInput[],
  today: LegalDate,
): Promise<(registeredOn: LegalDate) => boolean> {
  // Most are of the day itself: nothing has to be read for them.
  if (inputs.every(({ registeredOn = today }) => registeredOn >= today)) return () => false;
  const calendar = await currentCalendar(db);
  const { workingDays } = await limitInForce(db, 'registration.handOver');
  return (registeredOn) => isHandedOverLate(calendar, workingDays, registeredOn, today);
}

const orNull = (details: RegistrationDetails) => (Object.keys(details).length > 0 ? details : null);

const caseIdsOf = ({ starts }: Planned) => starts.map(({ opened }) => opened.caseId);

async function insertRegistrations(
  tx: Executor,
  { reference, clock }: IntakeDeps,
  { actor, importId, now }: Handover,
  rows: Row[],
): Promise<{ key: string }[]> {
  const acceptedAt = clock.legal(now);
  const values = rows.map((row) => ({
    ...row.input,
    regionCode: row.regionCode,
    registeredOn: row.registeredOn,
    details: orNull(detailsOf(row.input)),
    contact: contactOf(row.input),
    late: row.late,
    published: isPublishedAtOnce(row) ? ('unclaimed' as const) : null,
    contentHash: row.hash,
    catalogueVersion: reference.catalogueVersion,
    importId,
    acceptedAt,
    acceptedBy: actor.username,
  }));
  const written = await tx.execute<{ key: string }>(
    sql`${insertRows(registrations, values)} on conflict do nothing returning registration_no as key`,
  );
  return written.rows;
}

/** @param accepted in the order of events. */
async function insertEffects(
  tx: Executor,
  { reference, clock }: IntakeDeps,
  handover: Handover & { known: ReadonlyMap<string, Registered> },
  accepted: Row[],
): Promise<(Row & Planned)[]> {
  const { actor, now } = handover;
  const hits = accepted.flatMap(({ input, hits: found }) =>
    found.map((hit, position) => ({ ...hit, registrationNo: input.registrationNo, position })),
  );
  for (const rows of chunksOf(hits)) await tx.execute(insertRows(registrationHits, rows));
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
    handover.known,
    clock.legal(now),
  );
  // Read after the enterprises' rows are locked, so that pushes of other batches are visible.
  const events = accepted.filter(({ input }) => input.event !== 'establish');
  const held = await heldPushes(
    tx,
    events.map(({ input }) => input.uscc),
  );
  const planned = planRegistrations(reference, accepted, held, now);
  const later = planned.filter((row) => row.isPublished && !isPublishedAtOnce(row));
  await publishRegistrations(
    tx,
    later.map(({ key }) => key),
  );
  const entries = planned.map((entry) => acceptance(entry, reference, actor, clock.legal(now)));
  await tx.execute(insertRows(auditLog, entries));
  await openCases(
    tx,
    planned.flatMap((entry) => entry.starts),
    clock,
    handover.importId,
  );
  await lapseMootCases(
    tx,
    planned.map(({ input }) => input.uscc),
  );
  return planned;
}

function acceptance(entry: Row & Planned, { catalogueVersion }: Reference, actor: Actor, at: Date) {
  const { input, items, late } = entry;
  return {
    caseId: `registration~${input.registrationNo}`,
    step: 1,
    at,
    ...auditActor(actor),
    action: 'accept',
    before: null,
    after: { event: input.event, items, catalogueVersion, cases: caseIdsOf(entry), ...(late && { late }) },
    article: '第七条第二款',
  };
}

/** Registrations accepted before, with the cases that they opened. */
async function storedRegistrations(tx: Executor, registrationNos: string[]) {
  const { registrationNo, contentHash, published } = registrations;
  const opened = sql<string[]>`coalesce(array_agg(${cases.caseId} order by ${cases.caseId})
    filter (where ${cases.caseId} is not null), '{}')`;
  const rows = await tx
    .select({ key: registrationNo, hash: contentHash, caseIds: opened, standing: published })
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
    .groupBy(registrationNo, contentHash, published);
  return new Map(
    rows.map(({ key, hash, caseIds, standing }) => [key, { hashes: [hash], caseIds, published: standing !== null }]),
  );
}
