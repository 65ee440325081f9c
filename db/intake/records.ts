import { inArray } from 'drizzle-orm';
import type { CaseOpening } from '../../domain/case/case.ts';
import { endOfDay, legalDateOf, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { dueFrom } from '../../domain/clock/declared-day.ts';
import { Refusal, type ErrorCode } from '../../domain/errors.ts';
import { contentOf, sectionOf, type RecordInput, type RecordKey } from '../../domain/publicity/record.ts';
import { kindOfUscc } from '../../domain/registration/registration.ts';
import type { Executor } from '../postgres/client.ts';
import { introduceEnterprises } from './enterprises.ts';
import type { IntakeDeps } from './registrations.ts';
import { auditActor, firstOfEach, openCases } from '../cases/opened.ts';
import { currentCalendar } from '../queries/calendar.ts';
import { findWithdrawn, keyOf, type Withdrawn } from '../queries/withdrawn-records.ts';
import { auditLog, records, recordVersions } from '../schema.ts';
import { contentHash, digest } from '../records/content-hash.ts';
import { openedPublication, type PublicationInput } from '../../domain/case-types/publication/opening.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export type PublicationIntakeResult =
  | { result: 'accepted'; documentNo: string; recordId: string; caseId: string; late: boolean }
  | { result: 'duplicate'; documentNo: string; recordId: string; caseId: string }
  | { result: 'rejected'; documentNo: string; code: ErrorCode; message: string; remedy?: string };

type Rejected = Extract<PublicationIntakeResult, { result: 'rejected' }>;

interface Accepted {
  input: PublicationInput;
  name: string;
  content: Record<string, unknown>;
  hash: string;
  /** Last day of the seven working days. */
  submissionDue: string;
}

/**
 * A record's id is a pure function of whose document it is, and of how often that was withdrawn (撤下) before; document
 * numbers hold whatever characters.
 */
function recordIdOf({ departmentCode, kind, documentNo }: RecordKey, withdrawals: number): string {
  const key = [departmentCode, kind, documentNo, ...(withdrawals > 0 ? [withdrawals] : [])];
  return digest(JSON.stringify(key)).slice(0, 32);
}

/**
 * Accepts a batch of valid records. The same record again is a duplicate and changes nothing; the same document with
 * other content is a conflict: what is published is changed by correction only.
 * @returns one result per input, in order.
 */
export async function acceptRecords(
  deps: IntakeDeps,
  actor: Actor,
  inputs: RecordInput[],
  importId: string | null = null,
): Promise<PublicationIntakeResult[]> {
  const now = Date.now();
  const calendar = await currentCalendar(deps.db);
  const withdrawn = await findWithdrawn(
    deps.db,
    inputs.map(({ documentNo }) => documentNo),
  );
  const planned = inputs.map((input) => plan(deps, { calendar, withdrawn }, actor, input, now));
  const admitted = planned.filter((one) => 'input' in one);
  const fresh = firstOfEach(admitted, ({ input }) => input.recordId);
  const known = await deps.db.transaction(async (tx) => {
    const ordered = [...fresh.values()];
    const inserted = await insertRecords(tx, deps, ordered, importId);
    const accepted = ordered.filter(({ input }) => inserted.has(input.recordId));
    await insertEffects(tx, deps, actor, accepted, now);
    return { inserted, hashes: await storedHashes(tx, [...fresh.keys()]) };
  });
  return planned.map((one) => ('result' in one ? one : resultOf(one, fresh, known)));
}

interface Known {
  inserted: Set<string>;
  /** Of every version that a record has had. */
  hashes: Map<string, Set<string>>;
}

function resultOf(one: Accepted, fresh: Map<string, Accepted>, { inserted, hashes }: Known): PublicationIntakeResult {
  const { recordId, documentNo, late } = one.input;
  const { caseId } = openedPublication(one.input);
  // The first of several equal rows in one batch is the accepted one, the others its duplicates.
  if (inserted.has(recordId) && fresh.get(recordId) === one) {
    return { result: 'accepted', documentNo, recordId, caseId, late };
  }
  if (hashes.get(recordId)?.has(one.hash)) return { result: 'duplicate', documentNo, recordId, caseId };
  const message = `文书号${documentNo}已归集过不同内容的信息`;
  const remedy = '已退回的请更正后重新归集，已公示的请申请更正';
  return { result: 'rejected', documentNo, code: 'record.conflict', message, remedy };
}

function plan(
  { reference, clock }: IntakeDeps,
  { calendar, withdrawn }: { calendar: WorkCalendar; withdrawn: Withdrawn },
  actor: Actor,
  record: RecordInput,
  now: number,
): Accepted | Rejected {
  const { documentNo, kind, generatedOn, uscc, name } = record;
  const reject = (code: ErrorCode, message: string, remedy?: string): Rejected => ({
    result: 'rejected',
    documentNo,
    code,
    message,
    ...(remedy !== undefined && { remedy }),
  });
  const departmentCode = record.departmentCode ?? actor.departmentCode;
  if (departmentCode !== actor.departmentCode && actor.role !== 'platform-administrator') {
    return reject('access.denied', '只能以本部门的名义归集信息', '请由产生该信息的部门提交');
  }
  const department = departmentCode === null ? undefined : reference.departments.get(departmentCode);
  if (!department)
    return reject('department.unknown', '归集部门不存在', '请填写归集部门的代码（见 GET /api/v1/departments）');
  const received = clock.toLegal(now);
  const content = contentOf(record);
  const hash = contentHash(content);
  const key = { departmentCode: department.code, kind, documentNo };
  const before = withdrawn.get(keyOf(key));
  if (before?.hashes.has(hash)) {
    const remedy = '请归集正确的信息；确须恢复公示原内容的，请在备注中说明';
    return reject('record.withdrawn', `文书号${documentNo}的这一内容已撤下，不能原样再次归集`, remedy);
  }
  try {
    const generated = { title: '信息产生日期', day: generatedOn };
    const submissionDue = dueFrom(calendar, legalDateOf(received), generated, 'publication.submission');
    const input: PublicationInput = {
      recordId: recordIdOf(key, before?.recordIds.size ?? 0),
      kind,
      section: sectionOf(record),
      documentNo,
      uscc,
      departmentCode: department.code,
      regionCode: department.regionCode,
      generatedOn,
      receivedAt: now,
      late: received >= endOfDay(submissionDue),
    };
    return { input, name, content, hash, submissionDue };
  } catch (error) {
    // A day to come or before every calendar: this row's fault, not the file's.
    if (error instanceof Refusal) return reject(error.code, error.message, error.remedy);
    throw error;
  }
}

async function insertRecords(
  tx: Executor,
  { clock }: IntakeDeps,
  entries: Accepted[],
  importId: string | null,
): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const rows = entries.map(({ input }) => {
    const { recordId, kind, documentNo, uscc, departmentCode, regionCode, generatedOn, section } = input;
    const receivedAt = clock.legal(input.receivedAt);
    const identity = { recordId, kind, documentNo, uscc, departmentCode, regionCode };
    return { ...identity, generatedOn, section, receivedAt, version: 1, importId };
  });
  const written = await tx.insert(records).values(rows).onConflictDoNothing().returning({ recordId: records.recordId });
  return new Set(written.map((row) => row.recordId));
}

async function insertEffects(
  tx: Executor,
  { reference, clock }: IntakeDeps,
  actor: Actor,
  accepted: Accepted[],
  now: number,
): Promise<void> {
  if (accepted.length === 0) return;
  const { legal } = clock;
  const starts = accepted.map(({ input }): CaseOpening => ({
    workflow: 'publication',
    opened: openedPublication(input),
    input,
  }));
  await tx.insert(recordVersions).values(
    accepted.map(({ input, content, hash }, index) => ({
      recordId: input.recordId,
      version: 1,
      content,
      contentHash: hash,
      submittedBy: actor.username,
      caseId: starts[index]!.opened.caseId,
    })),
  );
  const mentioned = accepted.map(({ input: { uscc, regionCode }, name }) => ({
    uscc,
    name,
    kind: kindOfUscc(uscc),
    regionCode: reference.regions.resolve(uscc.slice(2, 8))?.code ?? regionCode,
  }));
  await introduceEnterprises(tx, mentioned, legal(now));
  await openCases(tx, starts, legal);
  await tx.insert(auditLog).values(
    accepted.map(({ input, submissionDue }, index) => ({
      caseId: `record~${input.recordId}`,
      step: 1,
      at: legal(now),
      ...auditActor(actor),
      action: 'accept',
      before: null,
      after: { late: input.late, submissionDue, cases: [starts[index]!.opened.caseId] },
      article: '第五条第一款',
    })),
  );
}

async function storedHashes(tx: Executor, recordIds: string[]): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  if (recordIds.length === 0) return found;
  const rows = await tx
    .select({ recordId: recordVersions.recordId, hash: recordVersions.contentHash })
    .from(recordVersions)
    .where(inArray(recordVersions.recordId, recordIds));
  for (const { recordId, hash } of rows) found.set(recordId, (found.get(recordId) ?? new Set()).add(hash));
  return found;
}
