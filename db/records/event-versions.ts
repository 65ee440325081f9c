/**
 * Events of records (变更、延续……) as versions. An event says only what it changes, so that several of one record do not undo
 * each other in whatever order they are published: its content is composed from what is shown at that time.
 */
import { and, eq, isNotNull } from 'drizzle-orm';
import { legalDateOf, type LegalDate } from '../../domain/clock/calendar.ts';
import { refuseBarred } from '../../domain/case-types/publication/plan.ts';
import type { PublicationFacts } from '../../domain/case-types/publication/opening.ts';
import { Refusal } from '../../domain/errors.ts';
import { canonicalText } from '../../domain/fields.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import type { Department } from '../../domain/organs/departments.ts';
import {
  eventsFor,
  explainedContent,
  fitOf,
  IDENTITY,
  withChanges,
  type StoredEvent,
} from '../../domain/publicity/record-events.ts';
import { storedEvent, type RecordEventInput } from '../../domain/publicity/record-event-body.ts';
import { documentNumber } from '../../domain/publicity/document-no.ts';
import { contentOf, recordInputSchema } from '../../domain/publicity/record.ts';
import { RECORD_FIELDS, type RecordKind } from '../../domain/publicity/record-fields.ts';
import { repairableFrom } from '../../domain/rule-sets/penalty-publicity.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { findVersion } from '../queries/records.ts';
import { recordVersions } from '../schema.ts';
import { contentHash } from './content-hash.ts';
import {
  lockRecord,
  shownVersion,
  writeVersion,
  type RecordRow,
  type Resubmission,
  type VersionRow,
} from './versions.ts';

/** The events of a record that were published, in no order. */
async function publishedEvents(tx: Executor, recordId: string): Promise<StoredEvent[]> {
  const { event, shownFrom } = recordVersions;
  const rows = await tx
    .select({ event })
    .from(recordVersions)
    .where(and(eq(recordVersions.recordId, recordId), isNotNull(event), isNotNull(shownFrom)));
  return rows.flatMap((row) => row.event ?? []);
}

/**
 * A version's content at its publication. The record must be locked.
 * @param shown the version that is shown until then.
 * @returns undefined for an event of a record that was withdrawn, or that another event has ended.
 */
export async function contentAsShown(
  tx: Executor,
  record: Pick<RecordRow, 'recordId' | 'kind' | 'withdrawnAt'>,
  { content, event }: Pick<VersionRow, 'content' | 'event'>,
  shown: VersionRow | undefined,
): Promise<Record<string, unknown> | undefined> {
  if (!event) return content;
  const past = await publishedEvents(tx, record.recordId);
  if (!shown || !isFitting(record, event, past)) return undefined;
  // What a later decision has set stays, although it was published earlier.
  const later = past.filter(({ decidedOn }) => decidedOn > event.decidedOn);
  const settled = new Set(later.flatMap(({ changes }) => Object.keys(changes)));
  return composed(record.kind, shown.content, event, settled);
}

function composed(
  kind: RecordKind,
  shown: Record<string, unknown>,
  event: StoredEvent,
  settled?: ReadonlySet<string>,
): Record<string, unknown> {
  const { outcome } = fitOf(kind, event.event, []);
  return outcome === 'explained' ? explainedContent(shown) : withChanges(shown, event.changes, settled);
}

const isFitting = (
  { kind, withdrawnAt }: Pick<RecordRow, 'kind' | 'withdrawnAt'>,
  { event }: StoredEvent,
  past: readonly StoredEvent[],
): boolean =>
  withdrawnAt === null &&
  eventsFor(
    kind,
    past.map((one) => one.event),
  ).includes(event);

/** By whom and when an event is judged. */
export interface EventContext {
  department: Pick<Department, 'sector'>;
  today: LegalDate;
}

interface EventDraft {
  event: StoredEvent;
  content: Record<string, unknown>;
  contentHash: string;
}

/** The hash by which a repeated event is told from another one under the same document number. */
const hashOfEvent = ({ changes, ...event }: StoredEvent): string =>
  contentHash({ ...event, changes: canonicalText(changes) });

/**
 * Composes an event's version from what is shown now. The record must be locked.
 * @throws Refusal record.withdrawn, record.unpublished, record.event-unfit, record.not-publishable, input.invalid
 */
export async function draftOfEvent(
  tx: Executor,
  record: RecordRow,
  input: RecordEventInput,
  { department, today }: EventContext,
): Promise<EventDraft> {
  const shown = await shownContent(tx, record);
  const past = await publishedEvents(tx, record.recordId);
  const { outcome, article } = fitOf(
    record.kind,
    input.event,
    past.map(({ event }) => event),
  );
  if (input.decidedOn < record.generatedOn) {
    throw invalid(
      `变动决定日期（${input.decidedOn}）早于原决定日期（${record.generatedOn}）`,
      '请核对变动决定日期',
      article,
    );
  }
  if (input.event === 'repair') refuseEarlyRepair(record, shown, input.decidedOn, today);
  refuseOtherFields(record.kind, input);
  if (input.event === 'renew') refuseShorter(shown, input);
  const stored = storedEvent(record.kind, input);
  if (outcome !== 'shown') {
    return { event: stored, content: composed(record.kind, shown, stored), contentHash: hashOfEvent(stored) };
  }
  const content = checkedContent(withChanges(shown, stored.changes), article);
  refuseBarred(department, { ...content, kind: record.kind }, today);
  if (input.event === 'change' && contentHash(content) === contentHash(shown)) {
    throw invalid('变更后的内容与现在公示的内容相同', '请核对变更的内容', article);
  }
  // As the schema has read them: 2026/1/2 is 2026-01-02.
  const changes = Object.fromEntries(
    Object.keys(stored.changes).map((field) => [field, (content[field] ?? null) as string | number | null]),
  );
  const event = { ...stored, changes };
  return { event, content, contentHash: hashOfEvent(event) };
}

/** Whether the same event was sent again. Its values are compared as the record's schema reads them. */
export function isSameEvent(
  kind: RecordKind,
  { event, content }: Pick<VersionRow, 'event' | 'content'>,
  input: RecordEventInput,
): boolean {
  if (!event) return false;
  const [{ changes: before, ...was }, { changes, ...is }] = [event, storedEvent(kind, input)];
  const isAlike = contentHash(was) === contentHash(is);
  if (!isAlike || Object.keys(before).sort().join() !== Object.keys(changes).sort().join()) return false;
  if (fitOf(kind, event.event, []).outcome !== 'shown') return true;
  const parsed = recordInputSchema.safeParse(withChanges(content, changes));
  const read: Record<string, unknown> = parsed.success ? contentOf(parsed.data) : {};
  return parsed.success && Object.keys(changes).every((field) => (read[field] ?? null) === before[field]);
}

const invalid = (message: string, remedy: string, article: string) =>
  new Refusal('input.invalid', message, { remedy, article });

/** @throws Refusal record.withdrawn, record.unpublished */
async function shownContent(tx: Executor, record: RecordRow): Promise<Record<string, unknown>> {
  if (record.withdrawnAt) {
    throw new Refusal('record.withdrawn', '该信息已撤下，不再公示', {
      remedy: '请归集正确的信息，变动以其为准',
      article: '第十八条',
    });
  }
  const shown = await shownVersion(tx, record.recordId);
  if (shown) return shown.content;
  throw new Refusal('record.unpublished', '该信息尚未公示，没有可以变动的内容', {
    remedy: '请由登记机关退回，按变动后的情况更正后重新归集',
    article: '第五条第一款',
  });
}

/** 最短公示期满后方可修复. @throws Refusal record.event-unfit */
function refuseEarlyRepair(
  { publishedAt }: RecordRow,
  shown: Record<string, unknown>,
  decidedOn: LegalDate,
  today: LegalDate,
): void {
  const publishedOn = legalDateOf(publishedAt?.getTime() ?? 0);
  const least = repairableFrom(shown, publishedOn, today);
  if (!least || decidedOn > least.after) return;
  throw new Refusal('record.event-unfit', `最短公示期为${least.months}个月，至${least.after}届满，此前不能修复`, {
    remedy: '请在最短公示期满后决定修复',
    article: least.basis,
  });
}

/** @throws Refusal input.invalid for a change of what identifies the record, or of a field that it does not have. */
function refuseOtherFields(kind: RecordKind, { changes = {} }: RecordEventInput): void {
  const known = new Set<string>(RECORD_FIELDS[kind].map(({ field }) => field));
  const names = Object.keys(changes);
  const fixed = names.filter((field) => IDENTITY.has(field));
  if (fixed.length > 0) {
    throw invalid(`变更不能更改${fixed.join('、')}`, '文书号或企业有误的，请申请撤下，再归集正确的信息', '第六条');
  }
  const unknown = names.filter((field) => !known.has(field));
  if (unknown.length > 0) throw invalid(`没有字段${unknown.join('、')}`, '请按归集接口的字段名填写', '第六条');
}

/** @throws Refusal input.invalid */
function refuseShorter({ validUntil }: Record<string, unknown>, input: RecordEventInput): void {
  if (typeof validUntil !== 'string' || (input.validUntil ?? '') > validUntil) return;
  throw invalid(
    `延续后的有效期至（${input.validUntil}）不晚于现有效期至（${validUntil}）`,
    '请核对延续的期限',
    '行政许可法第五十条',
  );
}

/** @throws Refusal input.invalid if the content would be none that a record can have. */
function checkedContent(content: Record<string, unknown>, article: string): Record<string, unknown> {
  const parsed = recordInputSchema.safeParse(content);
  if (parsed.success) return contentOf(parsed.data);
  throw invalid(parsed.error.issues.map(({ message }) => message).join('；'), '请更正变动的内容', article);
}

/**
 * Stores a corrected event as a new version. Which event it is, its document and its day cannot change: the case and its
 * limits are of that event.
 * @returns the version's number.
 * @throws Refusal record.identity-changed, and those of draftOfEvent.
 */
export async function addEventVersion(
  db: Database,
  actor: Actor,
  { recordId, caseId, returned }: Resubmission,
  input: RecordEventInput,
  context: EventContext,
): Promise<number> {
  return db.transaction(async (tx) => {
    const record = await lockRecord(tx, recordId);
    refuseAnotherEvent((await findVersion(tx, recordId, returned))?.event, input);
    const draft = await draftOfEvent(tx, record, input, context);
    const version = { ...draft, submittedBy: actor.username, caseId };
    return writeVersion(tx, record, version, ({ version: latest }) => latest > returned);
  });
}

function refuseAnotherEvent(before: StoredEvent | null | undefined, input: RecordEventInput): void {
  const differs = [
    before?.event !== input.event && '变动',
    documentNumber(before?.documentNo ?? '') !== documentNumber(input.documentNo) && '文书号',
    before?.decidedOn !== input.decidedOn && '决定日期',
  ].filter((field) => field !== false);
  if (differs.length === 0) return;
  throw new Refusal('record.identity-changed', `重新归集不能更改${differs.join('、')}`, {
    remedy: '请保持与原归集的变动一致；有误的，请另行归集正确的变动',
    article: '第五条第一款',
  });
}

/** Whether an event's publication would show nothing. */
async function isMoot(db: Database, { recordId = '', version }: PublicationFacts): Promise<boolean> {
  return db.transaction(async (tx) => {
    const record = await lockRecord(tx, recordId);
    const about = await findVersion(tx, recordId, version);
    return !!about?.event && !isFitting(record, about.event, await publishedEvents(tx, recordId));
  });
}

/** For publishing an event. @throws Refusal record.event-unfit */
export async function refuseMoot(db: Database, facts: PublicationFacts): Promise<void> {
  if (facts.event === undefined || !(await isMoot(db, facts))) return;
  throw new Refusal('record.event-unfit', '该信息已撤下或已另行变动，本变动不能再公示', {
    remedy: '请由归集部门以“已另行变动”办结本件',
    article: '第五条第一款',
  });
}

/** For closing an event's case without publishing it. @throws Refusal transition.refused */
export async function refuseStanding(db: Database, facts: PublicationFacts): Promise<void> {
  if (await isMoot(db, facts)) return;
  throw new Refusal('transition.refused', '该信息没有撤下，也没有另行变动，本变动应当公示', {
    remedy: '请待登记机关公示；内容有误的，退回后更正',
    article: '第五条第一款',
  });
}
