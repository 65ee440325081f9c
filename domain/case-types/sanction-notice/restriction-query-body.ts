/** What asks about many enterprises at once. */
import { z } from 'zod';
import { day, plainText, text } from '../../fields.ts';
import { MOST_CODES } from './restriction-query.ts';

export const restrictionQuerySchema = z
  .strictObject({
    codes: z
      .array(plainText('统一社会信用代码').max(100, '统一社会信用代码应为18位，请核对'))
      .min(1, '请填写至少一个统一社会信用代码')
      .max(MOST_CODES, `一次最多查询${MOST_CODES}个，请分批查询`)
      .describe('统一社会信用代码，重复的只答复一次'),
    asOf: day('查询日期').optional().describe('某日终了时有效的限制；缺省为现在'),
    personAsking: text('查询人')
      .max(50, '查询人不得超过50字')
      .optional()
      .describe('查询人：业务系统代为查询的，填写实际查询人；缺省为账号本人'),
  })
  .describe('批量查询限制');

export type RestrictionQuery = z.output<typeof restrictionQuerySchema>;
