/** Words of notices about support for small and micro enterprises (第十条). */
import { enterprise, until, type Wording } from '../../notices/wording.ts';

export const SUPPORT_MEASURE_TOPICS = {
  'supportMeasure.entered': {
    urgency: 'reminder',
    article: '第十条',
    title: (f) => `扶持信息待审批：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}录入了对${enterprise(f)}的扶持信息，请本部门另一名负责人审批${until(f)}。`,
  },
  'supportMeasure.published': {
    urgency: 'info',
    article: '第十条',
    title: (f) => `扶持信息已公示：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}对${enterprise(f)}的扶持信息已公示于企业名下。`,
  },
  'supportMeasure.refused': {
    urgency: 'info',
    article: '第十条',
    title: (f) => `扶持信息未获批准：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}对${enterprise(f)}的扶持信息未获批准，不予公示。`,
  },
  'supportMeasure.expired': {
    urgency: 'info',
    article: '第十条',
    title: (f) => `扶持期满：${f.enterpriseName}`,
    body: (f) => `${f.departmentName}对${enterprise(f)}的扶持已期满，不再公示。`,
  },
} as const satisfies Record<string, Wording>;
