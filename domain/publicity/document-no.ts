/** 文书号、案号: the numbers of documents, by which records and entries of lists are known. */
import { foldedCode } from '../folding.ts';
import { publicText } from './public-text.ts';

/** The brackets that people put around the year. 〔〕 are those of GB/T 9704-2012 7.2.5, （） those of courts' numbers. */
const OPENING = '〔[(【﹝［（〖{';
const CLOSING = '〕])】﹞］）〗}';
const YEAR = new RegExp(`[${escaped(OPENING)}]((?:19|20)\\d{2})年?[${escaped(CLOSING)}]`, 'gu');

function escaped(characters: string): string {
  return characters.replaceAll(/[[\]]/g, String.raw`\$&`);
}

/**
 * One spelling of a number, whatever brackets, widths and spaces it was typed with: 湘农许〔2026〕1号, and (2026)湘0103执1号 where it
 * begins with the year, as courts' numbers do.
 */
export const documentNumber = (typed: string): string =>
  foldedCode(typed).replaceAll(YEAR, (_, year: string, at: number) => (at === 0 ? `(${year})` : `〔${year}〕`));

/** The spellings in which earlier commits may have kept a number: each pair of brackets around the year, others of full width. */
export function spellingsOf(number: string): string[] {
  const pairs = Array.from(OPENING, (opening, at) => [opening, CLOSING.charAt(at)] as const);
  const wide = number.replaceAll('(', '（').replaceAll(')', '）');
  const all = [number, wide].flatMap((one) => pairs.map(([open, close]) => one.replaceAll(YEAR, `${open}$1${close}`)));
  return [...new Set([number, ...all])];
}

/** What people write where there is no number: 无, /, -, 暂无, N/A. */
const NONE = /^(?:[\p{P}\p{S}]+|[暂尚没]?无(?:文书?号|编号)?|没有|未编号|不详|空|null|none|nil|n\/?a)$/iu;

/** The check and its message, for a field's `refine`. */
export const isNumber = (field: string) =>
  [
    (value: string) => !NONE.test(value),
    `${field}不得为“无”“/”等：同一机关的文书以它区分。请填写决定文书上的文号；文书没有文号的，填写证书编号或档案编号`,
  ] as const;

/** At most 255 characters, as many as Temporal's search attribute CaseNo holds. */
export const documentNoField = (field = '文书号') =>
  publicText(field, 255)
    .refine((value) => !/[\t\r\n]/.test(value), `${field}不得含有换行或制表符，请删除`)
    .transform(documentNumber)
    .refine(...isNumber(field));
