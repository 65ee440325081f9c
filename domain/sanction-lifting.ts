/** 解除限制: what a department restricted for a listing ends with the listing (第九条第一款). */
import { z } from 'zod';
import { bodies } from './bodies.ts';
import type { SanctionKey } from './case-id.ts';

export const sanctionLiftingBodies = bodies({
  confirm: () =>
    z
      .object({
        remark: z
          .string()
          .trim()
          .max(2000, '说明不得超过2000字')
          .optional()
          .describe('解除情况；未采取限制的说明未限制'),
      })
      .describe('确认已解除限制'),
});

export type ConfirmLifting = z.infer<typeof sanctionLiftingBodies.confirm>;

export interface SanctionLiftingInput extends SanctionKey {
  regionCode: string;
  /** Engine time, epoch ms. */
  orderedAt: number;
}
