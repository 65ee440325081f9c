/** What changes a running limit or sends a case back: 中止, 恢复, 延期, 复核退回. */
import * as message from '../../../workflows/messages.ts';
import { LEAD, OFFICER, SUPERVISOR, type Scenario } from './player.ts';

const PLATFORM = { ...SUPERVISOR, username: 'platform', role: 'platform-administrator' as const };

export const TERM_SCENARIOS: Scenario[] = [
  {
    name: 'registrationPush-suspended-and-extended',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      await player.command(push, message.claimPush, OFFICER, {});
      await player.command(push, message.suspendLimit, OFFICER, { reason: '需要专家评审' });
      await player.command(push, message.resumeLimit, OFFICER, {});
      await player.command(push, message.requestExtension, OFFICER, { workingDays: 5, reason: '材料较多' });
      await player.command(push, message.approveExtension, LEAD, { opinion: '情况属实' });
      await player.command(push, message.feedBack, OFFICER, { outcome: 'permit-granted' });
      return player.ended(push);
    },
  },
  {
    name: 'registrationPush-extension-refused',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      await player.command(push, message.claimPush, OFFICER, {});
      await player.command(push, message.requestExtension, OFFICER, { workingDays: 5, reason: '材料较多' });
      await player.command(push, message.refuseExtension, LEAD, { opinion: '理由不充分' });
      await player.command(push, message.feedBack, OFFICER, { outcome: 'not-applied' });
      return player.ended(push);
    },
  },
  {
    name: 'correction-sent-back-and-withdrawn',
    async play(player) {
      const correction = await player.correct({ origin: 'public', occasion: '20261123ABCDEFGHJKMN2' });
      await player.command(correction, message.confirmError, OFFICER, { opinion: '属实' });
      await player.command(correction, message.applyForCorrection, OFFICER, { statement: '请予更正', version: 2 });
      await player.command(correction, message.sendBackCorrection, LEAD, { reason: '字段有误' });
      await player.command(correction, message.applyForWithdrawal, OFFICER, { statement: '请予撤下', version: 3 });
      await player.command(correction, message.approveCorrection, LEAD, { opinion: '属实' });
      await player.command(correction, message.executeCorrection, PLATFORM, {});
      return player.ended(correction);
    },
  },
];
