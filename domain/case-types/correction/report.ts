/** How an error in a shown record becomes known: the department discovers it, or the public reports it (第十八条). */
import { z } from 'zod';
import { attachmentIdsField, requiredText } from '../../fields.ts';
import { recordInputSchema } from '../../publicity/record.ts';
import { REPORTER } from '../public-report.ts';
import { correctionBodies } from './commands.ts';

export const attachmentIds = attachmentIdsField().default([]).describe('附件：先上传，填上传时得到的编号');

/** 书面申请更正: the whole corrected content. The workflow receives only the version's number. */
export const correctionApplicationSchema = correctionBodies.apply
  .omit({ version: true })
  .extend({ content: recordInputSchema.describe('更正后的完整内容'), attachmentIds });

/** 撤下: a record under the wrong enterprise is withdrawn. The right record is then submitted anew. */
export const withdrawalApplicationSchema = z
  .object({ statement: requiredText('书面申请', 4000), attachmentIds })
  .describe('书面申请撤下');

/** 部门自行发现 (第一款) */
export const ownErrorSchema = z
  .object({
    recordId: requiredText('信息编号', 64).describe('信息编号'),
    discoveredOn: z.iso.date('日期应为 YYYY-MM-DD 格式的真实日期').describe('发现之日：3个工作日自次日起算'),
    problem: requiredText('错误情况', 4000),
  })
  .describe('部门发现所提供的数据有误');

/** 公民、法人和其他组织反映 (第二款) */
export const publicReportSchema = z
  .object({
    recordId: requiredText('信息编号', 64).describe('有误的信息编号'),
    content: requiredText('反映的情况', 4000),
    ...REPORTER,
  })
  .describe('反映公示的数据有误');

export type OwnError = z.infer<typeof ownErrorSchema>;
export type PublicReport = z.infer<typeof publicReportSchema>;
