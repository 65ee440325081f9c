/** The words of every notice but a ladder's, by topic. Every one names its article, so that the reader can check the authority. */

import type { Limit } from './limits.ts';

export type Urgency = 'info' | 'reminder' | 'breach' | 'supervision';

/** What a notice's words are made of. */
export interface NoticeFacts {
  enterpriseName: string;
  uscc: string;
  departmentName: string | null;
  dueDate: string | null;
  /** 通报批评: what is circulated. */
  criticism?: { text: string; documentNo?: string };
}

export interface Wording {
  urgency: Urgency;
  /** 中止 and 延期 are granted by the article of the limit that they concern. */
  article: string | ((limit: Limit) => string | undefined);
  title: (f: NoticeFacts) => string;
  body: (f: NoticeFacts) => string;
}

const bySuspension = ({ suspension }: Limit) => suspension?.article;
const byExtension = ({ extension }: Limit) => extension?.article;

export const enterprise = (f: NoticeFacts) => `${f.enterpriseName}（${f.uscc}）`;
const criticism = (f: NoticeFacts) =>
  f.criticism ? `${f.criticism.documentNo ? `（${f.criticism.documentNo}）` : ''}：${f.criticism.text}` : '。';
const until = (f: NoticeFacts) => (f.dueDate ? `，请于${f.dueDate}（含当日）前办理` : '');

export const TOPICS = {
  'push.received': {
    urgency: 'info',
    article: '第七条第二款',
    title: (f) => `登记信息推送：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的登记信息已推送${f.departmentName}，请认领并反馈许可审批和监管信息${until(f)}。`,
  },
  'push.changed': {
    urgency: 'info',
    article: '第七条第二款',
    title: (f) => `登记变更推送：${f.enterpriseName}`,
    body: (f) =>
      `${enterprise(f)}的登记信息已变更，推送${f.departmentName}：涉及本部门的审批事项有无增减见该事项，请认领，核对许可后反馈许可审批和监管信息${until(f)}。`,
  },
  'push.cancelled': {
    urgency: 'info',
    article: '第七条第二款',
    title: (f) => `登记注销推送：${f.enterpriseName}`,
    body: (f) =>
      `${enterprise(f)}已注销登记，推送${f.departmentName}：请认领，依法办理许可的注销，并反馈许可审批和监管信息${until(f)}。`,
  },
  'registration.lapsed': {
    urgency: 'info',
    article: '第七条第一款',
    title: (f) => `事项终止，企业已注销：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}已注销登记，此前登记信息的有关事项终止，不必再办理；已记录的逾期不消除。`,
  },
  'push.fedBack': {
    urgency: 'info',
    article: '第七条第三款',
    title: (f) => `部门已反馈：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}已反馈${enterprise(f)}的许可审批和监管信息。`,
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
  'complaint.received': {
    urgency: 'reminder',
    article: '第十三条第四款',
    title: (f) => `举报待受理：${f.enterpriseName}`,
    body: (f) => `群众举报${enterprise(f)}违法经营，由${f.departmentName}承办，请决定是否受理${until(f)}。`,
  },
  'complaint.extensionRequested': {
    urgency: 'info',
    article: byExtension,
    title: (f) => `举报办理申请延期：${f.enterpriseName}`,
    body: (f) => `关于${enterprise(f)}的举报申请延期办理，请本部门另一名负责人审批。`,
  },
  'complaint.extensionApproved': {
    urgency: 'info',
    article: byExtension,
    title: (f) => `举报办理延期已同意：${f.enterpriseName}`,
    body: (f) => `关于${enterprise(f)}的举报已同意延期办理${until(f)}。`,
  },
  'complaint.extensionRefused': {
    urgency: 'info',
    article: byExtension,
    title: (f) => `举报办理延期未获同意：${f.enterpriseName}`,
    body: (f) => `关于${enterprise(f)}的举报延期办理未获同意${until(f)}。`,
  },
  'supervision.opened': {
    urgency: 'supervision',
    article: '第十七条',
    title: (f) => `督查督办：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}对${enterprise(f)}的有关事项逾期未办，已转督查督办，请签收并答复${until(f)}。`,
  },
  'supervision.ordered': {
    urgency: 'supervision',
    article: '第十七条',
    title: (f) => `督查督办：${f.enterpriseName}`,
    body: (f) => `督查机构就${f.departmentName}办理${enterprise(f)}有关事项的情况立案督办，请签收并答复${until(f)}。`,
  },
  'supervision.replied': {
    urgency: 'info',
    article: '第十七条',
    title: (f) => `督办已答复：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}已答复关于${enterprise(f)}的督办事项，请审查${until(f)}。`,
  },
  'supervision.extensionRequested': {
    urgency: 'info',
    article: byExtension,
    title: (f) => `督办答复申请延期：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}就关于${enterprise(f)}的督办事项申请延期答复，请审批。`,
  },
  'supervision.extensionApproved': {
    urgency: 'info',
    article: byExtension,
    title: (f) => `督办答复延期已同意：${f.enterpriseName}`,
    body: (f) => `关于${enterprise(f)}的督办事项，已同意延期答复${until(f)}。`,
  },
  'supervision.extensionRefused': {
    urgency: 'info',
    article: byExtension,
    title: (f) => `督办答复延期未获同意：${f.enterpriseName}`,
    body: (f) => `关于${enterprise(f)}的督办事项，延期答复未获同意${until(f)}。`,
  },
  'supervision.rectificationOrdered': {
    urgency: 'supervision',
    article: '第十七条',
    title: (f) => `责令整改：${f.enterpriseName}`,
    body: (f) => `关于${enterprise(f)}的督办事项，责令${f.departmentName}整改并报告整改情况${until(f)}。`,
  },
  'supervision.criticised': {
    urgency: 'supervision',
    article: '第十六条',
    title: (f) => `通报批评：${f.departmentName}`,
    body: (f) =>
      `${f.departmentName}不按照规定开展数据管理和运用工作（关于${enterprise(f)}的督办事项），予以通报批评${criticism(f)}`,
  },
  // 通报: to the departments beside it, by which nobody learns of the case itself.
  'supervision.criticismCirculated': {
    urgency: 'info',
    article: '第十六条',
    title: (f) => `通报批评：${f.departmentName}`,
    body: (f) => `${f.departmentName}不按照规定开展数据管理和运用工作，予以通报批评${criticism(f)}`,
  },
  'supervision.closed': {
    urgency: 'info',
    article: '第十七条',
    title: (f) => `督办已办结：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}关于${enterprise(f)}的督办事项已办结。`,
  },
  'listing.appealed': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `企业对列入名单提出申诉：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}对列入失信名单提出申诉，请核实并处理${until(f)}。`,
  },
  'listing.lifted': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `联合惩戒全部解除：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}已移出失信名单，各有关部门均已确认解除限制。`,
  },
  'sanction.sent': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `联合惩戒通知：${f.enterpriseName}`,
    body: (f) =>
      `${enterprise(f)}被列入失信名单，请${f.departmentName}获取失信信息，结合本部门职能决定限制${until(f)}。`,
  },
  'sanction.decided': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `已决定限制：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}已决定对${enterprise(f)}予以限制。`,
  },
  'sanction.declined': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `部门不予限制：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}决定对${enterprise(f)}不予限制，理由见该事项。`,
  },
  'sanction.fedBack': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `部门已反馈执行限制情况：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}已反馈对${enterprise(f)}执行限制的情况。`,
  },
  'sanction.suspended': {
    urgency: 'info',
    article: bySuspension,
    title: (f) => `反馈期限中止：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}对${enterprise(f)}的限制停止执行，反馈期限中止，剩余工作日保留。`,
  },
  'sanction.withdrawn': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `联合惩戒通知已撤回：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}已移出失信名单，联合惩戒通知撤回，不必再办理；已决定的限制请在解除事项中确认解除。`,
  },
  'lifting.ordered': {
    urgency: 'reminder',
    article: '第九条第一款',
    title: (f) => `请解除限制：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}已移出失信名单，请${f.departmentName}解除限制并确认${until(f)}。`,
  },
} as const satisfies Record<string, Wording>;

export type Topic = keyof typeof TOPICS;

/** Topics that are worded for a limit, and cite its row. */
export type TermTopic = { [T in Topic]: (typeof TOPICS)[T]['article'] extends string ? never : T }[Topic];
