/** 失信名单条目: an enterprise on a dishonesty list, from its entry to the day when every restriction is lifted (第九条). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { choice, day, requiredText } from '../../fields.ts';
import { REMOVAL_GROUNDS } from './grounds.ts';

const { 'credit-repaired': _, ...BY_HAND } = REMOVAL_GROUNDS;

/** A text that other organs read. */
const sharedText = (field: string, max: number) => requiredText(field, max, '不得保存');

const appealDecision = () => z.object({ reason: sharedText('处理理由', 2000) }).describe('申诉处理');
/** A court rejected the objection: what it decided is entered, not decided here (法释〔2013〕17号第十二条). */
const courtRejection = () =>
  z
    .object({
      documentNo: sharedText('法院决定文号', 100),
      decidedOn: day('决定日期').describe('决定日期'),
      reason: sharedText('驳回理由', 2000),
    })
    .describe('登记法院驳回决定');

const removal = () =>
  z.object({ ground: choice('移出事由', REMOVAL_GROUNDS), reason: sharedText('移出说明', 2000) }).describe('移出名单');

const questionAnswer = () => z.object({ reason: sharedText('答复', 2000) }).describe('答复仍在列');

/** Found by the API, which knows the departments. Cases of earlier commits were told none. */
const lifting = () => ({ successors: z.record(z.string(), z.string()).optional().describe('已撤销部门的承接部门') });

const appeal = () => z.object({ reason: sharedText('申诉理由', 2000) }).describe('记录企业的申诉');

/** Of a court's entry, until when the court answers. Found by the API, which knows the calendar. */
const court = () => ({
  reviewBy: day('法院审查至').optional(),
  basis: z.string().max(200).optional(),
});

/** The bodies that people send, where the workflow is told more. */
export const listingOrders = bodies({
  appeal,
  upholdAppeal: appealDecision,
  // Repair is a case of its own, decided by two persons.
  remove: () => removal().extend({ ground: choice('移出事由', BY_HAND) }),
});

export const listingBodies = bodies({
  appeal: () => appeal().extend(court()),
  rejectAppeal: appealDecision,
  recordCourtRejection: courtRejection,
  upholdAppeal: () => appealDecision().extend(lifting()),
  remove: () => removal().extend(lifting()),
  answerQuestion: questionAnswer,
});
