/** What may be begun by hand, by whom, and what is asked for. */
import type { z } from 'zod';
import { parseCaseId } from '../../../../domain/case-id.ts';
import { ownErrorSchema } from '../../../../domain/correction-report.ts';
import { DISHONESTY_LISTS } from '../../../../domain/dishonesty-lists.ts';
import { listingEntrySchema } from '../../../../domain/listing-entry.ts';
import { recordInputSchema } from '../../../../domain/record.ts';
import { registrationInputSchema } from '../../../../domain/registration.ts';
import {
  REGISTRATION_EVENTS,
  REGISTRATION_KINDS,
  REGISTRATION_ORIGINS,
} from '../../../../domain/registration-terms.ts';
import type { Role } from '../../../../domain/roles.ts';
import { openSupervisionSchema } from '../../../../domain/supervision-order.ts';
import type { Field } from '../../forms/schema-fields.ts';

export interface Submission {
  title: string;
  hint: string;
  path: string;
  roles: readonly Role[];
  article: string;
  schema: z.ZodType;
  /** Absent: a record's own fields, by its kind. */
  fields?: Field[];
  /** The type of a case that it opened. */
  opens: (caseId: string) => string;
}

const DEPARTMENT = ['department-officer', 'department-lead'] as const;
const AUTHORITY = ['registering-authority'] as const;

const line = (name: string, label: string, required = true, most = 200): Field => ({
  name,
  label,
  required,
  control: 'line',
  most,
});
const paragraph = (name: string, label: string, required = true, most = 4000): Field => ({
  ...line(name, label, required, most),
  control: 'paragraph',
});
const day = (name: string, label: string, required = true): Field => ({ name, label, required, control: 'day' });
const choice = (name: string, label: string, labels: Record<string, string>, required = false): Field => ({
  name,
  label,
  required,
  control: 'choice',
  options: Object.entries(labels).map(([value, text]) => ({ value, label: text })),
});

const opens = (caseId: string) => parseCaseId(caseId)?.type ?? '';

export const SUBMISSIONS: Record<string, Submission> = {
  registration: {
    title: '提交登记信息',
    hint: '受理后按经营范围自动比对，推送给审批（行业主管）部门；没有命中的公示供认领',
    path: '/registrations',
    roles: AUTHORITY,
    article: '第七条第一款',
    schema: registrationInputSchema,
    opens,
    fields: [
      line('registrationNo', '登记编号', true, 64),
      line('uscc', '统一社会信用代码', true, 18),
      line('name', '名称'),
      { name: 'regionCode', label: '行政区划', required: true, control: 'region' },
      choice('event', '登记事项', REGISTRATION_EVENTS),
      choice('kind', '主体类型', REGISTRATION_KINDS),
      choice('origin', '来源地', REGISTRATION_ORIGINS),
      day('registeredOn', '登记日期', false),
      paragraph('scope', '经营范围', true, 20_000),
    ],
  },
  publication: {
    title: '归集信息',
    hint: '自信息产生之日起7个工作日内归集；逾期的照常受理并标明',
    path: '/publications',
    roles: [...DEPARTMENT, 'platform-administrator'],
    article: '第五条第一款',
    schema: recordInputSchema,
    opens,
  },
  listing: {
    title: '提交名单条目',
    hint: '受理后通知各有关部门采取限制措施；不接收自然人信息',
    path: '/listings',
    roles: AUTHORITY,
    article: '第九条',
    schema: listingEntrySchema,
    opens,
    fields: [
      choice('list', '名单', DISHONESTY_LISTS, true),
      line('documentNo', '案号或列入决定文号', true, 80),
      line('uscc', '统一社会信用代码', true, 18),
      line('name', '名称'),
      line('authority', '列入机关或执行法院'),
      day('listedOn', '列入或发布日期'),
      paragraph('grounds', '列入事由'),
      { name: 'regionCode', label: '行政区划', required: false, control: 'region' },
    ],
  },
  correction: {
    title: '提出更正',
    hint: '自发现之日起3个工作日内书面报请更正',
    path: '/corrections',
    roles: DEPARTMENT,
    article: '第十八条第一款',
    schema: ownErrorSchema,
    opens,
    fields: [
      { name: 'recordId', label: '有误的信息', required: true, control: 'line' },
      day('discoveredOn', '发现之日'),
      paragraph('problem', '错误情况'),
    ],
  },
  supervision: {
    title: '立项督办',
    hint: '针对某一期限的督办由系统在逾期后自动立项；此处用于其他情形',
    path: '/supervisions',
    roles: ['supervisor'],
    article: '第十七条',
    schema: openSupervisionSchema,
    opens,
    fields: [
      line('number', '督办编号', true, 64),
      { name: 'departmentCode', label: '被督办的部门', required: true, control: 'choice' },
      line('uscc', '统一社会信用代码', true, 18),
      paragraph('matter', '督办事由'),
    ],
  },
};
