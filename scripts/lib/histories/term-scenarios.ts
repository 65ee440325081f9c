/** Commands that change a running limit or send a case back: 中止, 恢复, 延期, 复核退回. */
import { correctionBodies } from '../../../domain/case-types/correction/commands.ts';
import { registrationPushBodies } from '../../../domain/case-types/registration-push/commands.ts';
import { approvedSuspensionBodies, extensionBodies } from '../../../domain/case-types/terms.ts';
import { updateOf } from '../../../workflows/lib/updates.ts';
import { LEAD, OFFICER, SUPERVISOR, type Scenario } from './player.ts';

const applyForCorrection = updateOf(correctionBodies, 'apply');
const applyForWithdrawal = updateOf(correctionBodies, 'applyWithdrawal');
const approveCorrection = updateOf(correctionBodies, 'approve');
const approveExtension = updateOf(extensionBodies('registrationPush.feedback'), 'approveExtension');
const claimPush = updateOf(registrationPushBodies, 'claim');
const confirmError = updateOf(correctionBodies, 'confirm');
const declareDecision = updateOf(registrationPushBodies, 'declareDecision');
const executeCorrection = updateOf(correctionBodies, 'execute');
const feedBack = updateOf(registrationPushBodies, 'feedBack');
const followUp = updateOf(registrationPushBodies, 'followUp');
const refuseExtension = updateOf(extensionBodies('registrationPush.feedback'), 'refuseExtension');
const requestExtension = updateOf(extensionBodies('registrationPush.feedback'), 'requestExtension');
const resumeLimit = updateOf(approvedSuspensionBodies('registrationPush.feedback'), 'resume');
const requestSuspension = updateOf(approvedSuspensionBodies('registrationPush.feedback'), 'requestSuspension');
const returnCorrection = updateOf(correctionBodies, 'return');
const sendBackCorrection = updateOf(correctionBodies, 'sendBack');
const suspendLimit = updateOf(approvedSuspensionBodies('registrationPush.feedback'), 'suspend');

const PLATFORM = { ...SUPERVISOR, username: 'platform', role: 'platform-administrator' as const };

export const TERM_SCENARIOS: Scenario[] = [
  {
    name: 'registrationPush-suspended-by-a-lead',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      await player.command(push, claimPush, OFFICER, {});
      await player.command(push, requestSuspension, OFFICER, { reasonCode: 'applicant-supplementing' });
      await player.command(push, suspendLimit, LEAD, { opinion: '情况属实' });
      await player.command(push, resumeLimit, OFFICER, {});
      await player.command(push, requestExtension, OFFICER, { workingDays: 5, reasonCode: 'several-items' });
      await player.command(push, approveExtension, LEAD, { opinion: '情况属实' });
      await player.command(push, feedBack, OFFICER, { outcome: 'not-applied' });
      return player.ended(push);
    },
  },
  {
    // A reminder of the new term lies behind when it begins.
    name: 'registrationPush-extended-by-a-day',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      await player.command(push, claimPush, OFFICER, {});
      await player.command(push, requestExtension, OFFICER, { workingDays: 1, reasonCode: 'several-items' });
      await player.reached(push, 'registrationPush.feedback', 'due-1');
      await player.command(push, approveExtension, LEAD, { opinion: '情况属实' });
      await player.command(push, feedBack, OFFICER, { outcome: 'not-applied' });
      return player.ended(push);
    },
  },
  {
    name: 'registrationPush-extension-refused',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      await player.command(push, claimPush, OFFICER, {});
      await player.command(push, requestExtension, OFFICER, { workingDays: 5, reasonCode: 'several-items' });
      await player.command(push, refuseExtension, LEAD, { opinion: '理由不充分' });
      await player.command(push, feedBack, OFFICER, { outcome: 'not-applied' });
      return player.ended(push);
    },
  },
  {
    // 申请审批中, then decided: the seven working days run from the decision.
    name: 'registrationPush-followed-up',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      await player.command(push, claimPush, OFFICER, {});
      await player.command(push, followUp, OFFICER, {});
      await player.command(push, declareDecision, OFFICER, { decidedOn: player.today() });
      await player.command(push, feedBack, OFFICER, { outcome: 'permit-refused', reason: '不符合条件' });
      return player.ended(push);
    },
  },
  {
    name: 'correction-sent-back-and-withdrawn',
    async play(player) {
      const correction = await player.correct({ origin: 'public', occasion: '20261123ABCDEFGHJKMN2' });
      await player.command(correction, confirmError, OFFICER, { opinion: '属实' });
      await player.command(correction, applyForCorrection, OFFICER, { statement: '请予更正', version: 2 });
      await player.command(correction, sendBackCorrection, LEAD, { reason: '字段有误' });
      await player.command(correction, applyForWithdrawal, OFFICER, { statement: '请予撤下', version: 3 });
      await player.command(correction, approveCorrection, LEAD, { opinion: '属实' });
      await player.command(correction, executeCorrection, PLATFORM, {});
      return player.ended(correction);
    },
  },
  {
    name: 'correction-returned-by-the-platform',
    async play(player) {
      const correction = await player.correct({ origin: 'public', occasion: '20261130ABCDEFGHJKMN3' });
      await player.command(correction, confirmError, OFFICER, { opinion: '属实' });
      await player.command(correction, applyForCorrection, OFFICER, { statement: '请予更正', version: 2 });
      await player.command(correction, approveCorrection, LEAD, { opinion: '属实' });
      await player.command(correction, returnCorrection, PLATFORM, { reason: '材料不齐' });
      await player.command(correction, applyForCorrection, OFFICER, { statement: '请予更正', version: 3 }, 2);
      await player.command(correction, approveCorrection, LEAD, { opinion: '属实' }, 2);
      await player.command(correction, executeCorrection, PLATFORM, {});
      return player.ended(correction);
    },
  },
];
