/** 限制决定: what a department enters of its decision (第九条第一款), and what its workflow is told of it. */
import { z } from 'zod';
import { bodies, type BodyOf } from '../../case/bodies.ts';
import { endOfDay } from '../../clock/calendar.ts';
import { spreadOf, type Clock } from '../../clock/clock.ts';
import { day, text } from '../../fields.ts';
import { decisionFields, refuseContradiction, type ToldDecision } from './commands.ts';

/** A text that every department reads when it asks about the enterprise: no citizen's number in it. */
const sharedText = (field: string, max: number) =>
  text(field, `${field}应为文字，请更正`, '不得共享').max(max, `${field}不得超过${max}字`).optional();

export const sanctionNoticeOrders = bodies({
  decide: () => {
    const { measureIds, validFrom, validUntil, remark } = decisionFields();
    return z
      .object({
        measureIds,
        decidedOn: day('做出限制决定之日').describe('做出限制决定之日：15个工作日的反馈期限由此起算，何时录入都一样'),
        documentNo: sharedText('限制决定文号', 100).describe('限制决定文号'),
        basis: sharedText('限制依据', 500).describe('限制依据：缺省为措施目录所列的依据'),
        validFrom,
        validUntil,
        personAsking: sharedText('提请人', 50).describe('提请人：部门内提请做出限制决定的经办人，缺省为录入人'),
        remark,
      })
      .superRefine(refuseContradiction)
      .describe('决定限制');
  },
});

export type RestrictionOrder = BodyOf<typeof sanctionNoticeOrders, 'decide'>;

/** @param texts under which the record keeps basis and person. @returns codes, numbers and days, which may enter histories. */
export function toldDecision(order: RestrictionOrder, texts: string, clock: Clock): ToldDecision {
  const { basis: _, personAsking: __, ...told } = order;
  const { validUntil } = order;
  const expiry = validUntil && { at: clock.toEngine(endOfDay(validUntil)), spread: spreadOf(clock) };
  return { ...told, texts, ...(expiry && { expiry }) };
}
