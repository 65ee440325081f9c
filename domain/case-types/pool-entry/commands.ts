/** 公示认领: registrations whose department is unclear are published to be claimed (第七条第二款). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { requiredText } from '../../fields.ts';
export const poolEntryBodies = bodies({
  claim: () =>
    z
      .object({
        itemIds: z
          .array(z.string().trim().min(1).max(20))
          .max(20)
          .optional()
          .describe('涉及的后置审批事项：认领部门认为涉及的，填编号，用于改进关键词'),
      })
      .describe('认领'),
  withdraw: () => z.object({ reason: requiredText('理由', 2000) }).describe('确认不涉及审批'),
});
