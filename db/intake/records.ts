/** 信息归集 intake (第五条第一款). */
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { CaseOpening } from '../../domain/case/case.ts';
import { endOfDay, legalDateOf, type WorkCalendar } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { Refusal, type ErrorCode } from '../../domain/errors.ts';
import { contentOf, sectionOf, type RecordInput, type RecordKey } from '../../domain/publicity/record.ts';
import { kindOfUscc, regionOfCode } from '../../domain/registration/registration.ts';
import type { Executor } from '../postgres/client.ts';
import { insertRows } from '../postgres/insert-rows.ts';
import { acceptBatch, type Handover, type IntakeDeps } from './batch.ts';
import { asOnRecord } from './document-numbers.ts';
import { introduceEnterprises } from './enterprises.ts';
import { auditActor } from '../cases/audit-actor.ts';
import { openCases } from '../cases/opened.ts';
import { tellLater } from '../cases/told.ts';
import { currentCalendar } from '../queries/calendar.ts';
import { internalReviewers } from '../queries/department-settings.ts';
import { findWithdrawn, keyOf, type Withdrawn } from '../queries/withdrawn-records.ts';
import { auditLog, cases, records, recordVersions } from '../schema.ts';
import { contentHash, digest } from '../records/content-hash.ts';
import { openedPublication, type PublicationInput } from '../../domain/case-types/publication/opening.ts';
import { refuseBarred, submissionTerm, submittingDepartment } from '../../domain/case-types/publication/plan.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export type PublicationIntakeResult =
  | { result: 'accepted'; documentNo: string; recordId: string; caseId: string; stage: string; late: boolean }
  | { result: 'duplicate'; documentNo: string; recordId: string; caseId: string }
  | { result: 'rejected'; documentNo: string; code: ErrorCode; message: string; remedy?: string; article?: string };

/** A record as it is planned: what is written when it is accepted. */
export interface RecordRow {
  key: string;
  hash: string;
  input: PublicationInput;
  name: string;
  /** Where the enterprise is, as far as its code tells. */
  enterpriseRegion: string;
  content: Record<string, unknown>;
  /** The last of the seven working days. */
  submissionDue: string;
}

interface Held {
  /** Hashes of every version that the record has had. */
  hashes: string[];
}

/**
 * A record's id is a pure function of department, kind, document number and the count of earlier withdrawals (撤下).
 * Document numbers may hold any characters.
 */
export function recordIdOf({ departmentCode, kind, documentNo }: RecordKey, withdrawals: number): string {
  const key = [departmentCode, kind, documentNo, ...(withdrawals > 0 ? [withdrawals] : [])];
  return digest(JSON.stringify(key)).slice(0, 32);
}

/**
 * Accepts a batch of valid records. The same record again is a duplicate and changes nothing. The same document with
 * other content is a conflict: published content changes by correction only.
 * @returns one result for each input, in order.
 */
export async function acceptRecords(
  deps: IntakeDeps,
  actor: Actor,
  sent: RecordInput[],
  importId: string | null = null,
): Promise<PublicationIntakeResult[]> {
  const inputs = await asRecorded(deps.db, actor, sent);
  const handover = { actor, importId, now: Date.now() };
  const known = await knownOf(deps.db, actor, inputs);
  return acceptBatch<RecordInput, RecordRow, Held, PublicationIntakeResult>(deps.db, inputs, {
    plan: (record) => plan(deps, known, handover, record),
    insert: (tx, rows) => insertRecords(tx, deps.clock, handover, rows),
    async follow(tx, inserted) {
      await insertEffects(tx, deps.clock, handover, inserted);
      return new Map(inserted.map(({ key, hash }) => [key, { hashes: [hash] }]));
    },
    held: storedHashes,
    accepted: ({ input }) => ({
      result: 'accepted',
      ...named(input),
      stage: openedPublication(input).stage,
      late: input.late,
    }),
    duplicate: ({ input }) => ({ result: 'duplicate', ...named(input) }),
    conflict: ({ input }) => conflictOf(input.documentNo),
    rejected: ({ documentNo }, { code, message, remedy, article }) => ({
      result: 'rejected',
      documentNo,
      code,
      message,
      ...(remedy !== undefined && { remedy }),
      ...(article !== undefined && { article }),
    }),
  });
}

/** Records with their numbers as they are on record: of the first of a document, withdrawn or not, the key tells the id. */
const asRecorded = (db: Executor, actor: Actor, rows: readonly RecordInput[]): Promise<RecordInput[]> =>
  asOnRecord(db, records.recordId, rows, ({ departmentCode = actor.departmentCode ?? '', kind, documentNo }) =>
    recordIdOf({ departmentCode, kind, documentNo }, 0),
  );

const conflictOf = (documentNo: string) =>
  new Refusal('record.conflict', `文书号${documentNo}已归集过不同内容的信息`, {
    remedy: '已退回的请更正后重新归集，已公示的请申请更正',
  });

/** What the plans of records depend on. */
interface Known {
  calendar: WorkCalendar;
  withdrawn: Withdrawn;
  /** Departments in which a second person reviews. */
  reviewing: ReadonlySet<string>;
}

async function knownOf(db: Executor, actor: Actor, inputs: readonly RecordInput[]): Promise<Known> {
  const documentNos = inputs.map(({ documentNo }) => documentNo);
  const codes = inputs.flatMap(({ departmentCode }) => departmentCode ?? actor.departmentCode ?? []);
  return {
    calendar: await currentCalendar(db),
    withdrawn: await findWithdrawn(db, documentNos),
    reviewing: await internalReviewers(db, codes),
  };
}

/**
 * Plans one record without writing it, and says what is held of its document.
 * @throws Refusal as acceptRecords answers, also record.conflict.
 */
export async function planRecord(deps: IntakeDeps, actor: Actor, sent: RecordInput) {
  const [record = sent] = await asRecorded(deps.db, actor, [sent]);
  const row = plan(deps, await knownOf(deps.db, actor, [record]), { actor, importId: null, now: Date.now() }, record);
  const held = (await storedHashes(deps.db, [row.key])).get(row.key);
  if (held && !held.hashes.includes(row.hash)) throw conflictOf(record.documentNo);
  return { row, isHeld: held !== undefined };
}

/** Writes a planned record, received now. Does nothing where the document came meanwhile. */
export async function acceptPlanned(
  tx: Executor,
  clock: Clock,
  handover: Omit<Handover, 'importId'>,
  planned: RecordRow,
): Promise<void> {
  const late = clock.toLegal(handover.now) >= endOfDay(planned.submissionDue);
  const row = { ...planned, input: { ...planned.input, receivedAt: handover.now, late } };
  const own = { ...handover, importId: null };
  const inserted = await insertRecords(tx, clock, own, [row]);
  if (inserted.length > 0) await insertEffects(tx, clock, own, [row]);
}

function named(input: PublicationInput) {
  const { documentNo, recordId } = input;
  return { documentNo, recordId, caseId: openedPublication(input).caseId };
}

/** @throws Refusal access.denied, department.unknown, record.withdrawn, record.not-publishable; also if the term cannot be counted from the day. */
function plan(
  { reference, clock }: IntakeDeps,
  { calendar, withdrawn, reviewing }: Known,
  { actor, now }: Handover,
  record: RecordInput,
): RecordRow {
  const { documentNo, kind, generatedOn, uscc, name } = record;
  const department = submittingDepartment(reference, actor, record);
  const { code: departmentCode, regionCode } = department;
  refuseBarred(department, record, legalDateOf(clock.toLegal(now)));
  const content = contentOf(record);
  const hash = contentHash(content);
  const key = { departmentCode, kind, documentNo };
  const before = withdrawn.get(keyOf(key));
  if (before?.hashes.has(hash)) {
    throw new Refusal('record.withdrawn', `文书号${documentNo}的这一内容已撤下，不能原样再次归集`, {
      remedy: '请归集正确的信息；确须恢复公示原内容的，请在备注中说明',
    });
  }
  const { submissionDue, late } = submissionTerm(calendar, generatedOn, clock.toLegal(now));
  const recordId = recordIdOf(key, before?.recordIds.size ?? 0);
  const input: PublicationInput = {
    recordId,
    kind,
    section: sectionOf(record),
    documentNo,
    uscc,
    departmentCode,
    regionCode,
    generatedOn,
    receivedAt: now,
    late,
    ...(reviewing.has(departmentCode) && { reviewOf: actor.username }),
  };
  const enterpriseRegion = reference.regions.resolve(regionOfCode(uscc))?.code ?? regionCode;
  return { key: recordId, hash, input, name, enterpriseRegion, content, submissionDue };
}

async function insertRecords(
  tx: Executor,
  clock: Clock,
  { importId }: Pick<Handover, 'importId'>,
  rows: RecordRow[],
): Promise<{ key: string }[]> {
  const values = rows.map(({ input }) => {
    const { recordId, kind, documentNo, uscc, departmentCode, regionCode, generatedOn, section } = input;
    // What its department still reviews has not arrived.
    const receivedAt = input.reviewOf === undefined ? clock.legal(input.receivedAt) : null;
    const identity = { recordId, kind, documentNo, uscc, departmentCode, regionCode };
    return { ...identity, generatedOn, section, receivedAt, version: 1, importId };
  });
  const written = await tx.execute<{ key: string }>(
    sql`${insertRows(records, values)} on conflict do nothing returning record_id as key`,
  );
  return written.rows;
}

async function insertEffects(
  tx: Executor,
  clock: Clock,
  handover: Handover,
  accepted: readonly RecordRow[],
): Promise<void> {
  const { actor, now } = handover;
  const { legal } = clock;
  const starts = accepted.map(({ input }): CaseOpening => ({
    workflow: 'publication',
    opened: openedPublication(input),
    input,
  }));
  const versions = accepted.map(({ input, content, hash }, index) => ({
    recordId: input.recordId,
    version: 1,
    content,
    contentHash: hash,
    submittedBy: actor.username,
    caseId: starts[index]!.opened.caseId,
    takenUpAt: legal(now),
  }));
  await tx.execute(insertRows(recordVersions, versions));
  const mentioned = accepted.map(({ input: { uscc }, name, enterpriseRegion: regionCode }) => ({
    uscc,
    name,
    kind: kindOfUscc(uscc),
    regionCode,
  }));
  await introduceEnterprises(tx, mentioned, legal(now));
  const entries = accepted.map(({ input, submissionDue }, index) => ({
    caseId: `record~${input.recordId}`,
    step: 1,
    at: legal(now),
    ...auditActor(actor),
    action: 'accept',
    before: null,
    after: { late: input.late, submissionDue, cases: [starts[index]!.opened.caseId] },
    article: '第五条第一款',
  }));
  await tx.execute(insertRows(auditLog, entries));
  await openCases(tx, starts, clock, handover.importId);
  await tellPushes(
    tx,
    // What its department still reviews has not arrived (activities/records.ts tells of it then).
    accepted.map(({ input }) => input).filter(({ reviewOf }) => reviewOf === undefined),
  );
}

type Arrived = Pick<PublicationInput, 'recordId' | 'uscc' | 'departmentCode' | 'generatedOn'>;

/** Departments' open pushes learn that what they were to bring onto the platform is there (第七条第三款). */
export async function tellPushes(tx: Executor, arrived: readonly Arrived[]): Promise<void> {
  if (arrived.length === 0) return;
  const { caseId, caseType, status, uscc, departmentCode } = cases;
  const concerned = inArray(
    uscc,
    arrived.map((one) => one.uscc),
  );
  const pushes = await tx
    .select({ caseId, uscc, departmentCode })
    .from(cases)
    .where(and(concerned, eq(caseType, 'registrationPush'), eq(status, 'open')));
  const told = arrived.flatMap(({ recordId, generatedOn, ...record }) =>
    pushes
      .filter((push) => push.uscc === record.uscc && push.departmentCode === record.departmentCode)
      .map((push) => ({ caseId: push.caseId, signal: 'recordAggregated', args: [recordId, generatedOn] })),
  );
  await tellLater(tx, told);
}

async function storedHashes(tx: Executor, recordIds: string[]): Promise<Map<string, Held>> {
  const rows = await tx
    .select({ recordId: recordVersions.recordId, hash: recordVersions.contentHash })
    .from(recordVersions)
    .where(and(inArray(recordVersions.recordId, recordIds), isNotNull(recordVersions.takenUpAt)));
  const found = new Map<string, Held>();
  for (const { recordId, hash } of rows) {
    const known = found.get(recordId);
    if (known) known.hashes.push(hash);
    else found.set(recordId, { hashes: [hash] });
  }
  return found;
}
