/** The main paths of joint sanction (第九条). */
import { addDays, legalDateOf } from '../../../domain/clock/calendar.ts';
import { parseCaseId, sanctionCaseId, supervisionId } from '../../../domain/case/id.ts';
import { listingBodies } from '../../../domain/case-types/listing/commands.ts';
import { sanctionLiftingBodies } from '../../../domain/case-types/sanction-lifting/commands.ts';
import { sanctionNoticeBodies } from '../../../domain/case-types/sanction-notice/commands.ts';
import { suspensionBodies } from '../../../domain/case-types/terms.ts';
import { updateOf } from '../../../workflows/lib/updates.ts';
import { listingConfirmed, listingQuestioned } from '../../../workflows/messages.ts';
import { AUTHORITY, HEALTH, OFFICER, type Player, type Scenario } from './player.ts';

const answerQuestion = updateOf(listingBodies, 'answerQuestion');
const appealListing = updateOf(listingBodies, 'appeal');
const confirmLifting = updateOf(sanctionLiftingBodies, 'confirm');
const decideRestriction = updateOf(sanctionNoticeBodies, 'decide');
const declineRestriction = updateOf(sanctionNoticeBodies, 'decline');
const executeRestriction = updateOf(sanctionNoticeBodies, 'execute');
const feedBackRestriction = updateOf(sanctionNoticeBodies, 'feedBack');
const fetchNotice = updateOf(sanctionNoticeBodies, 'fetch');
const removeListing = updateOf(listingBodies, 'remove');
const suspendLimit = updateOf(suspensionBodies, 'suspend');
const upholdAppeal = updateOf(listingBodies, 'upholdAppeal');

const REPAIRED = { ground: 'credit-repaired', reason: '已履行义务' } as const;
const MEASURES = { measureIds: ['FC02'] };

/** Lists an enterprise. @returns the listing and its notices: agriculture is OFFICER's department, health HEALTH's. */
async function listed(player: Player, documentNo: string) {
  const listing = await player.list(documentNo);
  const key = parseCaseId(listing);
  if (key?.type !== 'listing') throw new Error(`${listing} is no listing`);
  const owed = (type: 'sanctionNotice' | 'sanctionLifting') => (sector: string) =>
    sanctionCaseId(type, { ...key, departmentCode: `430103-${sector}` });
  const notice = owed('sanctionNotice');
  await player.begun(notice('agriculture'));
  await player.begun(notice('health'));
  return { listing, notice, lifting: owed('sanctionLifting') };
}

async function decided(player: Player, documentNo: string) {
  const entry = await listed(player, documentNo);
  const notice = entry.notice('agriculture');
  await player.command(notice, fetchNotice, OFFICER, {});
  await player.command(notice, decideRestriction, OFFICER, MEASURES);
  return { ...entry, decidedNotice: notice };
}

async function confirmAll(player: Player, lifting: (sector: string) => string) {
  for (const [sector, who] of [['agriculture', OFFICER] as const, ['health', HEALTH] as const]) {
    await player.begun(lifting(sector));
    await player.command(lifting(sector), confirmLifting, who, {});
  }
}

async function fedBack(player: Player, notice: string) {
  await player.command(notice, executeRestriction, OFFICER, { remark: '已限制' });
  await player.command(notice, feedBackRestriction, OFFICER, { result: '已生效' });
  return player.ended(notice);
}

/** A decision as the API tells it: of yesterday, with a term that ends after some seconds. */
async function decidedForATerm(player: Player, documentNo: string) {
  const entry = await listed(player, documentNo);
  const notice = entry.notice('agriculture');
  await player.command(notice, fetchNotice, OFFICER, {});
  const [decidedOn, validUntil] = [-1, 30].map((days) => addDays(legalDateOf(Date.now()), days));
  const expiry = { at: Date.now() + 4000, spread: 1000 };
  await player.command(notice, decideRestriction, OFFICER, { ...MEASURES, decidedOn, validUntil, texts: 'x', expiry });
  return { ...entry, decidedNotice: notice };
}

export const LISTING_SCENARIOS: Scenario[] = [
  {
    name: 'listing-removed',
    async play(player, documentNo) {
      const { listing, lifting } = await listed(player, documentNo);
      await player.command(listing, removeListing, AUTHORITY, REPAIRED);
      await confirmAll(player, lifting);
      return player.ended(listing);
    },
  },
  {
    // Begins with the state that an earlier run left, as every later run does.
    name: 'listing-restored',
    async play(player, documentNo) {
      const { listing, lifting } = await listed(player, documentNo);
      await player.command(listing, appealListing, AUTHORITY, { reason: '申诉' });
      await player.restored(listing);
      await player.command(listing, upholdAppeal, AUTHORITY, { reason: '成立' });
      await confirmAll(player, lifting);
      return player.ended(listing);
    },
  },
  {
    // 名单核实: missing in two lists, answered, seen in a third.
    name: 'listing-questioned',
    async play(player, documentNo) {
      const { listing, lifting } = await listed(player, documentNo);
      const day = player.today();
      await player.told(listing, listingQuestioned, day);
      await player.acted(listing, 'question');
      await player.told(listing, listingQuestioned, addDays(day, 1));
      await player.command(listing, answerQuestion, AUTHORITY, { reason: '仍在列' });
      await player.told(listing, listingConfirmed, addDays(day, 2));
      await player.acted(listing, 'confirmListed');
      await player.command(listing, removeListing, AUTHORITY, REPAIRED);
      await confirmAll(player, lifting);
      return player.ended(listing);
    },
  },
  {
    // Still open when its history is taken: the term of a court's entry is over, and the court has not ended it.
    name: 'listing-court-term-over',
    async play(player, documentNo) {
      const term = { listedUntil: addDays(player.today(), 30), expiresAt: Date.now() + 4000, spread: 1000 };
      const listing = await player.list(documentNo, { list: 'court-debtor', term });
      await player.acted(listing, 'question');
      return player.command(listing, answerQuestion, AUTHORITY, { reason: '法院答复仍未履行' });
    },
  },
  {
    name: 'sanctionNotice-fed-back',
    async play(player, documentNo) {
      const { decidedNotice } = await decided(player, documentNo);
      return fedBack(player, decidedNotice);
    },
  },
  {
    name: 'sanctionNotice-declined',
    async play(player, documentNo) {
      const { notice } = await listed(player, documentNo);
      await player.command(notice('health'), fetchNotice, HEALTH, {});
      await player.command(notice('health'), declineRestriction, HEALTH, { reason: '无卫生许可' });
      return player.ended(notice('health'));
    },
  },
  {
    name: 'sanctionNotice-withdrawn',
    async play(player, documentNo) {
      const { listing, decidedNotice } = await decided(player, documentNo);
      await player.command(decidedNotice, suspendLimit, OFFICER, { reason: '行政复议停止执行' });
      await player.command(listing, removeListing, AUTHORITY, REPAIRED);
      return player.ended(decidedNotice);
    },
  },
  {
    // The notice's clock begins on the day of the decision.
    name: 'sanctionNotice-decided-for-a-term',
    async play(player, documentNo) {
      const { decidedNotice } = await decidedForATerm(player, documentNo);
      return fedBack(player, decidedNotice);
    },
  },
  {
    // Still open when its history is taken: the restriction has expired, the enterprise is listed.
    name: 'listing-restriction-expired',
    async play(player, documentNo) {
      const { listing } = await decidedForATerm(player, documentNo);
      await player.acted(listing, 'expireRestrictions');
      return player.command(listing, appealListing, AUTHORITY, { reason: '申诉' });
    },
  },
  {
    // Still open when its history is taken, as cases are at a deployment.
    name: 'sanctionNotice-neglected',
    async play(player, documentNo) {
      const { decidedNotice } = await decided(player, documentNo);
      await player.begun(supervisionId(decidedNotice, 'sanctionNotice.feedback'));
      return decidedNotice;
    },
  },
  {
    name: 'sanctionLifting-confirmed',
    async play(player, documentNo) {
      const { listing, lifting } = await listed(player, documentNo);
      await player.command(listing, removeListing, AUTHORITY, REPAIRED);
      await confirmAll(player, lifting);
      return player.ended(lifting('health'));
    },
  },
];
