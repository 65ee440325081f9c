import { register } from '../registering.ts';
import type { Story } from '../story.ts';

/** 双告知: pushed, returned with a reason, ruled, pushed again, claimed, fed back. @returns the cases played. */
export async function playRegistrationPush(story: Story) {
  story.scene('双告知：推送、回退、人工确认、再次推送、认领、反馈并归集许可（第七条第二、三款）');
  const { caseIds, uscc } = await register(story, '许可项目：诊所服务（宠物）。一般项目：宠物食品及用品零售。');
  const first = caseIds[0]!;
  const pushed = await story.begun('weijian', 'pushes', first);
  story.note(`命中“${pushed.hits[0]?.keyword}”（${pushed.hits[0]?.itemName}），推送${pushed.departmentName}`);
  story.due(pushed);
  const reason = { reasonCode: 'wrong-department', reason: '诊疗对象是宠物，属于动物诊疗（动物防疫法第六十一条）' };
  const returned = await story.command('weijian', 'pushes', first, 'return', `回退：${reason.reason}`, reason);
  const rollback = returned.nextCaseId!;
  story.due(await story.begun('dengji', 'rollbacks', rollback));
  const same = { decision: 'other', departmentCode: '430103-health', reason: '误填' };
  story.tell(await story.nameOf('dengji'), '误将原部门填为改推部门');
  await story.refused('dengji', `/api/v1/rollbacks/${encodeURIComponent(rollback)}/rule`, same);
  const ruling = { decision: 'other', departmentCode: '430103-agriculture', reason: '动物诊疗由农业农村部门许可' };
  const ruled = await story.command(
    'dengji',
    'rollbacks',
    rollback,
    'rule',
    '确认由天心区农业农村部门承办，再次推送',
    ruling,
  );
  const second = ruled.nextCaseId!;
  story.due(await story.begun('nongye', 'pushes', second));
  await story.command('nongye', 'pushes', second, 'claim', '认领');
  const decidedOn = await story.today(uscc);
  const documentNo = story.numbered('天农许', decidedOn);
  const permit = {
    documentNo,
    permitNo: story.numbered('动物诊疗许', decidedOn),
    decidedOn,
    validUntil: '2099-12-31',
    content: '宠物诊疗',
  };
  const feedback = { outcome: 'permit-granted', ...permit };
  await story.command('nongye', 'pushes', second, 'feedback', `反馈：已许可，同时归集${documentNo}`, feedback);
  for (const [as, noun, caseId] of [
    ['weijian', 'pushes', first],
    ['dengji', 'rollbacks', rollback],
    ['nongye', 'pushes', second],
  ] as const) {
    story.audit(await story.until(as, noun, caseId, ({ status }) => status === 'closed'));
  }
  return { first, rollback, second, uscc };
}

/** 中止与延期: suspended days do not count; a second person approves an extension. */
export async function playTerms(story: Story) {
  story.scene('反馈是办理时限：中止保留剩余工作日，中止和延期都由另一人审批；申请审批中的事项保持跟进（第十七条）');
  const { caseIds, uscc } = await register(story, '许可项目：兽药经营。');
  const caseId = caseIds[0]!;
  await story.begun('nongye', 'pushes', caseId);
  await story.command('nongye', 'pushes', caseId, 'claim', '认领');
  const dueOf = (detail: Awaited<ReturnType<Story['begun']>>) =>
    detail.deadlines.find(({ limitId }) => limitId === 'registrationPush.feedback')!;
  const before = dueOf(await story.begun('nongye', 'pushes', caseId));
  const ground = { reasonCode: 'applicant-supplementing', reason: '已一次告知补正' };
  await story.command('nongye', 'pushes', caseId, 'request-suspension', '申请中止：当事人正在补正材料', ground);
  await story.command('nongye-lead', 'pushes', caseId, 'suspend', '同意中止', { opinion: '情况属实，同意' });
  await story.until('nongye', 'pushes', caseId, (seen) => dueOf(seen).suspendedAt !== null);
  await story.workingDays(2);
  const after = await story
    .command('nongye', 'pushes', caseId, 'resume', '材料已补正，恢复计算')
    .then(() => story.until('nongye', 'pushes', caseId, (seen) => dueOf(seen).suspendedAt === null));
  story.note(`中止期间不计算，反馈期限由${before.dueDate}顺延至${dueOf(after).dueDate}，剩余工作日不变`);
  const request = { workingDays: 3, reasonCode: 'site-inspection' };
  await story.command('nongye', 'pushes', caseId, 'request-extension', '申请延期3个工作日：需要现场核查', request);
  story.tell(await story.nameOf('nongye'), '想自行同意延期');
  await story.refused('nongye', `/api/v1/pushes/${encodeURIComponent(caseId)}/approve-extension`, { opinion: '同意' });
  await story.command('nongye-lead', 'pushes', caseId, 'approve-extension', '同意延期', { opinion: '情况属实，同意' });
  const extended = await story.begun('nongye', 'pushes', caseId);
  story.note(`反馈期限延至${dueOf(extended).dueDate}（共${dueOf(extended).workingDays}个工作日）`);
  await story.command('nongye', 'pushes', caseId, 'follow-up', '当事人已申请兽药经营许可，正在审批：保持跟进');
  const decided = { decidedOn: await story.today(uscc) };
  await story.command('nongye', 'pushes', caseId, 'declare-decision', '已作决定：归集期限自决定之日起算', decided);
  const deciding = await story.begun('nongye', 'pushes', caseId);
  const aggregation = deciding.deadlines.find(({ limitId }) => limitId === 'registrationPush.aggregation')!;
  story.note(`归集期限（法定）自${aggregation.startDate}起算，${aggregation.dueDate}届满`);
  const refusal = { outcome: 'permit-refused', reason: '仓储条件不符合兽药经营质量管理规范' };
  await story.command('nongye', 'pushes', caseId, 'feedback', '反馈：不予许可', refusal);
  story.audit(await story.until('nongye', 'pushes', caseId, ({ status }) => status === 'closed'));
  return { caseId };
}
