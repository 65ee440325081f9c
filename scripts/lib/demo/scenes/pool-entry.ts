import { register } from '../registering.ts';
import type { Story } from '../story.ts';

/** 公示认领: the approval department is unclear; the first claim wins. */
export async function playPoolEntry(story: Story) {
  story.scene('审批部门不明确：公示供查询认领，先认领者承办（第七条第二款）');
  const { caseIds } = await register(story, '许可项目：互联网直播技术服务。');
  const entry = caseIds[0]!;
  story.due(await story.begun('weijian', 'pool-entries', entry));
  const claimed = await story.command('weijian', 'pool-entries', entry, 'claim', '认领');
  story.tell(await story.nameOf('nongye'), '随后也来认领');
  await story.refused('nongye', `/api/v1/pool-entries/${encodeURIComponent(entry)}/claim`);
  const push = claimed.nextCaseId!;
  story.due(await story.begun('weijian', 'pushes', push));
  const outcome = { outcome: 'no-permit-needed', reason: '不涉及审批，纳入日常监管' };
  await story.command('weijian', 'pushes', push, 'feedback', '反馈：经核实无须许可，已纳入监管', outcome);
  story.audit(await story.until('weijian', 'pool-entries', entry, ({ status }) => status === 'closed'));
  return { entry, push };
}
