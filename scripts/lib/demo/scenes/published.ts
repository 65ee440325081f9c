import { register } from '../registering.ts';
import type { Story } from '../story.ts';

interface Published {
  items: { registrationNo: string }[];
}

/** 发布公示: no approval is touched; without a limit, until a department finds that the enterprise is its matter. */
export async function playPublished(story: Story) {
  story.scene('不涉及审批：发布公示，供查询、下载、认领，没有期限（第七条第二款）');
  const { registrationNo, uscc } = await register(story, '一般项目：日用百货销售；信息技术咨询服务。');
  const path = '/api/v1/published-registrations';
  const { items } = await story.get<Published>('shichang', `${path}?q=${uscc}`);
  story.tell(await story.nameOf('shichang'), `查询到公示的登记信息${items.length}条`);
  const { caseId } = await story.post<{ caseId: string }>(
    'shichang',
    `${path}/${encodeURIComponent(registrationNo)}/claim`,
    {},
  );
  story.tell(await story.nameOf('shichang'), '认领，纳入日常监管');
  story.tell(await story.nameOf('nongye'), '随后也来认领');
  await story.refused('nongye', `${path}/${encodeURIComponent(registrationNo)}/claim`);
  story.due(await story.begun('shichang', 'pushes', caseId));
  const outcome = { outcome: 'no-permit-needed', reason: '不涉及审批，纳入日常监管' };
  await story.command('shichang', 'pushes', caseId, 'feedback', '反馈：经核实无须许可，已纳入监管', outcome);
  return { registrationNo, push: caseId };
}
