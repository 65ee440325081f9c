/** 公示认领: registrations whose department is unclear are published to be claimed (第七条第二款). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { requiredText } from '../../fields.ts';
import { publishedClaimSchema } from '../../registration/published-claim.ts';

export const poolEntryBodies = bodies({
  claim: () => publishedClaimSchema,
  withdraw: () => z.object({ reason: requiredText('理由', 2000) }).describe('确认不涉及审批'),
});
