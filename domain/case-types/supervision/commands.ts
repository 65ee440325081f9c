/** 督查督办: opened automatically when a limit is neglected, or by a supervisor (第十六条、第十七条). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { optionalText, requiredText } from '../../fields.ts';
export const supervisionBodies = bodies({
  accept: () => z.object({}).describe('签收'),
  reply: () => z.object({ explanation: requiredText('逾期原因和整改情况', 4000) }).describe('答复'),
  orderRectification: () => z.object({ requirement: requiredText('整改要求', 4000) }).describe('责令整改'),
  reportRectification: () => z.object({ report: requiredText('整改情况', 4000) }).describe('报告整改情况'),
  criticise: () =>
    z
      .object({
        text: requiredText('通报内容', 4000),
        documentNo: optionalText('通报文号', 100),
      })
      .describe('通报批评（第十六条：由同级人民政府给予）'),
  close: () => z.object({ finding: requiredText('办结意见', 4000) }).describe('办结'),
});
