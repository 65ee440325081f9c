/**
 * 信用修复 entered by the organ that listed (第九条第一款): case, materials and start in one transaction. An application is identified by its entry
 * and number; entering it again changes nothing.
 */
import { and, eq } from 'drizzle-orm';
import type { CreditRepairEntry } from '../../domain/case-types/credit-repair/entry.ts';
import { openedCreditRepair } from '../../domain/case-types/credit-repair/opening.ts';
import { removableOnlyFrom } from '../../domain/case-types/listing/dates.ts';
import { isOfCourt } from '../../domain/case-types/listing/opening.ts';
import { legalDateOf, type LegalDate } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { dueFrom } from '../../domain/clock/declared-day.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { takeUp } from '../cases/attachments.ts';
import { openLoaded } from '../cases/loaded-listings.ts';
import { openOnce } from '../cases/opened.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { currentCalendar } from '../queries/calendar.ts';
import { isSameContent } from '../records/content-hash.ts';
import { cases, listings } from '../schema.ts';

const ARTICLE = '第九条第一款';

type Listed = typeof listings.$inferSelect;

/** Enters an application. @throws Refusal */
export async function enterCreditRepair(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
  { listingId, number, receivedOn, statement, attachmentIds }: CreditRepairEntry,
): Promise<{ result: 'entered' | 'duplicate'; caseId: string }> {
  const openedAt = Date.now();
  const today = legalDateOf(clock.toLegal(openedAt));
  dueFrom(await currentCalendar(db), today, { title: '收到申请之日', day: receivedOn }, 'creditRepair.acceptance');
  return db.transaction(async (tx) => {
    // Whoever ends the entry, or enters another application for it, comes before or after.
    const [listed] = await tx.select().from(listings).where(eq(listings.listingId, listingId)).for('update');
    const { list, documentNo, uscc, regionCode, departmentCode } = ownEntry(listed, actor);
    const input = { list, documentNo, uscc, number, departmentCode, regionCode, receivedOn, openedAt };
    const opened = openedCreditRepair(input);
    const application = { receivedOn, reason: statement };
    const known = await applicationsFor(tx, listingId);
    const same = known.find(({ caseId }) => caseId === opened.caseId);
    if (same) return { result: 'duplicate', caseId: sameOrRefused(same, application) };
    refuseUnfit(listed!, receivedOn);
    if (known.some(({ status }) => status === 'open')) {
      throw new Refusal('credit-repair.pending', '该条目已有在办的信用修复申请', {
        remedy: '请先办结在办的申请',
        article: ARTICLE,
      });
    }
    // Of the organ's own entry: its code is known.
    await openLoaded(tx, [listed!], { clock, holderIn: () => undefined });
    const start = { workflow: 'creditRepair' as const, opened, input };
    await openOnce(tx, { start, kept: { application }, action: 'applyForRepair', actor, article: ARTICLE, clock });
    await takeUp(tx, opened.caseId, attachmentIds, { username: actor.username });
    return { result: 'entered', caseId: opened.caseId };
  });
}

/** @throws Refusal where the account is not of the organ that listed. */
function ownEntry(listed: Listed | undefined, { departmentCode }: Actor) {
  if (listed && isOfCourt(listed.list)) {
    throw new Refusal('listing.court-only', '法院列入的条目由执行法院删除，平台不受理信用修复', {
      remedy: '请告知企业向执行法院申请；法院移出后自动解除',
      article: ARTICLE,
    });
  }
  if (listed?.authorityCode && listed.authorityCode === departmentCode) return { ...listed, departmentCode };
  throw new Refusal('resource.not-found', '没有本机关列入的这个条目', {
    remedy: '信用修复由做出列入决定的机关受理，请核对名单条目编号',
    article: ARTICLE,
  });
}

function refuseUnfit({ removedAt, minimumPublicUntil, listedOn }: Listed, receivedOn: LegalDate): void {
  if (removedAt) {
    throw new Refusal('case.closed', '该条目已移出名单，没有可以修复的失信信息', {
      article: ARTICLE,
      remedy: '不必申请',
    });
  }
  if (receivedOn < listedOn) {
    throw new Refusal('input.invalid', `收到申请之日${receivedOn}早于列入之日${listedOn}`, {
      remedy: '请核对收到申请之日',
      article: ARTICLE,
    });
  }
  const from = removableOnlyFrom(minimumPublicUntil, 'credit-repaired', receivedOn);
  if (!from) return;
  throw new Refusal('listing.minimum-publicity', `该条目的最短公示期至${minimumPublicUntil}，此前不受理信用修复`, {
    remedy: `企业可于${from}起申请`,
    article: ARTICLE,
  });
}

const applicationsFor = (tx: Executor, listingId: string) =>
  tx
    .select({ caseId: cases.caseId, status: cases.status, facts: cases.facts })
    .from(cases)
    .where(and(eq(cases.parentCaseId, listingId), eq(cases.caseType, 'creditRepair')));

/** @throws Refusal where another content stands under the number. */
function sameOrRefused(
  { caseId, facts }: { caseId: string; facts: Record<string, unknown> },
  application: object,
): string {
  if (isSameContent(facts['application'], application)) return caseId;
  throw new Refusal('credit-repair.exists', '该申请编号已有内容不同的信用修复申请', {
    remedy: '请在已有的事项中办理；是另一次申请的，请使用新的申请编号',
    article: ARTICLE,
  });
}
