/** 双告知: a registration's push to one department (第七条第二、三款). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { choice, day, lastDay, optional, optionalText, requiredText } from '../../fields.ts';
import { carriedBy, FEEDBACK_OUTCOMES, RETURN_REASONS, type FeedbackOutcome } from './answers.ts';

const statement = () => ({
  outcome: choice('办理结果', FEEDBACK_OUTCOMES),
  permitNo: optionalText('许可证编号', 100),
  reason: optionalText('理由', 2000),
  remark: optionalText('说明', 2000),
});

const MISSING = { nothing: null, reason: 'reason', permitNo: 'permitNo', record: 'documentNo' } as const;
const TITLES = { reason: '理由', permitNo: '许可证编号', documentNo: '决定文书号' } as const;

interface Stated {
  outcome: FeedbackOutcome;
  reason?: string | undefined;
  permitNo?: string | undefined;
  documentNo?: string | undefined;
}

/** An answer without what it must carry says nothing. */
function requireSubstance(stated: Stated, context: z.RefinementCtx): void {
  const field = MISSING[carriedBy(stated.outcome)];
  if (!field || stated[field]) return;
  const message = `反馈“${FEEDBACK_OUTCOMES[stated.outcome]}”，请填写${TITLES[field]}`;
  context.addIssue({ code: 'custom', path: [field], message });
}

const maybeDay = (title: string) => optional(day(title)).describe(title);

/**
 * What people send: the answer and, with a permit or a filing, the decision itself. Its content is kept from the workflow
 * (第十九条).
 */
const sentFeedback = () =>
  z.object({
    ...statement(),
    documentNo: optionalText('决定文书号', 255),
    decidedOn: maybeDay('决定日期'),
    validFrom: maybeDay('有效期自'),
    validUntil: optional(lastDay('有效期至')).describe('有效期至'),
    content: optionalText('许可或者备案内容', 4096),
  });

export const registrationPushOrders = bodies({
  feedBack: () =>
    sentFeedback()
      .superRefine(requireSubstance)
      .describe(
        '反馈许可审批和监管信息。已许可、已备案的，写明文书号、决定日期、有效期和内容，同时归集；已归集过的，只写文书号',
      ),
  supplement: () => sentFeedback().superRefine(requireSubstance).describe('补充反馈：办结后产生的许可审批和监管信息'),
});

export type SentFeedback = z.output<ReturnType<typeof sentFeedback>>;

/** What the workflow is told of the answer's record: codes and days only. */
const toldFeedback = () =>
  z.object({
    ...statement(),
    record: z
      .object({
        recordId: z.string(),
        documentNo: z.string(),
        generatedOn: z.string(),
        /** Set where the step brings the record onto the platform: its content waits under this id. */
        draftId: z.string().optional(),
      })
      .optional(),
  });

export type ToldFeedback = z.output<ReturnType<typeof toldFeedback>>;

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
    toldFeedback()
      .superRefine((told, context) => requireSubstance({ ...told, documentNo: told.record?.documentNo }, context))
      .describe('反馈许可审批和监管信息'),
  followUp: () => z.object({ remark: optionalText('说明', 2000) }).describe('当事人已申请，正在审批：事项保持跟进'),
  declareDecision: () =>
    z
      .object({ decidedOn: day('决定日期').describe('许可、不予许可或者备案的决定日期：归集期限自次日起算') })
      .describe('已作出决定，信息待归集'),
  supplement: () => toldFeedback().describe('补充反馈'),
});
