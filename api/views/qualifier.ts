/** 限定: why a clause of the scope calls for less than the item's permit. */
import { z } from 'zod';
import { qualifierEffect, regionLevel } from './codes.ts';

export const qualifierSchema = z
  .object({
    phrase: z.string().describe('目录所列的限定词语'),
    effect: qualifierEffect.describe('filing 只须备案；none 无须许可或者备案'),
    law: z.string(),
    article: z.string(),
    approvingLevel: regionLevel.optional().describe('由这一级备案'),
    sector: z.string().optional().describe('由这一行业的部门备案；没有的为许可的部门'),
  })
  .meta({ id: 'ScopeQualifier' });
