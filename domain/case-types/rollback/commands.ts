/** 回退: the registering authority confirms the department by hand and pushes again (第七条第二款). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { requiredText } from '../../fields.ts';

function ruling() {
  const reason = requiredText('确认理由', 2000);
  return z
    .discriminatedUnion('decision', [
      z.object({ decision: z.literal('same').describe('仍推送原部门'), reason }),
      z.object({
        decision: z.literal('other').describe('改推其他部门'),
        departmentCode: requiredText('改推的部门代码', 60),
        reason,
      }),
      z.object({ decision: z.literal('pool').describe('公示供认领'), reason }),
    ])
    .describe('确认审批（行业主管）部门');
}

export const rollbackBodies = bodies({ rule: ruling, arbitrate: ruling });

export type Ruling = z.infer<typeof rollbackBodies.rule>;
