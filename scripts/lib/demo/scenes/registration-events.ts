import { register, registerAnew } from '../registering.ts';
import type { Story } from '../story.ts';

/**
 * 变更与注销: told to the departments that were told before; a cancellation ends what is still open. @returns the cases
 * played.
 */
export async function playRegistrationEvents(story: Story) {
  story.scene('变更、注销：告知此前推送过的部门，企业注销后未办事项自动终止（第七条第一、二款）');
  const enterprise = await register(story, '许可项目：农药零售；食品销售。');
  const established = enterprise.caseIds;
  const first = established.find((caseId) => caseId.includes('agriculture'))!;
  await story.begun('nongye', 'pushes', first);

  const changed = await registerAnew(story, enterprise, 'change', '许可项目：食品销售。');
  const dropped = changed.caseIds.find((caseId) => caseId.includes('agriculture'))!;
  const seen = await story.begun('nongye', 'pushes', dropped);
  story.note(`经营范围不再有农药零售，仍告知${seen.departmentName}`);
  await story.command('nongye', 'pushes', dropped, 'claim', '认领变更');
  const permitNo = story.numbered('农药经许', await story.today(enterprise.uscc));
  const feedback = { outcome: 'permit-cancelled', permitNo, remark: '不再经营农药，许可已注销' };
  await story.command('nongye', 'pushes', dropped, 'feedback', '反馈：许可已注销', feedback);

  const cancelled = await registerAnew(story, enterprise, 'cancel', '');
  const lapsed = await story.until('nongye', 'pushes', first, ({ stage }) => stage === 'lapsed');
  story.note(`设立时的推送由系统终止：“${lapsed.stageTitle}”，不再催办`);
  story.audit(lapsed);
  const page = await story.get<{ cancelledOn: string | null }>(null, `/api/v1/public/enterprises/${enterprise.uscc}`);
  story.note(`公示页面标明已注销：${page.cancelledOn}`);
  return { first, dropped, told: cancelled.caseIds, cancelledOn: page.cancelledOn };
}
