import { register } from '../registering.ts';
import type { Story } from '../story.ts';

interface Progress {
  stageTitle: string;
  outcomeTitle: string | null;
  reply: string | null;
  steps: { title: string }[];
}

/**
 * 举报: a citizen reports, the department in charge transfers the report, the other investigates, the receipt shows the
 * answer.
 */
export async function playComplaint(story: Story) {
  story.scene('举报：公众举报、移送有权部门、核查处理、凭回执号查询答复（第十三条第四款）');
  const { uscc } = await register(story, '许可项目：农药零售。');
  const report = { uscc, category: 'advertising', content: '农药广告夸大药效', contact: '13800000000' };
  const { receiptNo } = await story.post<{ receiptNo: string }>(null, '/api/v1/public/complaints', report);
  story.tell('公众', `举报违法经营，得到回执号 ${receiptNo}`);
  const first = `complaint~${receiptNo}~1`;
  story.due(await story.begun('shichang', 'complaints', first));
  const transfer = { departmentCode: '430103-agriculture', reason: '农药广告由农业农村主管部门审查' };
  await story.command('shichang', 'complaints', first, 'transfer', '移送', transfer);
  const complaint = `complaint~${receiptNo}~2`;
  story.due(await story.begun('nongye', 'complaints', complaint));
  await story.command('nongye', 'complaints', complaint, 'accept', '受理');
  const answer = { outcome: 'ordered', reply: '经现场核查属实，已责令改正' };
  await story.command('nongye', 'complaints', complaint, 'handle', '办结答复', answer);
  const progress = await story.get<Progress>(null, `/api/v1/public/receipts/${receiptNo}`);
  story.note(`公众凭回执号查询：${progress.stageTitle}，${progress.outcomeTitle}，${progress.reply}`);
  story.audit(await story.until('nongye', 'complaints', complaint, ({ status }) => status === 'closed'));
  return { complaints: [first, complaint], progress };
}
