/** The words of notices about registrations, records and their limits (第五条至第七条、第十八条). */
import { EVENTS } from '../registration/events.ts';
import type { RegistrationEvent } from '../registration/words.ts';
import { bySuspension, byExtension, enterprise, until, type Wording } from './wording.ts';

/** A push of what happened to an enterprise that was registered before. The task is that of the event's row. */
const pushed = (event: RegistrationEvent, title: string, happened: string): Wording & { article: string } => ({
  urgency: 'info',
  article: '第七条第二款',
  title: (f) => `${title}推送：${f.enterpriseName}`,
  body: (f) =>
    `${enterprise(f)}${happened}，推送${f.departmentName}：涉及本部门的审批事项有无增减见该事项，请认领，${EVENTS[event].task}，并反馈许可审批和监管信息${until(f)}。`,
});

export const REGISTRATION_TOPICS = {
  'push.received': {
    urgency: 'info',
    article: '第七条第二款',
    title: (f) => `登记信息推送：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的登记信息已推送${f.departmentName}，请认领并反馈许可审批和监管信息${until(f)}。`,
  },
  'push.changed': pushed('change', '登记变更', '的登记信息已变更'),
  'push.cancelled': pushed('cancel', '登记注销', '已注销登记'),
  'push.revoked': pushed('revoke', '吊销营业执照', '已被吊销营业执照'),
  'push.annulled': pushed('annul', '撤销登记', '的登记已被撤销'),
  'push.dormant': pushed('dormant', '歇业', '已歇业'),
  'push.resumed': pushed('resume', '恢复营业', '已恢复营业'),
  'push.movedIn': pushed('moveIn', '迁入', '已迁入'),
  'push.movedOut': pushed('moveOut', '迁出', '已迁出'),
  'push.filed': pushed('filing', '备案', '已办理备案'),
  'registration.lapsed': {
    urgency: 'info',
    article: '第七条第一款',
    title: (f) => `事项终止，企业已注销：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}已注销登记，此前登记信息的有关事项终止，不必再办理；已记录的逾期不消除。`,
  },
  'push.toSupervise': {
    urgency: 'info',
    article: '第七条第二款',
    title: (f) => `登记信息告知（监管）：${f.enterpriseName}`,
    body: (f) =>
      `${enterprise(f)}的登记信息涉及由${f.departmentName}办理、由你单位监管的事项，特此告知。不必认领或者反馈；办理结果另行告知。`,
  },
  'push.answered': {
    urgency: 'info',
    article: '第七条第三款',
    title: (f) => `办理结果告知（监管）：${f.enterpriseName}`,
    body: (f) =>
      `${f.departmentName}就${enterprise(f)}的登记信息反馈：${f.outcome ?? '见该事项'}。请履行监管职责，监管中应当公示的信息在7个工作日内归集。`,
  },
  'push.fedBack': {
    urgency: 'info',
    article: '第七条第三款',
    title: (f) => `部门已反馈：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}已反馈${enterprise(f)}的许可审批和监管信息。`,
  },
  'push.supplemented': {
    urgency: 'info',
    article: '第七条第三款',
    title: (f) => `部门补充反馈：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}补充反馈了${enterprise(f)}的许可审批和监管信息。`,
  },
  'rollback.received': {
    urgency: 'reminder',
    article: '第七条第二款',
    title: (f) => `推送被回退，待确认部门：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的推送被部门回退，请人工确认审批（行业主管）部门后再次推送${until(f)}。`,
  },
  'rollback.arbitration': {
    urgency: 'supervision',
    article: '第十七条',
    title: (f) => `多次回退，待裁定：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的推送经多次回退仍无部门承办，请督查机构裁定${until(f)}。`,
  },
  'pool.claimed': {
    urgency: 'info',
    article: '第七条第二款',
    title: (f) => `公示信息已被认领：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的登记信息已被${f.departmentName}认领。`,
  },
  'publication.received': {
    urgency: 'info',
    article: '第五条第一款',
    title: (f) => `信息待公示：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}归集了${enterprise(f)}应当公示的信息，请审核并公示于企业名下${until(f)}。`,
  },
  'publication.toReview': {
    urgency: 'reminder',
    article: '第十九条第一款',
    title: (f) => `信息待内部审核：${f.enterpriseName}`,
    body: (f) =>
      `${f.departmentName}录入了${enterprise(f)}应当公示的信息，请本部门另一人审核，同意后即归集。归集期限继续计算。`,
  },
  'publication.sentBack': {
    urgency: 'reminder',
    article: '第十九条第一款',
    title: (f) => `信息经内部审核退回：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的信息经本部门内部审核退回，请修改后再提交审核。归集期限继续计算。`,
  },
  'publication.returned': {
    urgency: 'reminder',
    article: '第六条',
    title: (f) => `信息被退回更正：${f.enterpriseName}`,
    body: (f) =>
      `${f.departmentName}归集的${enterprise(f)}的信息被退回，请按退回理由更正后重新归集。20个工作日的公示期限继续计算。`,
  },
  'publication.resubmitted': {
    urgency: 'info',
    article: '第六条',
    title: (f) => `信息已更正，待公示：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}更正并重新归集了${enterprise(f)}的信息，请审核并公示于企业名下${until(f)}。`,
  },
  'publication.published': {
    urgency: 'info',
    article: '第五条第一款',
    title: (f) => `信息已公示：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}归集的信息已公示于${enterprise(f)}名下。`,
  },
  'limit.suspended': {
    urgency: 'info',
    article: bySuspension,
    title: (f) => `期限中止：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}中止了${enterprise(f)}有关事项的期限计算，剩余工作日保留。`,
  },
  'suspension.requested': {
    urgency: 'info',
    article: bySuspension,
    title: (f) => `中止申请待审批：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的事项申请中止期限计算，请本部门另一名负责人审批。`,
  },
  'suspension.refused': {
    urgency: 'info',
    article: bySuspension,
    title: (f) => `中止未获同意：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的事项中止期限计算未获同意，期限照常计算${until(f)}。`,
  },
  'extension.requested': {
    urgency: 'info',
    article: byExtension,
    title: (f) => `延期申请待审批：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的事项申请延期，请本部门另一名负责人审批。`,
  },
  'extension.approved': {
    urgency: 'info',
    article: byExtension,
    title: (f) => `延期已同意：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的事项已同意延期${until(f)}。`,
  },
  'extension.refused': {
    urgency: 'info',
    article: byExtension,
    title: (f) => `延期未获同意：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的事项延期未获同意${until(f)}。`,
  },
  'correction.opened': {
    urgency: 'reminder',
    article: '第十八条',
    title: (f) => `数据有误待核实更正：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}名下由${f.departmentName}提供的信息被发现有误，请核实并报请更正${until(f)}。`,
  },
  'correction.applied': {
    urgency: 'info',
    article: '第十九条第一款',
    title: (f) => `更正申请待复核：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的更正申请已提出，请本部门另一名负责人复核${until(f)}。`,
  },
  'correction.sentBack': {
    urgency: 'reminder',
    article: '第十九条第一款',
    title: (f) => `更正申请被退回：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的更正申请经复核退回，请修改后重新申请${until(f)}。`,
  },
  'correction.reviewed': {
    urgency: 'reminder',
    article: '第十八条第一款',
    title: (f) => `报请更正：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}书面报请更正${enterprise(f)}名下的信息，请予以更正${until(f)}。`,
  },
  'correction.returned': {
    urgency: 'reminder',
    article: '第十八条第一款',
    title: (f) => `更正申请被平台退回：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的更正申请被退回，请对照现在公示的内容重新申请${until(f)}。`,
  },
  'correction.withdrawn': {
    urgency: 'info',
    article: '第十八条第一款',
    title: (f) => `信息已撤下：${f.enterpriseName}`,
    body: (f) =>
      `${enterprise(f)}名下由${f.departmentName}提供的信息有误，已经撤下，不再公示；已据此办理的，请核实处理。`,
  },
  'correction.executed': {
    urgency: 'info',
    article: '第十八条第一款',
    title: (f) => `信息已更正：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}名下由${f.departmentName}提供的信息已更正，请以更正后的内容为准。`,
  },
} as const satisfies Record<string, Wording>;
