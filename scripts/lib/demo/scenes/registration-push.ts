import { register } from '../registering.ts';
import type { Story } from '../story.ts';

/** 双告知: pushed, returned with a reason, ruled, pushed again, claimed, fed back. @returns the cases played. */
export async function playRegistrationPush(story: Story) {
  story.scene('双告知：推送、回退、人工确认、再次推送、认领、反馈（第七条第二、三款）');
  const { caseIds } = await register(story, '许可项目：农药零售。一般项目：化肥销售（不含危险化学品）。');
  const first = caseIds[0]!;
  const pushed = await story.begun('nongye', 'pushes', first);
  story.note(`命中“${pushed.hits[0]?.keyword}”（${pushed.hits[0]?.itemName}），推送${pushed.departmentName}`);
  story.due(pushed);
  const reason = { reasonCode: 'wrong-department', reason: '该企业的经营场所由市场监管部门一并管理' };
  const returned = await story.command('nongye', 'pushes', first, 'return', `回退：${reason.reason}`, reason);
  const rollback = returned.nextCaseId!;
  story.due(await story.begun('dengji', 'rollbacks', rollback));
  const same = { decision: 'other', departmentCode: '430103-agriculture', reason: '误填' };
  story.tell(await story.nameOf('dengji'), '误将原部门填为改推部门');
  await story.refused('dengji', `/api/v1/rollbacks/${encodeURIComponent(rollback)}/rule`, same);
  const ruling = { decision: 'other', departmentCode: '430103-market-regulation', reason: '依权责清单' };
  const ruled = await story.command(
    'dengji',
    'rollbacks',
    rollback,
    'rule',
    '确认由天心区市场监管部门承办，再次推送',
    ruling,
  );
  const second = ruled.nextCaseId!;
  story.due(await story.begun('shichang', 'pushes', second));
  await story.command('shichang', 'pushes', second, 'claim', '认领');
  const feedback = { outcome: 'permit-granted', permitNo: '湘经许〔2026〕1号' };
  await story.command('shichang', 'pushes', second, 'feedback', '反馈：已许可，湘经许〔2026〕1号', feedback);
  for (const [as, noun, caseId] of [
    ['nongye', 'pushes', first],
    ['dengji', 'rollbacks', rollback],
    ['shichang', 'pushes', second],
  ] as const) {
    story.audit(await story.until(as, noun, caseId, ({ status }) => status === 'closed'));
  }
  return { first, rollback, second };
}

/** 中止与延期: suspended days do not count; a second person approves an extension. */
export async function playTerms(story: Story) {
  story.scene('中止保留剩余工作日，延期由另一人审批（行政许可法第四十五条、第四十二条）');
  const { caseIds } = await register(story, '许可项目：兽药经营。');
  const caseId = caseIds[0]!;
  await story.begun('nongye', 'pushes', caseId);
  await story.command('nongye', 'pushes', caseId, 'claim', '认领');
  const dueOf = (detail: Awaited<ReturnType<Story['begun']>>) =>
    detail.deadlines.find(({ limitId }) => limitId === 'registrationPush.feedback')!;
  const before = dueOf(await story.begun('nongye', 'pushes', caseId));
  await story.command('nongye', 'pushes', caseId, 'suspend', '中止：等待专家评审', { reason: '等待专家评审' });
  await story.until('nongye', 'pushes', caseId, (seen) => dueOf(seen).suspendedAt !== null);
  await story.workingDays(2);
  const after = await story
    .command('nongye', 'pushes', caseId, 'resume', '评审完毕，恢复计算')
    .then(() => story.until('nongye', 'pushes', caseId, (seen) => dueOf(seen).suspendedAt === null));
  story.note(`中止期间不计算，反馈期限由${before.dueDate}顺延至${dueOf(after).dueDate}，剩余工作日不变`);
  const request = { workingDays: 3, reason: '当事人补正材料' };
  await story.command('nongye', 'pushes', caseId, 'request-extension', '申请延期3个工作日：当事人补正材料', request);
  story.tell(await story.nameOf('nongye'), '想自行同意延期');
  await story.refused('nongye', `/api/v1/pushes/${encodeURIComponent(caseId)}/approve-extension`, { opinion: '同意' });
  await story.command('nongye-lead', 'pushes', caseId, 'approve-extension', '同意延期', { opinion: '情况属实，同意' });
  const extended = await story.begun('nongye', 'pushes', caseId);
  story.note(`反馈期限延至${dueOf(extended).dueDate}（共${dueOf(extended).workingDays}个工作日）`);
  await story.command('nongye', 'pushes', caseId, 'feedback', '反馈：许可办理中', { outcome: 'permit-pending' });
  story.audit(await story.until('nongye', 'pushes', caseId, ({ status }) => status === 'closed'));
  return { caseId };
}
