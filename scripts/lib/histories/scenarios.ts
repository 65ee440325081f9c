/** The main paths of every workflow type. A scenario's name is its file's name: the workflow, then the path. */
import { addDays, legalDateOf } from '../../../domain/clock/calendar.ts';
import { supervisionId } from '../../../domain/case/id.ts';
import { LISTING_SCENARIOS } from './listing-scenarios.ts';
import { OVERSIGHT_SCENARIOS } from './oversight-scenarios.ts';
import { RECORD_EVENT_SCENARIOS } from './record-event-scenarios.ts';
import { SUPPORT_MEASURE_SCENARIOS } from './support-measure-scenarios.ts';
import { CREDIT_REPAIR_SCENARIOS } from './credit-repair-scenarios.ts';
import { TERM_SCENARIOS } from './term-scenarios.ts';
import { complaintBodies } from '../../../domain/case-types/complaint/commands.ts';
import { correctionBodies } from '../../../domain/case-types/correction/commands.ts';
import { poolEntryBodies } from '../../../domain/case-types/pool-entry/commands.ts';
import { publicationBodies } from '../../../domain/case-types/publication/commands.ts';
import { registrationPushBodies } from '../../../domain/case-types/registration-push/commands.ts';
import { rollbackBodies } from '../../../domain/case-types/rollback/commands.ts';
import { supervisionBodies } from '../../../domain/case-types/supervision/commands.ts';
import { extensionBodies } from '../../../domain/case-types/terms.ts';
import { updateOf } from '../../../workflows/lib/updates.ts';
import { AUTHORITY, COUNTY, HEALTH, LEAD, OFFICER, SUPERVISOR, type Player, type Scenario } from './player.ts';

const acceptComplaint = updateOf(complaintBodies, 'accept');
const acceptSupervision = updateOf(supervisionBodies, 'accept');
const applyForCorrection = updateOf(correctionBodies, 'apply');
const approveCorrection = updateOf(correctionBodies, 'approve');
const approveExtension = updateOf(extensionBodies('registrationPush.feedback'), 'approveExtension');
const arbitrate = updateOf(rollbackBodies, 'arbitrate');
const claimPoolEntry = updateOf(poolEntryBodies, 'claim');
const claimPush = updateOf(registrationPushBodies, 'claim');
const closeSupervision = updateOf(supervisionBodies, 'close');
const confirmError = updateOf(correctionBodies, 'confirm');
const declineComplaint = updateOf(complaintBodies, 'decline');
const executeCorrection = updateOf(correctionBodies, 'execute');
const feedBack = updateOf(registrationPushBodies, 'feedBack');
const handleComplaint = updateOf(complaintBodies, 'handle');
const orderRectification = updateOf(supervisionBodies, 'orderRectification');
const publishRecord = updateOf(publicationBodies, 'publish');
const replySupervision = updateOf(supervisionBodies, 'reply');
const reportRectification = updateOf(supervisionBodies, 'reportRectification');
const requestExtension = updateOf(extensionBodies('registrationPush.feedback'), 'requestExtension');
const resubmitRecord = updateOf(publicationBodies, 'resubmit');
const returnPush = updateOf(registrationPushBodies, 'return');
const returnRecord = updateOf(publicationBodies, 'return');
const rule = updateOf(rollbackBodies, 'rule');
const transferComplaint = updateOf(complaintBodies, 'transfer');
const withdrawPoolEntry = updateOf(poolEntryBodies, 'withdraw');

const FEEDBACK = { outcome: 'not-applied' } as const;
const RETURN = { reasonCode: 'wrong-department', reason: '不属于本部门职责' } as const;
const SAME = { decision: 'same', reason: '职责明确' } as const;

const daysAgo = (days: number) => addDays(legalDateOf(Date.now()), -days);

async function returned(player: Player, registrationNo: string) {
  const push = await player.push(registrationNo);
  return { push, rollback: await player.begun(await player.command(push, returnPush, OFFICER, RETURN)) };
}

/** Nobody acts until both limits are in supervision. */
async function neglected(player: Player, registrationNo: string) {
  const push = await player.push(registrationNo);
  await player.begun(supervisionId(push, 'registrationPush.claim'));
  return { push, supervision: await player.begun(supervisionId(push, 'registrationPush.feedback')) };
}

async function replied(player: Player, registrationNo: string) {
  const { supervision } = await neglected(player, registrationNo);
  await player.command(supervision, acceptSupervision, LEAD, {});
  return player.command(supervision, replySupervision, LEAD, { explanation: '已整改' });
}

/** Played before the others, because a calendar affects every case. */
export const CALENDAR_SCENARIOS: Scenario[] = [
  {
    name: 'registrationPush-recounted',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      await player.command(push, claimPush, OFFICER, {});
      await player.closeLastDay(push, 'registrationPush.feedback');
      await player.command(push, feedBack, OFFICER, FEEDBACK);
      return player.ended(push);
    },
  },
];

export const SCENARIOS: Scenario[] = [
  ...LISTING_SCENARIOS,
  ...CREDIT_REPAIR_SCENARIOS,
  ...TERM_SCENARIOS,
  ...OVERSIGHT_SCENARIOS,
  ...SUPPORT_MEASURE_SCENARIOS,
  {
    name: 'correction-executed',
    async play(player) {
      const correction = await player.correct({ origin: 'public', occasion: '20261123ABCDEFGHJKMN0' });
      await player.command(correction, confirmError, OFFICER, { opinion: '属实' });
      await player.command(correction, applyForCorrection, OFFICER, { statement: '请予更正', version: 2 });
      await player.command(correction, approveCorrection, LEAD, { opinion: '属实' });
      const platform = { ...SUPERVISOR, username: 'platform', role: 'platform-administrator' as const };
      await player.command(correction, executeCorrection, platform, {});
      return player.ended(correction);
    },
  },
  {
    name: 'complaint-answered',
    async play(player) {
      const complaint = await player.complain('20261123ABCDEFGHJKMN0');
      await player.command(complaint, acceptComplaint, OFFICER, {});
      await player.command(complaint, requestExtension, OFFICER, { workingDays: 5, reason: '须送检' });
      await player.command(complaint, approveExtension, LEAD, { opinion: '同意' });
      await player.command(complaint, handleComplaint, OFFICER, { outcome: 'ordered', reply: '已责令改正' });
      return player.ended(complaint);
    },
  },
  {
    name: 'complaint-transferred',
    async play(player) {
      const complaint = await player.complain('20261123ABCDEFGHJKMN1');
      const transfer = { departmentCode: HEALTH.departmentCode!, reason: '属卫生健康部门职责' };
      const next = await player.begun(await player.command(complaint, transferComplaint, OFFICER, transfer));
      await player.command(next, declineComplaint, HEALTH, { reason: '没有具体线索' });
      await player.ended(next);
      return player.ended(complaint);
    },
  },
  {
    name: 'calendarRollout-landed',
    play: (player) => player.rollOut('cn-2026.1'),
  },
  {
    name: 'registrationPush-fed-back',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      await player.command(push, claimPush, OFFICER, {});
      await player.command(push, feedBack, OFFICER, FEEDBACK);
      return player.ended(push);
    },
  },
  {
    // The organ of the place that supervises is told of the answer (第七条第二款).
    name: 'registrationPush-supervised',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo, { supervisedBy: [`${COUNTY}-health`] });
      await player.command(push, claimPush, OFFICER, {});
      await player.command(push, feedBack, OFFICER, FEEDBACK);
      return player.ended(push);
    },
  },
  {
    // Still open when its history is taken, as cases are at a deployment.
    name: 'registrationPush-neglected',
    play: async (player, registrationNo) => (await neglected(player, registrationNo)).push,
  },
  {
    name: 'registrationPush-late',
    async play(player, registrationNo) {
      const { push } = await neglected(player, registrationNo);
      await player.command(push, claimPush, OFFICER, {});
      await player.command(push, feedBack, OFFICER, FEEDBACK);
      return player.ended(push);
    },
  },
  {
    name: 'registrationPush-returned',
    play: async (player, registrationNo) => player.ended((await returned(player, registrationNo)).push),
  },
  {
    name: 'registrationPush-lapsed',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      await player.command(push, claimPush, OFFICER, {});
      await player.cancelEnterprise(push);
      return player.ended(push);
    },
  },
  {
    name: 'registrationPush-from-pool',
    async play(player, registrationNo) {
      const entry = await player.publish(registrationNo);
      const push = await player.begun(await player.command(entry, claimPoolEntry, OFFICER, {}));
      await player.command(push, feedBack, OFFICER, FEEDBACK);
      return player.ended(push);
    },
  },
  {
    // Restored when it is late and under supervision: the rungs fired before must not fire again.
    name: 'registrationPush-restored',
    async play(player, registrationNo) {
      const { push } = await neglected(player, registrationNo);
      await player.restored(push);
      await player.command(push, claimPush, OFFICER, {});
      await player.command(push, feedBack, OFFICER, FEEDBACK);
      return player.ended(push);
    },
  },
  {
    name: 'rollback-lapsed',
    async play(player, registrationNo) {
      const { rollback } = await returned(player, registrationNo);
      await player.cancelEnterprise(rollback);
      return player.ended(rollback);
    },
  },
  {
    name: 'poolEntry-lapsed',
    async play(player, registrationNo) {
      const entry = await player.publish(registrationNo);
      await player.cancelEnterprise(entry);
      return player.ended(entry);
    },
  },
  {
    name: 'rollback-ruled-same',
    async play(player, registrationNo) {
      const { rollback } = await returned(player, registrationNo);
      await player.command(rollback, rule, AUTHORITY, SAME);
      return player.ended(rollback);
    },
  },
  {
    name: 'rollback-ruled-pool',
    async play(player, registrationNo) {
      const { rollback } = await returned(player, registrationNo);
      await player.command(rollback, rule, AUTHORITY, { decision: 'pool', reason: '职责不明确' });
      return player.ended(rollback);
    },
  },
  {
    name: 'rollback-arbitrated',
    async play(player, registrationNo) {
      const { rollback } = await returned(player, registrationNo);
      const second = await player.begun(await player.command(rollback, rule, AUTHORITY, SAME));
      const dispute = await player.begun(await player.command(second, returnPush, OFFICER, RETURN));
      await player.command(dispute, arbitrate, SUPERVISOR, SAME);
      return player.ended(dispute);
    },
  },
  {
    // Begins by the claim of what was published without a case (第七条第二款).
    name: 'registrationPush-from-published',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo, {
        chain: 'published',
        claimedFromPool: true,
        claimedItemIds: ['PA047'],
        event: 'dormant',
      });
      await player.command(push, feedBack, OFFICER, FEEDBACK);
      return player.ended(push);
    },
  },
  {
    name: 'poolEntry-claimed',
    async play(player, registrationNo) {
      const entry = await player.publish(registrationNo);
      await player.command(entry, claimPoolEntry, OFFICER, { itemIds: ['PA047'] });
      return player.ended(entry);
    },
  },
  {
    name: 'poolEntry-withdrawn',
    async play(player, registrationNo) {
      const entry = await player.publish(registrationNo);
      await player.command(entry, withdrawPoolEntry, AUTHORITY, { reason: '不涉及审批' });
      return player.ended(entry);
    },
  },
  {
    name: 'supervision-replied',
    // Still open when its history is taken: the supervisor has not reviewed it yet.
    play: (player, registrationNo) => replied(player, registrationNo),
  },
  {
    name: 'supervision-closed',
    async play(player, registrationNo) {
      const supervision = await replied(player, registrationNo);
      await player.command(supervision, closeSupervision, SUPERVISOR, { finding: '整改到位' });
      return player.ended(supervision);
    },
  },
  {
    name: 'supervision-rectified',
    async play(player, registrationNo) {
      const supervision = await replied(player, registrationNo);
      await player.command(supervision, orderRectification, SUPERVISOR, { requirement: '专人负责' });
      await player.command(supervision, reportRectification, LEAD, { report: '已落实' });
      await player.command(supervision, closeSupervision, SUPERVISOR, { finding: '整改到位' });
      return player.ended(supervision);
    },
  },
  {
    name: 'publication-published',
    async play(player, documentNo) {
      const publication = await player.hand(documentNo, daysAgo(1), false);
      await player.command(publication, returnRecord, AUTHORITY, { reason: '许可内容不完整' });
      await player.command(publication, resubmitRecord, OFFICER, { version: 2 });
      await player.command(publication, publishRecord, AUTHORITY, {});
      return player.ended(publication);
    },
  },
  ...RECORD_EVENT_SCENARIOS,
  {
    // Handed over late and then ignored; still open when its history is taken.
    name: 'publication-neglected',
    async play(player, documentNo) {
      const publication = await player.hand(documentNo, daysAgo(14), true);
      await player.begun(supervisionId(publication, 'publication.publication'));
      return publication;
    },
  },
];
