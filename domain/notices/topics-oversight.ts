/** The words of notices about supervision, criticism and complaints (第十三条、第十六条、第十七条). */
import { byExtension, criticism, enterprise, until, type Wording } from './wording.ts';

export const OVERSIGHT_TOPICS = {
  'complaint.received': {
    urgency: 'reminder',
    article: '第十三条第四款',
    title: (f) => `举报待受理：${f.enterpriseName}`,
    body: (f) => `群众举报${enterprise(f)}违法经营，由${f.departmentName}承办，请依职责受理、核查${until(f)}。`,
  },
  'complaint.disputeReceived': {
    urgency: 'reminder',
    article: '第十三条第四款',
    title: (f) => `投诉待受理：${f.enterpriseName}`,
    body: (f) => `消费者投诉与${enterprise(f)}的纠纷，由${f.departmentName}承办，请决定是否受理${until(f)}。`,
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
  'supervision.criticismProposed': {
    urgency: 'supervision',
    article: '第十六条',
    title: (f) => `提请通报批评：${f.departmentName}`,
    body: (f) =>
      `督查人员就${f.departmentName}办理${enterprise(f)}有关事项的逾期，提请同级人民政府通报批评；${f.departmentName}可在期限内陈述意见。`,
  },
  'supervision.criticismHeard': {
    urgency: 'supervision',
    article: '第十六条',
    title: (f) => `请决定是否通报批评：${f.departmentName}`,
    body: (f) =>
      `关于${enterprise(f)}的督办事项，已听取${f.departmentName}的陈述或陈述期已满，请决定是否给予通报批评。`,
  },
  'supervision.criticismDeclined': {
    urgency: 'info',
    article: '第十六条',
    title: (f) => `不予通报批评：${f.departmentName}`,
    body: (f) => `关于${enterprise(f)}的督办事项，同级人民政府决定对${f.departmentName}不予通报批评。`,
  },
  'supervision.criticised': {
    urgency: 'supervision',
    article: '第十六条',
    title: (f) => `通报批评：${f.departmentName}`,
    body: (f) =>
      `${f.departmentName}不按照规定开展数据管理和运用工作（关于${enterprise(f)}的督办事项），予以通报批评${criticism(f)}`,
  },
  // 通报 goes to the other departments of the region, so it does not name the enterprise of the case.
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
} as const satisfies Record<string, Wording>;
