/** 举报 (第十三条第四款): anyone may report an enterprise's unlawful dealings; the organ in charge takes it up and answers. */
import { z } from 'zod';
import { complaintId } from './case-id.ts';
import type { NewCase } from './cases.ts';
import { COMPLAINT_CATEGORIES, COMPLAINT_OUTCOMES, type ComplaintCategory } from './complaint-rules.ts';
import { choice, optional, text, usccField } from './fields.ts';

export const COMPLAINT_ARTICLE = '第十三条第四款';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets whose keys they are
const CATEGORY_TITLES = Object.fromEntries(
  Object.entries(COMPLAINT_CATEGORIES).map(([id, { title }]) => [id, title]),
) as Record<ComplaintCategory, string>;

const words = (field: string, max = 2000) => text(field).min(1, `请填写${field}`).max(max, `${field}不得超过${max}字`);

export const complaintSchema = z
  .object({
    uscc: usccField(),
    category: choice('举报类别', CATEGORY_TITLES),
    content: words('举报内容', 4000).describe('举报内容'),
    reporterName: optional(text('姓名或名称').max(100, '姓名或名称不得超过100字')).describe('姓名或名称'),
    contact: optional(text('联系方式').max(200, '联系方式不得超过200字')).describe('联系方式'),
    attachments: z
      .array(z.object({ id: z.uuid('附件编号有误'), claimToken: z.string().max(100) }))
      .max(10, '附件不得超过10个')
      .default([])
      .describe('书面材料：上传时得到的编号和凭证'),
  })
  .describe('举报企业违法经营');

export const acceptComplaintSchema = z.object({}).describe('受理举报');
export const declineComplaintSchema = z
  .object({ reason: words('不予受理的理由').describe('不予受理的理由：举报人凭回执号可见，不得含个人信息') })
  .describe('不予受理');
export const transferComplaintSchema = z
  .object({
    departmentCode: words('受移送部门的代码', 60).describe('受移送部门的代码'),
    reason: words('移送理由').describe('移送理由'),
  })
  .describe('移送有权处理的部门');
export const handleComplaintSchema = z
  .object({
    outcome: choice('办理结果', COMPLAINT_OUTCOMES),
    reply: words('答复').describe('答复：举报人凭回执号可见，不得含个人信息'),
  })
  .describe('办结答复');

export type Complaint = z.infer<typeof complaintSchema>;
export type AcceptComplaint = z.infer<typeof acceptComplaintSchema>;
export type DeclineComplaint = z.infer<typeof declineComplaintSchema>;
export type TransferComplaint = z.infer<typeof transferComplaintSchema>;
export type HandleComplaint = z.infer<typeof handleComplaintSchema>;

/** What the workflow is started with: who reported what stays in PostgreSQL, under the receipt's number. */
export interface ComplaintInput {
  receiptNo: string;
  /** Each transfer opens the next. */
  round: number;
  category: ComplaintCategory;
  uscc: string;
  departmentCode: string;
  /** Where the enterprise is registered. */
  regionCode: string;
  parentCaseId: string | null;
  /** Engine time, epoch ms. */
  openedAt: number;
}

/** Facts that requirements look at and people read. */
export interface ComplaintFacts {
  category?: ComplaintCategory;
  /** How often it was transferred before it came here. */
  transfers?: number;
  declined?: DeclineComplaint;
  answer?: HandleComplaint;
}

export function openedComplaint(input: ComplaintInput): NewCase {
  const { receiptNo, round, category, uscc, departmentCode, regionCode, parentCaseId, openedAt } = input;
  return {
    caseId: complaintId(input),
    caseType: 'complaint',
    caseNo: receiptNo,
    uscc,
    round,
    departmentCode,
    regionCode,
    parentCaseId,
    stage: 'received',
    openedAt,
    facts: { category, transfers: round - 1 },
  };
}
