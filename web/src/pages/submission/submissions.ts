/** The forms for submitting single entries by hand. */
import type { z } from 'zod';
import { ownErrorSchema } from '../../../../domain/case-types/correction/report.ts';
import { DISHONESTY_LISTS } from '../../../../domain/publicity/dishonesty-lists.ts';
import { listingEntrySchema } from '../../../../domain/case-types/listing/entry.ts';
import { LISTING_GROUNDS } from '../../../../domain/rule-sets/listing-rules.ts';
import { SEVERITIES } from '../../../../domain/rule-sets/penalty-publicity.ts';
import { recordInputSchema } from '../../../../domain/publicity/record.ts';
import { registrationInputSchema } from '../../../../domain/registration/registration.ts';
import {
  REGISTRATION_EVENTS,
  REGISTRATION_KINDS,
  REGISTRATION_ORIGINS,
} from '../../../../domain/registration/words.ts';
import { supportMeasureEntrySchema } from '../../../../domain/case-types/support-measure/entry.ts';
import { ENTERPRISE_SIZES, SUPPORT_KINDS } from '../../../../domain/case-types/support-measure/words.ts';
import { openSupervisionSchema } from '../../../../domain/case-types/supervision/order.ts';
import { creditRepairEntrySchema } from '../../../../domain/case-types/credit-repair/entry.ts';
import type { Field } from '../../forms/schema-fields.ts';
import { BEGINNINGS, type Beginning } from '../../../../domain/worklist/beginnings.ts';

export interface Submission extends Beginning {
  schema: z.ZodType;
  /** Absent: the fields of a record, by its kind. */
  fields?: Field[];
}

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

export const SUBMISSIONS: Record<keyof typeof BEGINNINGS, Submission> = {
  registration: {
    ...BEGINNINGS.registration,
    schema: registrationInputSchema,
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
      line('address', '住所', false, 300),
      line('premises', '经营场所', false, 300),
      line('representative', '法定代表人（负责人、经营者）', false, 100),
      line('contactName', '联系人', false, 100),
      line('contactPhone', '联系电话', false, 50),
      line('capital', '注册资本', false, 60),
      line('enterpriseType', '企业类型', false, 100),
      line('industry', '行业代码', false, 5),
      day('establishedOn', '成立日期', false),
      day('validFrom', '营业期限自', false),
      day('validUntil', '营业期限至', false),
      line('registeringOrgan', '登记机关', false, 100),
    ],
  },
  publication: {
    ...BEGINNINGS.publication,
    schema: recordInputSchema,
  },
  listing: {
    ...BEGINNINGS.listing,
    schema: listingEntrySchema,
    fields: [
      choice('list', '名单', DISHONESTY_LISTS, true),
      line('documentNo', '案号或列入决定文号', true, 80),
      line('uscc', '统一社会信用代码', true, 18),
      line('name', '名称'),
      line('authority', '列入机关或执行法院'),
      day('listedOn', '列入或发布日期'),
      choice('ground', '列入事由类别', LISTING_GROUNDS),
      paragraph('grounds', '列入事由'),
      choice('severity', '失信严重程度', SEVERITIES),
      day('listedUntil', '列入期限至', false),
      day('minimumPublicUntil', '最短公示期至', false),
      { name: 'authorityCode', label: '列入机关（平台上的部门）', required: false, control: 'department' },
      { name: 'regionCode', label: '行政区划', required: false, control: 'region' },
    ],
  },
  correction: {
    ...BEGINNINGS.correction,
    schema: ownErrorSchema,
    fields: [
      { name: 'recordId', label: '有误的信息', required: true, control: 'line' },
      day('discoveredOn', '发现之日'),
      paragraph('problem', '错误情况'),
    ],
  },
  supportMeasure: {
    ...BEGINNINGS.supportMeasure,
    schema: supportMeasureEntrySchema,
    fields: [
      { name: 'uscc', label: '企业', required: true, control: 'enterprise' },
      choice('size', '企业划型', ENTERPRISE_SIZES, true),
      line('documentNo', '扶持文号', true, 80),
      choice('kind', '扶持方式', SUPPORT_KINDS, true),
      line('programme', '扶持项目'),
      paragraph('content', '扶持内容', true, 2000),
      { name: 'amount', label: '扶持金额（万元）', required: false, control: 'number', least: 0 },
      paragraph('basis', '扶持依据', true, 500),
      day('validFrom', '扶持期自'),
      day('validUntil', '扶持期至'),
    ],
  },
  creditRepair: {
    ...BEGINNINGS.creditRepair,
    schema: creditRepairEntrySchema,
    fields: [
      line('listingId', '名单条目编号', true, 300),
      line('number', '申请编号', true, 80),
      day('receivedOn', '收到申请之日'),
      paragraph('statement', '申请理由和履行义务的情况', true, 2000),
      { name: 'attachmentIds', label: '证明材料', required: true, control: 'list' },
    ],
  },
  supervision: {
    ...BEGINNINGS.supervision,
    schema: openSupervisionSchema,
    fields: [
      line('number', '督办编号', true, 64),
      { name: 'departmentCode', label: '被督办的部门', required: true, control: 'choice' },
      // Chosen by name; the platform knows the credit code.
      { name: 'uscc', label: '企业', required: true, control: 'enterprise' },
      paragraph('matter', '督办事由'),
    ],
  },
};
