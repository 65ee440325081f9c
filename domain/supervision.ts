/** 督查督办: opened by itself when a limit is neglected (第十七条). */
import { z } from 'zod';
import type { LimitId } from './limits.ts';

export const acceptSupervisionSchema = z.object({}).describe('签收');

export const replySchema = z
  .object({
    explanation: z
      .string()
      .trim()
      .min(1, '请填写逾期原因和整改情况')
      .max(4000, '答复不得超过4000字')
      .describe('逾期原因和整改情况'),
  })
  .describe('答复');

export type AcceptSupervision = z.infer<typeof acceptSupervisionSchema>;
export type SupervisionReply = z.infer<typeof replySchema>;

export interface SupervisionInput {
  originCaseId: string;
  limitId: LimitId;
  caseNo: string;
  uscc: string;
  round: number;
  departmentCode: string;
  regionCode: string;
  /** Engine time, epoch ms. */
  openedAt: number;
}
