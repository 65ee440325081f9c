/** 联系人 of a registration: personal, so only for those whom the registration concerns. */
import { z } from 'zod';

export const contactSchema = z
  .object({ name: z.string().optional().describe('联系人'), phone: z.string().optional().describe('联系电话') })
  .meta({ id: 'RegistrationContact' });
