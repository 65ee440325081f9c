/** 联合惩戒通知: a department fetches, decides, executes and feeds back (第九条第一款). */
import { z } from 'zod';
import { bodies, type BodyOf } from '../../case/bodies.ts';
import { day, optionalText, requiredText } from '../../fields.ts';
import { LONGEST_ITEM_ID } from '../../scope/item-id.ts';
import { contradictionIn, type RestrictionDates } from './dates.ts';

const CHOOSE = '请从通知所列的措施中选择';

/** What the workflow judges of a decision; its texts and names stay in PostgreSQL (decision.ts). */
export const decisionFields = () => ({
  measureIds: z
    .array(z.string().trim().min(1).max(LONGEST_ITEM_ID))
    .min(1, `${CHOOSE}至少一项；不予限制的请说明理由`)
    .max(50)
    .describe('限制措施：填编号，从通知所列的措施中选择'),
  documentNo: optionalText('限制决定文号', 100),
  validFrom: day('限制自').optional().describe('限制自：缺省为做出限制决定之日'),
  validUntil: day('限制至').optional().describe('限制至（含当日）：期满自动失效；缺省为至解除之日'),
  remark: optionalText('说明', 2000),
});

/** Refuses days that contradict each other, at the field that is wrong. */
export function refuseContradiction(decision: RestrictionDates, context: z.core.$RefinementCtx): void {
  const found = contradictionIn(decision);
  if (found) context.addIssue({ code: 'custom', message: found.message, path: [found.field] });
}

/** What the API finds for the workflow: decisions of earlier commits were told none of it. */
const found = () => ({
  decidedOn: day('做出限制决定之日').optional(),
  expiry: z
    .object({ at: z.number().int(), spread: z.number().int().min(0) })
    .optional()
    .describe('期满的时刻'),
  texts: z.string().max(64).optional(),
});

export const sanctionNoticeBodies = bodies({
  fetch: () => z.object({}).describe('获取失信信息'),
  decide: () =>
    z
      .object({ ...decisionFields(), ...found() })
      .superRefine(refuseContradiction)
      .describe('决定限制'),
  decline: () => z.object({ reason: requiredText('不予限制的理由', 2000) }).describe('不予限制'),
  execute: () => z.object({ remark: requiredText('执行情况', 2000) }).describe('执行限制'),
  feedBack: () => z.object({ result: requiredText('执行结果', 2000) }).describe('反馈执行限制情况'),
});

export type ToldDecision = BodyOf<typeof sanctionNoticeBodies, 'decide'>;

/** The body of `decide` for one notice: only the measures that the notice lists may be chosen. */
export const decisionBodiesOf = (measureIds: readonly string[]) =>
  bodies({
    decide: () =>
      sanctionNoticeBodies.decide.refine(({ measureIds: chosen }) => chosen.every((id) => measureIds.includes(id)), {
        message: `所选措施不在本部门对该名单的措施目录中，${CHOOSE}`,
      }),
  });
