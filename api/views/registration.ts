/** What a registration says of the enterprise, as it is answered. */
import { z } from 'zod';
import { DETAIL_TITLES } from '../../domain/registration/words.ts';

/** 联系人: personal, so only for those whom the registration concerns. */
export const contactSchema = z
  .object({ name: z.string().optional().describe('联系人'), phone: z.string().optional().describe('联系电话') })
  .meta({ id: 'RegistrationContact' });

const detail = (field: keyof typeof DETAIL_TITLES) => z.string().optional().describe(DETAIL_TITLES[field]);

export const registrationDetailsSchema = z
  .object({
    address: detail('address'),
    premises: detail('premises'),
    representative: detail('representative'),
    capital: detail('capital'),
    enterpriseType: detail('enterpriseType'),
    industry: detail('industry'),
    establishedOn: detail('establishedOn'),
    validFrom: detail('validFrom'),
    validUntil: detail('validUntil'),
    registeringOrgan: detail('registeringOrgan'),
    changes: z
      .array(z.object({ item: z.string(), before: z.string().optional(), after: z.string().optional() }))
      .optional()
      .describe('变更事项及变更前后的内容'),
  })
  .meta({ id: 'RegistrationDetails' });
