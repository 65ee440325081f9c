/** 举报 intake (第十三条第四款): a report is accepted with its case, its receipt and its materials in one transaction. */
import { randomBytes } from 'node:crypto';
import { and, eq, exists } from 'drizzle-orm';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { COMPLAINT_ARTICLE } from '../../domain/case-types/complaint/rules.ts';
import type { Complaint } from '../../domain/case-types/complaint/report.ts';
import {
  COMPLAINT_CATEGORIES,
  FALLBACK_SECTOR,
  type ComplaintCategory,
} from '../../domain/case-types/complaint/rules.ts';
import { Refusal } from '../../domain/errors.ts';
import { receiptNumber } from '../../domain/receipts/receipt-number.ts';
import { takeUp } from '../cases/attachments.ts';
import type { Executor } from '../postgres/client.ts';
import { auditActor } from '../cases/audit-actor.ts';
import { openCases } from '../cases/opened.ts';
import { findEnterprise } from '../queries/records.ts';
import { auditLog, complaintReports, enterprises, registrations } from '../schema.ts';
import type { Reference } from '../../domain/reference.ts';
import { openedComplaint, type ComplaintInput } from '../../domain/case-types/complaint/opening.ts';

export interface ComplaintDeps {
  db: Executor;
  reference: Reference;
  clock: Clock;
}

/**
 * @returns the receipt number.
 * @throws Refusal if the enterprise is unknown or was never registered: its region, and so the department in charge,
 * would be unknown.
 */
export async function openComplaint(
  { db, reference, clock }: ComplaintDeps,
  { uscc, category, content, reporterName, contact, attachments }: Complaint,
): Promise<string> {
  const regionCode = await regionOf(db, uscc);
  const now = Date.now();
  const reportedAt = clock.legal(now);
  const receiptNo = receiptNumber(randomBytes(12), legalDateOf(reportedAt.getTime()));
  const input: ComplaintInput = {
    receiptNo,
    round: 1,
    category,
    uscc,
    departmentCode: inCharge(reference, category, regionCode),
    regionCode,
    parentCaseId: null,
    openedAt: now,
  };
  const { caseId } = openedComplaint(input);
  await db.transaction(async (tx) => {
    await accept(tx, clock, input);
    await tx.insert(complaintReports).values({ receiptNo, uscc, category, content, reporterName, contact, reportedAt });
    const tokens = Object.fromEntries(attachments.map(({ id, claimToken }) => [id, claimToken]));
    await takeUp(tx, caseId, Object.keys(tokens), { tokens });
  });
  return receiptNo;
}

/**
 * The region of the enterprise's latest registration. Lists and records name enterprises too, but not reliably their
 * region.
 */
async function regionOf(db: Executor, uscc: string): Promise<string> {
  if (!(await findEnterprise(db, uscc))) {
    throw new Refusal('resource.not-found', '平台上没有这个企业', {
      remedy: '请核对统一社会信用代码，或按名称查找企业',
    });
  }
  const ofEnterprise = db.select().from(registrations).where(eq(registrations.uscc, enterprises.uscc));
  const [registered] = await db
    .select()
    .from(enterprises)
    .where(and(eq(enterprises.uscc, uscc), exists(ofEnterprise)));
  if (registered) return registered.regionCode;
  throw new Refusal('complaint.enterprise-unregistered', '平台上没有该企业的登记信息，不能确定由哪个部门受理', {
    remedy: '请拨打12345或12315，或向企业所在地的市场监管部门举报',
    article: COMPLAINT_ARTICLE,
  });
}

/** The code of the department in charge: at the enterprise's own level, or the next level above that has one. */
function inCharge({ router }: Reference, category: ComplaintCategory, regionCode: string): string {
  const { sector } = COMPLAINT_CATEGORIES[category];
  const route = router.route(sector, regionCode) ?? router.route(FALLBACK_SECTOR, regionCode);
  if (route) return route.department.code;
  throw new Refusal('department.unknown', '该企业所在地没有负责受理的部门', { remedy: '请拨打12345或12315举报' });
}

async function accept(tx: Executor, clock: Clock, input: ComplaintInput): Promise<void> {
  const opened = openedComplaint(input);
  const { caseId, departmentCode, facts } = opened;
  await openCases(tx, [{ workflow: 'complaint', opened, input }], clock);
  await tx.insert(auditLog).values({
    caseId: `report~${caseId}`,
    step: 1,
    at: clock.legal(input.openedAt),
    ...auditActor('public'),
    action: 'report',
    after: { caseId, departmentCode, category: facts.category },
    article: COMPLAINT_ARTICLE,
  });
}
