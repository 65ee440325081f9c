/**
 * Events of published records (第五条第一款): the version, its case and the case's start in one transaction. Each document has one
 * case for each event of a record; sending it again changes nothing.
 */
import { eq } from 'drizzle-orm';
import type { Account } from '../queries/accounts.ts';
import { findVersion, findRecord, isOwn } from '../queries/records.ts';
import { internalReviewers } from '../queries/department-settings.ts';
import { currentCalendar } from '../queries/calendar.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { openedPublication, type PublicationInput } from '../../domain/case-types/publication/opening.ts';
import { submissionTerm } from '../../domain/case-types/publication/plan.ts';
import { publicationId } from '../../domain/case/id.ts';
import { Refusal } from '../../domain/errors.ts';
import { FITTING } from '../../domain/publicity/record-events.ts';
import type { RecordEventInput } from '../../domain/publicity/record-event-body.ts';
import { openOnce } from '../cases/opened.ts';
import { digest } from '../records/content-hash.ts';
import { draftOfEvent, isSameEvent } from '../records/event-versions.ts';
import { lockRecord, writeVersion, type RecordRow } from '../records/versions.ts';
import type { Executor } from '../postgres/client.ts';
import { cases } from '../schema.ts';
import type { IntakeDeps } from './batch.ts';
import { asOnRecord } from './document-numbers.ts';

export interface AcceptedEvent {
  result: 'accepted' | 'duplicate';
  recordId: string;
  caseId: string;
  stage: string;
  late: boolean;
}

/** Document numbers may hold any characters, ids may not. */
const eventIdOf = ({ event, documentNo }: RecordEventInput): string =>
  digest(JSON.stringify([event, documentNo])).slice(0, 16);

/**
 * Accepts an event of a record of the actor's department. The seven and the twenty days run from the event's own decision.
 * @throws Refusal resource.not-found, access.denied, record.event-exists, calendar.insufficient, and those of draftOfEvent.
 */
export async function acceptRecordEvent(
  { db, reference, clock }: IntakeDeps,
  actor: Account,
  recordId: string,
  sent: RecordEventInput,
): Promise<AcceptedEvent> {
  const found = await ownRecord(db, actor, recordId);
  const input = await asRecorded(db, recordId, sent);
  const now = Date.now();
  const today = legalDateOf(clock.toLegal(now));
  const { late } = submissionTerm(await currentCalendar(db), input.decidedOn, clock.toLegal(now));
  const eventId = eventIdOf(input);
  const department = reference.departments.get(found.departmentCode) ?? { sector: '' };
  return db.transaction(async (tx) => {
    const record = await lockRecord(tx, recordId);
    const known = await acceptedBefore(tx, record, eventId, input);
    if (known) return known;
    const draft = await draftOfEvent(tx, record, input, { department, today });
    const version = record.version + 1;
    const reviewed = (await internalReviewers(tx, [record.departmentCode])).has(record.departmentCode);
    const { withdrawsDecision = false } = FITTING[record.kind][input.event] ?? {};
    const { kind, section, uscc, departmentCode, regionCode } = record;
    const start: PublicationInput = {
      recordId,
      kind,
      section,
      documentNo: input.documentNo,
      uscc,
      departmentCode,
      regionCode,
      generatedOn: input.decidedOn,
      receivedAt: now,
      late,
      event: { event: input.event, eventId, version, withdrawsDecision },
      ...(reviewed && { reviewOf: actor.username }),
    };
    const opened = openedPublication(start);
    const { caseId, stage } = opened;
    const added = { ...draft, submittedBy: actor.username, caseId, takenUpAt: clock.legal(now) };
    await writeVersion(tx, record, added, () => false);
    await openOnce(tx, {
      start: { workflow: 'publication', opened, input: start },
      kept: {},
      action: 'submitEvent',
      actor,
      article: '第五条第一款',
      clock,
    });
    return { result: 'accepted', recordId, caseId, stage, late };
  });
}

/** The event with its number as it is on record. */
async function asRecorded(db: Executor, recordId: string, sent: RecordEventInput): Promise<RecordEventInput> {
  const idOf = (event: RecordEventInput) => publicationId(recordId, eventIdOf(event));
  const [input = sent] = await asOnRecord(db, cases.caseId, [sent], idOf);
  return input;
}

/** @throws Refusal resource.not-found, access.denied */
async function ownRecord(db: Executor, actor: Account, recordId: string): Promise<RecordRow> {
  const record = await findRecord(db, recordId);
  if (record && record.departmentCode === actor.departmentCode) return record;
  if (record && (record.publishedAt || isOwn(actor, record))) {
    throw new Refusal('access.denied', '只能由归集该信息的部门归集其变动', {
      remedy: '请由作出变动决定、归集该信息的部门办理',
      article: '第十九条第一款',
    });
  }
  throw new Refusal('resource.not-found', '没有这条信息，或尚未公示', { remedy: '请核对信息编号' });
}

/** The same event again finds its case. @throws Refusal record.event-exists for other content under its document. */
async function acceptedBefore(
  tx: Executor,
  { recordId, kind }: RecordRow,
  eventId: string,
  input: RecordEventInput,
): Promise<AcceptedEvent | undefined> {
  const caseId = publicationId(recordId, eventId);
  const [row] = await tx.select().from(cases).where(eq(cases.caseId, caseId));
  if (!row) return undefined;
  const first = await findVersion(tx, recordId, Number((row.input as PublicationInput).event?.version));
  const latest = await findVersion(tx, recordId, Number(row.facts['version']));
  if ([first, latest].some((version) => version && isSameEvent(kind, version, input))) {
    return { result: 'duplicate', recordId, caseId, stage: row.stage, late: row.facts['late'] === true };
  }
  throw new Refusal('record.event-exists', `文书号${input.documentNo}已归集过不同内容的变动`, {
    remedy: '已退回的请更正后重新归集，已公示的请申请更正',
    article: '第五条第一款',
  });
}
