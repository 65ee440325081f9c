/** 联合惩戒通知: a department fetches, decides, executes and feeds back (第九条第一款). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { optionalText, requiredText } from '../../fields.ts';

const CHOOSE = '请从通知所列的措施中选择';

export const sanctionNoticeBodies = bodies({
  fetch: () => z.object({}).describe('获取失信信息'),
  decide: () =>
    z
      .object({
        measureIds: z
          .array(z.string().trim().min(1).max(20))
          .min(1, `${CHOOSE}至少一项；不予限制的请说明理由`)
          .max(50)
          .describe('限制措施：填编号，从通知所列的措施中选择'),
        documentNo: optionalText('限制决定文号', 100),
        remark: optionalText('说明', 2000),
      })
      .describe('决定限制'),
  decline: () => z.object({ reason: requiredText('不予限制的理由', 2000) }).describe('不予限制'),
  execute: () => z.object({ remark: requiredText('执行情况', 2000) }).describe('执行限制'),
  feedBack: () => z.object({ result: requiredText('执行结果', 2000) }).describe('反馈执行限制情况'),
});

/** The body of `decide` for one notice: only the measures that the notice lists may be chosen. */
export const decisionBodiesOf = (measureIds: readonly string[]) =>
  bodies({
    decide: () =>
      sanctionNoticeBodies.decide.refine(({ measureIds: chosen }) => chosen.every((id) => measureIds.includes(id)), {
        message: `所选措施不在本部门对该名单的措施目录中，${CHOOSE}`,
      }),
  });
