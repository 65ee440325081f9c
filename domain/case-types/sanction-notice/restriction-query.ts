/** 限制查询: many enterprises asked about at once, as of one day (第九条第一款). */
import { z } from 'zod';
import { day, text } from '../../fields.ts';
import { withoutCitizenId } from '../../publicity/citizen-id.ts';
import { checkUscc, normaliseUscc } from '../../uscc.ts';

/** The most codes of one query. Not the law's: one answer stays small, and every query stays readable in the log. */
export const MOST_CODES = 500;

export const restrictionQuerySchema = z
  .strictObject({
    codes: z
      .array(text('统一社会信用代码').max(100, '统一社会信用代码应为18位，请核对'))
      .min(1, '请填写至少一个统一社会信用代码')
      .max(MOST_CODES, `一次最多查询${MOST_CODES}个，请分批查询`)
      .describe('统一社会信用代码，重复的只答复一次'),
    asOf: day('查询日期').optional().describe('某日终了时有效的限制；缺省为现在'),
    personAsking: text('查询人')
      .max(50, '查询人不得超过50字')
      .refine(...withoutCitizenId('查询人'))
      .optional()
      .describe('查询人：业务系统代为查询的，填写实际查询人；缺省为账号本人'),
  })
  .describe('批量查询限制');

export type RestrictionQuery = z.output<typeof restrictionQuerySchema>;

export interface WrongCode {
  /** Counted from 1, as people count lines. */
  position: number;
  code: string;
  message: string;
}

/** @returns the codes as the record has them, in the order asked, each once; and those that are no credit codes. */
export function readCodes(given: readonly string[]): { codes: string[]; wrong: WrongCode[] } {
  const wrong: WrongCode[] = [];
  const codes = given.map((code, index) => {
    const normal = normaliseUscc(code);
    const check = checkUscc(normal);
    if (!check.ok) wrong.push({ position: index + 1, code, message: check.message });
    return normal;
  });
  return { codes: [...new Set(codes)], wrong };
}

const NAMED = 5;

/** The codes that are wrong, as a sentence; of many, the first. */
export function wordWrong(wrong: readonly WrongCode[]): string {
  const named = wrong.slice(0, NAMED).map(({ position, code, message }) => `第${position}个“${code}”：${message}`);
  return `${named.join('；')}${wrong.length > NAMED ? `；等共${wrong.length}个` : ''}`;
}
