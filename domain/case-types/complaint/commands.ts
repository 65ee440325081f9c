/**
 * 举报和投诉 (第十三条第四款): anyone may report unlawful dealings, or ask that a dispute be settled; the department in charge handles
 * and answers.
 */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { keysOf } from '../../keys.ts';
import { requiredPublicText } from '../../publicity/public-text.ts';
import { COMPLAINT_RULE_SETS } from '../../rule-sets/complaint-terms.ts';
import { COMPLAINT_OUTCOMES } from './rules.ts';
import { choice, requiredText } from '../../fields.ts';

export const complaintBodies = bodies({
  accept: () => z.object({}).describe('受理举报'),
  decline: () =>
    z
      .object({
        reason: requiredPublicText('不予受理的理由', 2000).describe(
          '不予受理的理由：举报人凭回执号可见，不得含个人信息',
        ),
      })
      .describe('不予受理'),
  handle: () =>
    z
      .object({
        outcome: choice('办理结果', COMPLAINT_OUTCOMES),
        reply: requiredPublicText('答复', 2000).describe('答复：举报人凭回执号可见，不得含个人信息'),
      })
      .describe('办结答复'),
  transfer: () =>
    z
      .object({
        departmentCode: requiredText('受移送部门的代码', 60),
        reason: requiredText('移送理由', 2000),
        /** Found by the API: the rules of the other department's sector. */
        ruleSet: z.enum(keysOf(COMPLAINT_RULE_SETS)).optional(),
      })
      .describe('移送有权处理的部门'),
});

/** What an official writes of a transfer. */
export const complaintOrders = bodies({ transfer: () => complaintBodies.transfer.omit({ ruleSet: true }) });
