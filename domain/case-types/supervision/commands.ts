/** 督查督办: opened automatically when a limit is neglected, or by a supervisor (第十六条、第十七条). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { attachmentIdsField, optionalText, requiredText } from '../../fields.ts';
import { LIMITS, type LimitId } from '../../clock/limits.ts';
import { keysOf } from '../../keys.ts';
import { requiredPublicText } from '../../publicity/public-text.ts';

// Circulated to the other departments of the region, so it is checked as what is published.
const circulated = () => requiredPublicText('通报内容', 4000);

const ground = () =>
  z.object({
    limitId: z.enum(keysOf(LIMITS)) satisfies z.ZodType<LimitId>,
    term: z.number().int().min(1),
    dueDate: z.iso.date(),
  });

const MISSING_DOCUMENT = '请上传决定文书';
const attachmentIds = () =>
  attachmentIdsField(MISSING_DOCUMENT).min(1, MISSING_DOCUMENT).describe('决定文书：先上传，填上传时得到的编号');

export const supervisionBodies = bodies({
  accept: () => z.object({}).describe('签收'),
  reply: () => z.object({ explanation: requiredText('逾期原因和整改情况', 4000) }).describe('答复'),
  orderRectification: () => z.object({ requirement: requiredText('整改要求', 4000) }).describe('责令整改'),
  reportRectification: () => z.object({ report: requiredText('整改情况', 4000) }).describe('报告整改情况'),
  /** The grounds are what the record holds, found by the API: nobody states them. */
  proposeCriticism: () =>
    z
      .object({
        reason: requiredText('提请理由', 4000),
        grounds: z.array(ground()).min(1, '没有逾期记录，也没有逾期未答复的督办'),
      })
      .describe('提请通报批评'),
  stateOpinion: () => z.object({ opinion: requiredText('陈述意见', 4000) }).describe('陈述意见'),
  criticise: () =>
    z
      .object({ text: circulated(), documentNo: optionalText('通报文号', 100) })
      .describe('给予通报批评（第十六条：由同级人民政府给予）'),
  declineCriticism: () => z.object({ reason: requiredText('不予通报批评的理由', 4000) }).describe('不予通报批评'),
  recordCriticism: () =>
    z
      .object({
        organ: requiredText('决定机关', 100).describe('决定机关：同级人民政府的全称'),
        documentNo: requiredText('文号', 100),
        decidedOn: z.iso.date('日期应为 YYYY-MM-DD 格式的真实日期').describe('决定日期'),
        text: circulated(),
        attachmentIds: attachmentIds(),
      })
      .describe('登记同级人民政府的通报批评决定'),
  close: () => z.object({ finding: requiredText('办结意见', 4000) }).describe('办结'),
});

/** What the supervisor writes of a proposal. */
export const supervisionOrders = bodies({
  proposeCriticism: () => supervisionBodies.proposeCriticism.omit({ grounds: true }),
});
