/** 更正 intake (第十八条): a report is accepted with its case, its receipt and its materials in one transaction. */
import { randomBytes } from 'node:crypto';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import type { OwnError, PublicReport } from '../../domain/case-types/correction/report.ts';
import { dueFrom } from '../../domain/clock/declared-day.ts';
import { Refusal } from '../../domain/errors.ts';
import { receiptNumber } from '../../domain/receipts/receipt-number.ts';
import { takeUp } from '../cases/attachments.ts';
import type { Executor } from '../postgres/client.ts';
import { auditActor } from '../cases/audit-actor.ts';
import { openCases } from '../cases/opened.ts';
import { currentCalendar } from '../queries/calendar.ts';
import { findRecord } from '../queries/records.ts';
import { shownVersion } from '../records/versions.ts';
import { auditLog, correctionReports, type records } from '../schema.ts';
import { openedCorrection, type CorrectionInput } from '../../domain/case-types/correction/opening.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export interface CorrectionDeps {
  db: Executor;
  clock: Clock;
}

type ShownRecord = Pick<typeof records.$inferSelect, 'documentNo' | 'uscc' | 'departmentCode' | 'regionCode'> & {
  recordId: string;
  shownVersion: number;
};

const notShown = () =>
  new Refusal('resource.not-found', '没有这条公示的信息', { remedy: '请核对信息编号', article: '第十八条' });

/**
 * Opens a correction that the department itself found to be necessary. Repeating it for the same version finds the same
 * case.
 * @returns the case, and whether it was opened now.
 */
export async function openOwnCorrection(
  { db, clock }: CorrectionDeps,
  actor: Actor,
  { recordId, discoveredOn, problem }: OwnError,
): Promise<{ caseId: string; opened: boolean }> {
  const record = await shownRecord(db, recordId);
  if (record.departmentCode !== actor.departmentCode) throw notShown();
  const now = Date.now();
  const today = legalDateOf(clock.toLegal(now));
  dueFrom(await currentCalendar(db), today, { title: '发现日期', day: discoveredOn }, 'correction.application');
  const input = inputOf(record, {
    origin: 'department',
    occasion: `v${record.shownVersion}`,
    discoveredOn,
    openedAt: now,
  });
  const opened = await db.transaction(async (tx) => {
    if (!(await accept(tx, clock, actor, input))) return false;
    await tx.insert(correctionReports).values({
      // Not a receipt that anyone is given: the department asks by the case.
      receiptNo: `${recordId}~${input.occasion}`,
      caseId: openedCorrection(input).caseId,
      recordId,
      content: problem,
      reportedAt: clock.legal(now),
    });
    return true;
  });
  return { caseId: openedCorrection(input).caseId, opened };
}

/** Opens a correction that a citizen reported, without an account. @returns the receipt number. */
export async function openPublicCorrection({ db, clock }: CorrectionDeps, report: PublicReport): Promise<string> {
  const record = await shownRecord(db, report.recordId);
  const now = Date.now();
  const reportedAt = clock.legal(now);
  const receiptNo = receiptNumber(randomBytes(12), legalDateOf(reportedAt.getTime()));
  const input = inputOf(record, { origin: 'public', occasion: receiptNo, discoveredOn: null, openedAt: now });
  const { caseId } = openedCorrection(input);
  const { recordId, content, reporterName, contact, attachments } = report;
  await db.transaction(async (tx) => {
    await accept(tx, clock, 'public', input);
    await tx
      .insert(correctionReports)
      .values({ receiptNo, caseId, recordId, content, reporterName, contact, reportedAt });
    const tokens = Object.fromEntries(attachments.map(({ id, claimToken }) => [id, claimToken]));
    await takeUp(tx, caseId, Object.keys(tokens), { tokens });
  });
  return receiptNo;
}

type Occasion = Pick<CorrectionInput, 'origin' | 'occasion' | 'discoveredOn' | 'openedAt'>;

/** A correction is about the version that is shown; versions under review may still be changed. */
async function shownRecord(db: Executor, recordId: string): Promise<ShownRecord> {
  const record = await findRecord(db, recordId);
  const shown = await shownVersion(db, recordId);
  if (!record || !shown) throw notShown();
  return { ...record, shownVersion: shown.version };
}

function inputOf(record: ShownRecord, occasion: Occasion): CorrectionInput {
  const { recordId, shownVersion: version, documentNo, uscc, departmentCode, regionCode } = record;
  return { recordId, shownVersion: version, documentNo, uscc, departmentCode, regionCode, ...occasion };
}

/** @returns false if the case was opened before. */
async function accept(tx: Executor, clock: Clock, by: Actor | 'public', input: CorrectionInput): Promise<boolean> {
  const opened = openedCorrection(input);
  const fresh = await openCases(tx, [{ workflow: 'correction', opened, input }], clock);
  if (fresh.size === 0) return false;
  await tx.insert(auditLog).values({
    caseId: `report~${opened.caseId}`,
    step: 1,
    at: clock.legal(input.openedAt),
    ...auditActor(by),
    action: 'report',
    after: { caseId: opened.caseId, recordId: input.recordId, shownVersion: input.shownVersion },
    article: input.origin === 'public' ? '第十八条第二款' : '第十八条第一款',
  });
  return true;
}
