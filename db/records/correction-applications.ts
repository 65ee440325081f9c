/**
 * Written applications for corrections (第十八条); each is a version of its record. Every application is made against what is
 * shown, and while one is under review no other may be made for the same record.
 * The latest version that a step took up is the application that counts, and it is judged under the record's lock. An
 * application can be overtaken: another was made while its case was still at an earlier stage in the database. An
 * overtaken application is neither reviewed nor carried out, but sent back to be made anew.
 */
import { eq } from 'drizzle-orm';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { dueFrom } from '../../domain/clock/declared-day.ts';
import { Refusal } from '../../domain/errors.ts';
import { FITTING, RECORD_EVENTS } from '../../domain/publicity/record-events.ts';
import type { RecordInput } from '../../domain/publicity/record.ts';
import { takeUp } from '../cases/attachments.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { currentCalendar } from '../queries/calendar.ts';
import { findVersion } from '../queries/records.ts';
import {
  draftOf,
  latestTakenUp,
  lockRecord,
  refuseAnother,
  shownVersion,
  writeVersion,
  type RecordRow,
  type VersionRow,
} from './versions.ts';
import { cases } from '../schema.ts';
import { contentHash } from './content-hash.ts';
import type { CorrectionFacts } from '../../domain/case-types/correction/opening.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const ARTICLE = '第十八条';
const CONCLUDE = '如反映的错误已由另一件更正改正，请本部门负责人以“已另案更正”办结本件';

export interface ApplicationDeps {
  db: Database;
  clock: Clock;
}

interface Application {
  recordId: string;
  caseId: string;
  /** Written materials; they come with the application or not at all. */
  attachmentIds: readonly string[];
}

/**
 * Stores the corrected content as the record's next version. The day of generation may be corrected, too: what is shown
 * and which party used which days follow the new day. Whether the publication kept its limits was decided by the day
 * declared then.
 * @returns the version's number.
 * @throws Refusal correction.pending, correction.unchanged, record.withdrawn, record.identity-changed,
 * attachment.unknown, attachment.refused; input.invalid and calendar.insufficient for a day of generation that no record
 * can have.
 */
export async function applyForContent(
  { db, clock }: ApplicationDeps,
  actor: Actor,
  application: Application,
  input: RecordInput,
): Promise<number> {
  const { recordId, caseId } = application;
  const draft = { ...draftOf(input), submittedBy: actor.username, caseId };
  const today = legalDateOf(clock.toLegal(Date.now()));
  const declared = { title: '信息产生日期', day: input.generatedOn };
  dueFrom(await currentCalendar(db), today, declared, 'publication.publication');
  return db.transaction(async (tx) => {
    const record = await lockForApplication(tx, application, actor);
    refuseAnother(record, input, '请保持与原信息一致；文书号或企业有误的，请申请撤下，再归集正确的信息');
    const shown = await shownVersion(tx, recordId);
    refuseEnded(record, shown);
    if (shown?.contentHash === draft.contentHash) {
      throw new Refusal('correction.unchanged', '申请的内容与现在公示的内容相同', {
        remedy: `请核对更正后的内容；${CONCLUDE}`,
        article: ARTICLE,
      });
    }
    return writeVersion(tx, record, draft, ({ shownFrom }) => shownFrom === null);
  });
}

/** What an event has ended is not shown again by a correction. @throws Refusal record.event-unfit */
function refuseEnded({ kind }: RecordRow, shown: VersionRow | undefined): void {
  const event = shown?.event?.event;
  if (!event || FITTING[kind][event]?.outcome === 'shown') return;
  throw new Refusal('record.event-unfit', `该信息已${RECORD_EVENTS[event]}，原内容不再公示，不能更正`, {
    remedy: '连变动也不应公示的，请申请撤下',
    article: ARTICLE,
  });
}

/**
 * Applies for 撤下 instead of other content.
 * @returns the application's number among the record's versions.
 * @throws Refusal correction.pending, record.withdrawn, attachment.unknown, attachment.refused
 */
export async function applyForWithdrawal({ db }: ApplicationDeps, actor: Actor, application: Application) {
  const { caseId } = application;
  return db.transaction(async (tx) => {
    const record = await lockForApplication(tx, application, actor);
    const draft = { content: {}, contentHash: contentHash({}), submittedBy: actor.username, caseId };
    return writeVersion(tx, record, { ...draft, withdraws: true }, () => true);
  });
}

/**
 * Takes attachments up under the record's lock, so that two applications of one case together cannot exceed the allowed
 * number.
 */
async function lockForApplication(
  tx: Executor,
  { recordId, caseId, attachmentIds }: Application,
  actor: Actor,
): Promise<RecordRow> {
  const record = await lockRecord(tx, recordId);
  if (record.withdrawnAt) {
    throw new Refusal('record.withdrawn', '该信息已撤下，不再公示', { remedy: CONCLUDE, article: ARTICLE });
  }
  const latest = await latestTakenUp(tx, recordId);
  if (latest && latest.caseId !== caseId && (await isUnderReview(tx, latest.caseId))) {
    throw new Refusal('correction.pending', `该信息已有另一件更正申请待复核或待更正（${latest.caseId}）`, {
      remedy: '请待其办结后，对照届时公示的内容申请；须一并更正的，请先复核退回该件，修改后重新申请',
      article: ARTICLE,
    });
  }
  await takeUp(tx, caseId, attachmentIds, actor);
  return record;
}

async function isUnderReview(tx: Executor, caseId: string): Promise<boolean> {
  const [row] = await tx
    .select({ caseType: cases.caseType, stage: cases.stage })
    .from(cases)
    .where(eq(cases.caseId, caseId));
  return row?.caseType === 'correction' && (row.stage === 'applied' || row.stage === 'reviewed');
}

/** @throws Refusal correction.superseded, if the record has changed since the application. */
export async function refuseSuperseded(db: Database, facts: CorrectionFacts, remedy: string): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockRecord(tx, facts.recordId ?? '');
    const latest = await latestTakenUp(tx, record.recordId);
    const isLatest = (latest?.version ?? 0) <= (facts.version ?? 0);
    if (isLatest && !record.withdrawnAt && !(await hasChangedSince(tx, record.recordId, facts.version ?? 0))) return;
    throw new Refusal('correction.superseded', '本件申请后，该信息已另行申请更正或已变动', {
      remedy,
      article: ARTICLE,
    });
  });
}

/** Whether an event was published after the application was made: its content does not have what the event changed. */
async function hasChangedSince(tx: Executor, recordId: string, version: number): Promise<boolean> {
  const application = await findVersion(tx, recordId, version);
  const shown = await shownVersion(tx, recordId);
  if (!shown?.event || !shown.shownFrom || !application?.takenUpAt) return false;
  return shown.shownFrom > application.takenUpAt;
}

/**
 * For closing a correction as superseded: the version that it was about must no longer be shown. That version is never
 * shown again, so the answer stays true.
 * @throws Refusal correction.not-superseded
 */
export async function refuseUncorrected(db: Database, facts: CorrectionFacts): Promise<void> {
  const shown = await shownVersion(db, facts.recordId ?? '');
  if (shown?.version !== facts.shownVersion) return;
  throw new Refusal('correction.not-superseded', '本件受理以来，该信息没有另案更正', {
    remedy: '请核实后书面申请更正；反映不属实的，请不予更正并说明理由',
    article: ARTICLE,
  });
}
