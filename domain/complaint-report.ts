/** 举报 as the public hands it in: about whom, what, and who reports. */
import { z } from 'zod';
import { COMPLAINT_CATEGORIES, type ComplaintCategory } from './complaint-rules.ts';
import { choice, optional, text, usccField } from './fields.ts';

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

export type Complaint = z.infer<typeof complaintSchema>;
