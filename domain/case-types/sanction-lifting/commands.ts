/** 解除限制: a department's restrictions for a listing end with the listing (第九条第一款). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { optionalText } from '../../fields.ts';

export const sanctionLiftingBodies = bodies({
  confirm: () =>
    z
      .object({
        remark: optionalText('说明', 2000).describe('解除情况；未采取限制的说明未限制'),
      })
      .describe('确认已解除限制'),
});
