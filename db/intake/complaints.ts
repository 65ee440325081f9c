/** 举报和投诉 intake (第十三条第四款): a report is accepted with its case, its receipt and its materials in one transaction. */
import { randomBytes } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { COMPLAINT_ARTICLE, FALLBACK_SECTOR } from '../../domain/case-types/complaint/rules.ts';
import { sectorOf } from '../../domain/case-types/complaint/routing.ts';
import { complaintRuleSet } from '../../domain/rule-sets/complaint-terms.ts';
import type { Department } from '../../domain/organs/departments.ts';
import type { Complaint } from '../../domain/case-types/complaint/report.ts';
import { Refusal } from '../../domain/errors.ts';
import { receiptNumber } from '../../domain/receipts/receipt-number.ts';
import { takeUp } from '../cases/attachments.ts';
import type { Executor } from '../postgres/client.ts';
import { auditActor } from '../cases/audit-actor.ts';
import { openCases } from '../cases/opened.ts';
import { findEnterprise } from '../queries/records.ts';
import { auditLog, complaintReports, registrations } from '../schema.ts';
import type { Reference } from '../../domain/reference.ts';
import { openedComplaint, type ComplaintInput } from '../../domain/case-types/complaint/opening.ts';

export interface ComplaintDeps {
  db: Executor;
  reference: Reference;
  clock: Clock;
}

/**
 * @returns the receipt number.
 * @throws Refusal if the enterprise is unknown or was never registered, or the region is unknown: the department in charge
 * would be unknown.
 */
export async function openComplaint(
  { db, reference, clock }: ComplaintDeps,
  { attachments, regionCode: named, ...report }: Complaint,
): Promise<string> {
  const { matter, category, uscc = null, business, content } = report;
  const place =
    uscc === null ? { regionCode: regionNamed(reference, named), scope: undefined } : await placeOf(db, uscc);
  const { regionCode, scope } = place;
  const now = Date.now();
  const reportedAt = clock.legal(now);
  const today = legalDateOf(reportedAt.getTime());
  const receiptNo = receiptNumber(randomBytes(12), today);
  const sector = sectorOf({ category, trades: [business, content, scope] }, sectorsIn(reference));
  const department = inCharge(reference, sector, regionCode);
  const ruleSet = complaintRuleSet(department.sector, today);
  const input: ComplaintInput = {
    receiptNo,
    round: 1,
    category,
    matter,
    ...(ruleSet && { ruleSet }),
    uscc,
    departmentCode: department.code,
    regionCode,
    parentCaseId: null,
    openedAt: now,
  };
  const { caseId } = openedComplaint(input);
  await db.transaction(async (tx) => {
    // Before the case, whose first notices name the trader.
    await tx.insert(complaintReports).values({ ...report, receiptNo, uscc, reportedAt });
    await accept(tx, clock, input);
    const tokens = Object.fromEntries(attachments.map(({ id, claimToken }) => [id, claimToken]));
    await takeUp(tx, caseId, Object.keys(tokens), { tokens });
  });
  return receiptNo;
}

/** Where a trader without a code is, as the reporter says: a county, or a region above where that is all that is known. */
function regionNamed({ regions }: Reference, code: string | undefined): string {
  const region = regions.resolve(code ?? '');
  if (region) return region.code;
  throw new Refusal('region.unknown', `行政区划代码${code ?? ''}不存在`, { remedy: '请选择经营地点所在的区县' });
}

/**
 * Region and scope of the enterprise's latest registration. Lists and records name enterprises too, but not reliably their
 * region.
 */
async function placeOf(db: Executor, uscc: string): Promise<{ regionCode: string; scope: string | undefined }> {
  const enterprise = await findEnterprise(db, uscc);
  const remedy = '请核对统一社会信用代码；没有代码或查不到的，代码留空，填写名称、经营地点和所在区划';
  if (!enterprise) throw new Refusal('resource.not-found', '平台上没有这个企业', { remedy });
  const [registered] = await db
    .select({ scope: registrations.scope })
    .from(registrations)
    .where(eq(registrations.uscc, uscc))
    .orderBy(desc(registrations.acceptedAt))
    .limit(1);
  if (registered) return { regionCode: enterprise.regionCode, scope: registered.scope };
  throw new Refusal('complaint.enterprise-unregistered', '平台上没有该企业的登记信息，不能确定由哪个部门受理', {
    remedy,
    article: COMPLAINT_ARTICLE,
  });
}

const sectorsIn =
  ({ match, items }: Reference) =>
  (text: string): string[] =>
    match(text).items.flatMap((id) => items.get(id)?.sector ?? []);

/** The department in charge: at the trader's own level, or the next level above that has one. */
function inCharge({ router }: Reference, sector: string, regionCode: string): Department {
  const route = router.route(sector, regionCode) ?? router.route(FALLBACK_SECTOR, regionCode);
  if (route) return route.department;
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
