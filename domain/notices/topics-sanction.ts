/** The words of notices about dishonesty lists and sanctions (第九条). */
import { bySuspension, enterprise, until, type NoticeFacts, type Wording } from './wording.ts';

const inPlaceOf = (f: NoticeFacts) => (f.inPlaceOf ? `代已撤销的${f.inPlaceOf}` : '');

export const SANCTION_TOPICS = {
  'listing.appealed': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `企业对列入名单提出申诉：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}对列入失信名单提出申诉，请核实并处理${until(f)}。`,
  },
  'listing.appealedToCourt': {
    urgency: 'info',
    article: '第九条第二款',
    title: (f) => `企业对失信被执行人名单申请纠正：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}申请纠正失信被执行人名单，由执行法院审查；请转告执行法院，并登记其决定。`,
  },
  'listing.expired': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `列入期满，已移出名单：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的列入期限届满，已移出失信名单并停止公示，已通知各有关部门解除限制。`,
  },
  'listing.missing': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `请核实是否仍在列：${f.enterpriseName}`,
    body: (f) =>
      `列入机关报送的全量名单中没有${enterprise(f)}的条目。平台没有移出，请核实：仍在列的请答复，已移出的请办理移出或报送移出数据${until(f)}。`,
  },
  'listing.termOver': {
    urgency: 'info',
    article: '第九条第二款',
    title: (f) => `法院列入的条目期限已届满，请核实：${f.enterpriseName}`,
    body: (f) =>
      `${enterprise(f)}的失信被执行人条目期限已届满，没有收到法院的移出数据。平台没有移出，请向执行法院核实并登记其答复。`,
  },
  'listing.succeeded': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `名单条目已移交承接：${f.enterpriseName}`,
    body: (f) =>
      `做出列入决定的部门已撤销，${enterprise(f)}的名单条目由${f.departmentName}承接，异议、修复和移出由其办理。`,
  },
  'listing.ended': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `列入机关已移出名单：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}已由列入机关移出失信名单，停止公示，已通知各有关部门解除限制。`,
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
  'sanction.expired': {
    urgency: 'reminder',
    article: '第九条第一款',
    title: (f) => `限制期满：${f.enterpriseName}`,
    body: (f) => `贵部门对${enterprise(f)}决定的限制已期满失效，请在业务系统中停止执行；须继续限制的，依法另行决定。`,
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
    body: (f) => `${enterprise(f)}已移出失信名单，请${f.departmentName}${inPlaceOf(f)}解除限制并确认${until(f)}。`,
  },
} as const satisfies Record<string, Wording>;
