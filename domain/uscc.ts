/**
 * Unified social credit codes (统一社会信用代码, GB 32100-2015): registering department, kind of body, six digits of region,
 * nine of organisation code, check digit.
 *
 * Only the last character is verified. The organisation code inside has a check digit of its own (GB 11714), but it is not
 * known whether all real codes satisfy it. The 18th character covers these digits too, and refusing a code that an
 * authority registered would be worse than accepting a wrong one.
 */
import { foldedCode } from './folding.ts';
import { isCitizenId } from './publicity/citizen-id.ts';

/** 31 characters: I, O, S, V and Z are left out, because they are misread as 1, 0, 5, U and 2. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Powers of 3 modulo 31, by position. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const LENGTH = 18;
/** Positions of the region's digits, from 0. */
const REGION = { from: 2, to: 7 };
/** 登记管理部门 and 机构类别: the first two characters (GB 32100-2015, table 1, with its first amendment). */
const KINDS_OF_BODY: Readonly<Record<string, string>> = {
  1: '1239', // 机构编制
  2: '19', // 外交
  3: '123459', // 司法行政
  4: '19', // 文化
  5: '12349', // 民政; 4: 基层群众性自治组织
  6: '129', // 旅游
  7: '129', // 宗教
  8: '19', // 工会
  9: '123', // 市场监督管理
  A: '19', // 中央军委改革和编制办公室
  N: '1239', // 农业: 农村集体经济组织
  Y: '1', // 其他
};
/** What the 双公示 standard writes for an 个体工商户 without a code; it is then known by its registration number. */
export const NO_USCC = '00000000000000000X';

export type UsccCheck =
  | { ok: true }
  | {
      ok: false;
      reason: 'person' | 'none' | 'length' | 'character' | 'prefix' | 'check-digit';
      /** In Chinese, cause and remedy. */
      message: string;
    };

/** A code in the standard's form: half-width capitals without spaces, because people paste full-width and grouped codes. */
export const normaliseUscc = (text: string): string => foldedCode(text).toUpperCase();

/**
 * The code for its first 17 characters, with the 18th computed.
 * @throws RangeError where they are not 17 characters of the standard's alphabet.
 */
export function withCheckDigit(first17: string): string {
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) {
    const value = ALPHABET.indexOf(first17.charAt(index));
    if (value < 0 || first17.length !== WEIGHTS.length)
      throw new RangeError(`not 17 characters of GB 32100: ${first17}`);
    sum += weight * value;
  }
  // The second modulo matters: a sum of 0 modulo 31 gives character 0, not character 31, which does not exist.
  return first17 + ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** @param code as `normaliseUscc` leaves it. */
export function checkUscc(code: string): UsccCheck {
  // First, because about one in 31 of citizens' numbers has the check digit of a code.
  if (isCitizenId(code)) {
    const message =
      '这是公民身份号码，不是统一社会信用代码：平台不接收、不保存自然人的号码，请填写企业的统一社会信用代码';
    return { ok: false, reason: 'person', message };
  }
  if (code === NO_USCC) {
    const message = `${NO_USCC}表示没有统一社会信用代码：只有双公示信息的个体工商户可以这样填写，并须填写工商注册号；请填写统一社会信用代码`;
    return { ok: false, reason: 'none', message };
  }
  if (code.length !== LENGTH) {
    const message = `统一社会信用代码应为${LENGTH}位，现为${code.length}位，请核对是否漏录或多录`;
    return { ok: false, reason: 'length', message };
  }
  const wrong = code.split('').findIndex((character, index) => !isAllowed(character, index));
  if (wrong >= 0) {
    const rule = '第3至8位为数字，其余为数字或除 I、O、S、V、Z 以外的大写字母';
    const message = `统一社会信用代码第${wrong + 1}位“${code.charAt(wrong)}”不允许：${rule}，请核对是否抄录有误`;
    return { ok: false, reason: 'character', message };
  }
  if (!KINDS_OF_BODY[code.charAt(0)]?.includes(code.charAt(1))) {
    const message = `没有以“${code.slice(0, 2)}”开头的统一社会信用代码（GB 32100-2015 表1：企业91、个体工商户92、农民专业合作社93等），请对照营业执照核对`;
    return { ok: false, reason: 'prefix', message };
  }
  const expected = withCheckDigit(code.slice(0, -1)).slice(-1);
  if (!code.endsWith(expected)) {
    const message = `统一社会信用代码校验位不符：按前17位末位应为${expected}，现为${code.slice(-1)}，请对照营业执照核对全码`;
    return { ok: false, reason: 'check-digit', message };
  }
  return { ok: true };
}

function isAllowed(character: string, index: number): boolean {
  if (index >= REGION.from && index <= REGION.to) return character >= '0' && character <= '9';
  return ALPHABET.includes(character);
}
