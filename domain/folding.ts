/**
 * What two spellings of one name, code or number have in common. What is shown stays as it was written; what is searched or
 * compared is folded. The database folds stored and asked names by the same rules (`folded`, migration 0026).
 */

/** What nobody sees: zero-width and soft marks, marks of direction, variation selectors (Unicode: Default_Ignorable_Code_Point). */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const QUOTES = /[\p{Pi}\p{Pf}"'`\u201A\u201E「」『』〝〞〟]/gu;
/** Of one em or two. */
const DASHES = /[\p{Pd}\u2212]+/gu;
/** What stands between the parts of a foreign name. */
const DOTS = /[•‧∙⋅・ᐧ]/gu;

const withoutInvisible = (text: string): string => text.replaceAll(INVISIBLE, '');

/** Whether a text shows nothing. */
export const isBlank = (text: string): boolean => withoutInvisible(text).trim() === '';

/** Nothing of it is folded: most codes, numbers and days. */
const PLAIN = /^[\x20-\x7E]*$/;

/** A text without differences of width and invisible characters. */
export const foldedText = (text: string): string =>
  PLAIN.test(text) ? text : withoutInvisible(text.normalize('NFKC'));

/** A code or number without differences of width, white space and invisible characters. */
export const foldedCode = (text: string): string => foldedText(text).replaceAll(/\s/gu, '');

/** A name as it is searched: without differences of width, case, white space, quotes, dashes and invisible characters. */
export const foldedName = (text: string): string =>
  foldedCode(text).toLowerCase().replaceAll(QUOTES, '').replaceAll(DASHES, '-').replaceAll(DOTS, '·');

/** What forms put beside a column's name, after folding: *许可内容, 许可内容(必填), 许可内容【选填项】. */
const COLUMN_MARKS = /[*※★]|[([【〔](?:必填|选填|非必填|必录|可空|不可空|文本|日期)(?:项|字段)?[)\]】〕]/gu;

/** A column's name without differences of width, case and white space, and without the marks that forms put beside it. */
export function foldedColumn(name: string): string {
  const known = COLUMNS.get(name);
  if (known !== undefined) return known;
  const folded = foldedCode(name).replaceAll(COLUMN_MARKS, '').toLowerCase();
  if (COLUMNS.size < MOST_COLUMNS && name.length < LONGEST_COLUMN) COLUMNS.set(name, folded);
  return folded;
}

/** Every row of a file has the same names. Bounded: senders choose them. */
const COLUMNS = new Map<string, string>();
const MOST_COLUMNS = 5000;
const LONGEST_COLUMN = 100;
