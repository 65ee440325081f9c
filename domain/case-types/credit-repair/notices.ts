/** Words of notices about 信用修复 (第九条第一款). */
import { enterprise, until, type Wording } from '../../notices/wording.ts';

export const CREDIT_REPAIR_TOPICS = {
  'creditRepair.applied': {
    urgency: 'reminder',
    article: '第九条第一款',
    title: (f) => `收到信用修复申请：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}向${f.departmentName}申请信用修复，请决定是否受理${until(f)}。`,
  },
  'creditRepair.proposed': {
    urgency: 'reminder',
    article: '第九条第一款',
    title: (f) => `信用修复待审批：${f.enterpriseName}`,
    body: (f) => `对${enterprise(f)}的信用修复已拟定意见，请由没有经办的另一人审批${until(f)}。`,
  },
  'creditRepair.granted': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `已准予信用修复：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}已准予${enterprise(f)}信用修复，公示、共享和限制一并终止。`,
  },
  'creditRepair.lapsed': {
    urgency: 'info',
    article: '第九条第一款',
    title: (f) => `信用修复终止：${f.enterpriseName}`,
    body: (f) => `${enterprise(f)}的名单条目已因其他原因移出，信用修复不必再办理。`,
  },
} as const satisfies Record<string, Wording>;
