/** 双告知: a registration's push to one department (第七条第二、三款). */
import { z } from 'zod';
import { bodies } from './bodies.ts';
import type { ChainKey } from './case-id.ts';
import { choice } from './fields.ts';
import { FEEDBACK_OUTCOMES, RETURN_REASONS } from './push-answers.ts';
import type { Occasion } from './registration-changes.ts';

const text = (field: string) => z.string().trim().min(1, `请填写${field}`).max(2000, `${field}不得超过2000字`);

export const registrationPushBodies = bodies({
  claim: () => z.object({}).describe('认领'),
  return: () =>
    z
      .object({
        reasonCode: choice('回退理由类别', RETURN_REASONS),
        reason: text('回退理由').describe('回退理由（第七条第二款：应当说明理由）'),
      })
      .describe('回退'),
  feedBack: () =>
    z
      .object({
        outcome: choice('办理结果', FEEDBACK_OUTCOMES),
        permitNo: z.string().trim().max(100, '许可证编号不得超过100字').optional().describe('许可证编号'),
        remark: z.string().trim().max(2000, '说明不得超过2000字').optional().describe('说明'),
      })
      .describe('反馈许可审批和监管信息'),
});

export type ClaimPush = z.infer<typeof registrationPushBodies.claim>;
export type ReturnPush = z.infer<typeof registrationPushBodies.return>;
export type Feedback = z.infer<typeof registrationPushBodies.feedBack>;

/** What the workflow is started with. Codes only: texts and names stay in PostgreSQL. */
export interface RegistrationPushInput extends ChainKey, Occasion {
  uscc: string;
  departmentCode: string;
  regionCode: string;
  itemIds: string[];
  /** Engine time, epoch ms: the limit counts from the day after. */
  pushedAt: number;
  /** Set where a pool claim made the push: it begins claimed. */
  claimedFromPool: boolean;
  /** Departments that already returned this chain, oldest first. */
  returnedBy: string[];
  /** An arbitration made this push: it cannot be returned. */
  finalRuling: boolean;
  parentCaseId: string | null;
}
