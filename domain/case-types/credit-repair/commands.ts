/** 信用修复 (第九条第一款): taken up, a decision proposed by one person and made by another. */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { requiredText } from '../../fields.ts';

/** Other organs and the enterprise read it. */
export const repairText = (field: string) => requiredText(field, 2000, '不得保存');

const opinion = (field: string) => z.object({ opinion: repairText(field) }).describe(field);
const reason = (field: string) => z.object({ reason: repairText(field) }).describe(field);

export const creditRepairBodies = bodies({
  accept: () => z.object({}).describe('受理'),
  decline: () => reason('不予受理的理由'),
  proposeGrant: () => opinion('拟准予修复的意见'),
  proposeRefusal: () => opinion('拟不予修复的意见'),
  grant: () => opinion('审批意见'),
  refuse: () => reason('不予修复的理由'),
  sendBack: () => reason('退回重新拟定的理由'),
});
