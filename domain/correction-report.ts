/** What tells of an error in what is shown: the department's own discovery, or what the public reports (第十八条). */
import { z } from 'zod';

const text = (field: string) =>
  z.string().trim().min(1, `请填写${field}`).max(4000, `${field}不得超过4000字`).describe(field);

export const attachmentIds = z
  .array(z.uuid('附件编号有误'))
  .max(10, '附件不得超过10个')
  .default([])
  .describe('附件编号，先上传');

/** 撤下: what stands under the wrong enterprise is taken down; the right record is then submitted anew. */
export const withdrawalApplicationSchema = z
  .object({ statement: text('书面申请'), attachmentIds })
  .describe('书面申请撤下');

/** 部门自行发现 (第一款) */
export const ownErrorSchema = z
  .object({
    recordId: z.string().trim().min(1, '请填写信息编号').max(64).describe('信息编号'),
    discoveredOn: z.iso.date('日期应为 YYYY-MM-DD 格式的真实日期').describe('发现之日：3个工作日自次日起算'),
    problem: text('错误情况'),
  })
  .describe('部门发现所提供的数据有误');

/** 公民、法人和其他组织反映 (第二款) */
export const publicReportSchema = z
  .object({
    recordId: z.string().trim().min(1, '请填写信息编号').max(64).describe('有误的信息编号'),
    content: text('反映的情况'),
    reporterName: z.string().trim().max(100, '姓名或名称不得超过100字').optional().describe('姓名或名称'),
    contact: z.string().trim().max(200, '联系方式不得超过200字').optional().describe('联系方式'),
    attachments: z
      .array(z.object({ id: z.uuid('附件编号有误'), claimToken: z.string().max(100) }))
      .max(10, '附件不得超过10个')
      .default([])
      .describe('书面材料：上传时得到的编号和凭证'),
  })
  .describe('反映公示的数据有误');

export type OwnError = z.infer<typeof ownErrorSchema>;
export type PublicReport = z.infer<typeof publicReportSchema>;
