/** 信用修复申请: what the organ that listed enters of an enterprise's application (第九条第一款). */
import { z } from 'zod';
import { attachmentIdsField, day, text } from '../../fields.ts';
import { repairText } from './commands.ts';

const MISSING = '请上传信用修复的证明材料（至少一份）';

export const creditRepairEntrySchema = z
  .object({
    listingId: text('名单条目编号', '请填写名单条目编号')
      .min(1, '请填写名单条目编号')
      .max(300)
      .describe('名单条目编号'),
    // The separator of case ids may not be in a key.
    number: text('申请编号', '请填写申请编号')
      .regex(/^[\p{L}\p{N}〔〕[\]()（）_./-]{1,80}$/u, '申请编号为1至80个文字、数字或〔〕()-_./')
      .describe('申请编号：列入机关收文的编号，与条目一起确定一件申请'),
    receivedOn: day('收到申请之日').describe('收到申请之日：受理期限自此起算'),
    statement: repairText('申请理由和履行义务的情况'),
    attachmentIds: attachmentIdsField(MISSING).min(1, MISSING).describe('证明材料：先上传，填上传时得到的编号'),
  })
  .describe('信用修复申请');

export type CreditRepairEntry = z.output<typeof creditRepairEntrySchema>;
