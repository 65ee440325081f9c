/** 双告知: a registration's push to one department (第七条第二、三款). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { choice, optionalText, requiredText } from '../../fields.ts';
import { FEEDBACK_OUTCOMES, RETURN_REASONS } from './answers.ts';
export const registrationPushBodies = bodies({
  claim: () => z.object({}).describe('认领'),
  return: () =>
    z
      .object({
        reasonCode: choice('回退理由类别', RETURN_REASONS),
        reason: requiredText('回退理由', 2000).describe('回退理由（第七条第二款：应当说明理由）'),
      })
      .describe('回退'),
  feedBack: () =>
    z
      .object({
        outcome: choice('办理结果', FEEDBACK_OUTCOMES),
        permitNo: optionalText('许可证编号', 100),
        remark: optionalText('说明', 2000),
      })
      .describe('反馈许可审批和监管信息'),
});
