/**
 * 公民身份号码 (GB 11643-1999): never published and never stored (个人信息保护法第二十八、二十九条). A number is recognised by its
 * date of birth and its check character, so that other codes of eighteen characters are not mistaken for one.
 */
const CANDIDATE =
  /(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/g;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

function isCitizenId(text: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return CHECK[sum % 11] === text[17]?.toUpperCase();
}

/** Whether a text contains a citizen's number; full-width digits are recognised too. */
export const hasCitizenId = (text: string): boolean =>
  (text.normalize('NFKC').match(CANDIDATE) ?? []).some(isCitizenId);

/**
 * The check and its message, for a field's `refine`.
 * @param because what is not done with such a number: 不得公示.
 */
export const withoutCitizenId = (field: string, because?: string) =>
  [
    (value: string) => !hasCitizenId(value),
    `${field}含有公民身份号码，${because ? `${because}，` : ''}请删除后重新提交`,
  ] as const;

/** Masks every number that looks like a citizen's, even with a wrong check character. For stored rows that were rejected. */
export const maskCitizenIds = (text: string): string =>
  text.replaceAll(CANDIDATE, (id) => `${id.slice(0, 6)}${'*'.repeat(12)}`);
