/** 通报批评 (第十六条), and complaints under the rule set of their sector (第十三条). */
import { supervisionId } from '../../../domain/case/id.ts';
import { complaintBodies } from '../../../domain/case-types/complaint/commands.ts';
import { supervisionBodies } from '../../../domain/case-types/supervision/commands.ts';
import type { SupervisionFacts } from '../../../domain/case-types/supervision/opening.ts';
import { extensionBodies } from '../../../domain/case-types/terms.ts';
import { updateOf } from '../../../workflows/lib/updates.ts';
import { GOVERNMENT, LEAD, OFFICER, SUPERVISOR, type Scenario } from './player.ts';

const accept = updateOf(supervisionBodies, 'accept');
const close = updateOf(supervisionBodies, 'close');
const criticise = updateOf(supervisionBodies, 'criticise');
const declineCriticism = updateOf(supervisionBodies, 'declineCriticism');
const proposeCriticism = updateOf(supervisionBodies, 'proposeCriticism');
const reply = updateOf(supervisionBodies, 'reply');
const stateOpinion = updateOf(supervisionBodies, 'stateOpinion');
const acceptComplaint = updateOf(complaintBodies, 'accept');
const handleComplaint = updateOf(complaintBodies, 'handle');
const transferComplaint = updateOf(complaintBodies, 'transfer');
const requestExtension = updateOf(extensionBodies('complaint.verification'), 'requestExtension');
const approveExtension = updateOf(extensionBodies('complaint.verification'), 'approveExtension');

const PROPOSAL = {
  reason: '逾期不反馈',
  grounds: [{ limitId: 'registrationPush.feedback' as const, term: 1, dueDate: '2026-11-27' }],
};
const RULES = { ruleSet: 'market-regulation-2020', uscc: null } as const;

export const OVERSIGHT_SCENARIOS: Scenario[] = [
  {
    name: 'supervision-criticised',
    async play(player, registrationNo) {
      const push = await player.push(registrationNo);
      const supervision = await player.begun(supervisionId(push, 'registrationPush.feedback'));
      await player.command(supervision, accept, LEAD, {});
      await player.command(supervision, reply, LEAD, { explanation: '经办人更换' });
      await player.command(supervision, proposeCriticism, SUPERVISOR, PROPOSAL);
      await player.command(supervision, stateOpinion, LEAD, { opinion: '交接遗漏' });
      await player.command(supervision, declineCriticism, GOVERNMENT, { reason: '已补办' });
      await player.command(supervision, proposeCriticism, SUPERVISOR, PROPOSAL, 2);
      // Nobody speaks: the system ends the hearing.
      await player.until(supervision, ({ criticism }: SupervisionFacts) => criticism?.state === 'heard');
      await player.command(supervision, criticise, GOVERNMENT, { text: '予以通报批评' });
      await player.command(supervision, close, SUPERVISOR, { finding: '整改到位' });
      return player.ended(supervision);
    },
  },
  {
    name: 'complaint-verified-by-rule-set',
    async play(player) {
      const complaint = await player.complain('20261123ABCDEFGHJKMN2', { ...RULES, matter: 'report' });
      await player.command(complaint, acceptComplaint, OFFICER, {});
      await player.command(complaint, requestExtension, OFFICER, { workingDays: 15, reason: '须送检' });
      await player.command(complaint, approveExtension, LEAD, { opinion: '同意' });
      await player.command(complaint, handleComplaint, OFFICER, { outcome: 'filed', reply: '已立案' });
      return player.ended(complaint);
    },
  },
  {
    name: 'complaint-dispute-transferred',
    async play(player) {
      const complaint = await player.complain('20261123ABCDEFGHJKMN3', { ...RULES, matter: 'dispute' });
      const transfer = { departmentCode: OFFICER.departmentCode!, reason: '属本部门职责' };
      const next = await player.begun(await player.command(complaint, transferComplaint, OFFICER, transfer));
      await player.command(next, acceptComplaint, OFFICER, {});
      await player.command(next, handleComplaint, OFFICER, { outcome: 'settled', reply: '双方达成协议' });
      await player.ended(next);
      return player.ended(complaint);
    },
  },
];
