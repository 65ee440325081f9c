/**
 * 公民身份号码 (GB 11643-1999, and the fifteen digits of before): never published and never stored (个人信息保护法第二十八、二十九条).
 * The one detector of the product: whatever width, case, spaces, dashes or invisible characters a number is written with.
 */
import { hasRegistrationCheck } from '../registration/registration-number.ts';

/** What people and programs put between digits. */
const GAP = '[\\s\\p{Cf}\\p{Pd}\\u2212._·]{0,2}';
const spaced = (digits: readonly string[]) => digits.join(GAP);
const any = (count: number) => Array.from({ length: count }, () => '\\d');
/** The provinces of GB/T 2260, then prefecture and county. */
const PLACE = `(?:1${GAP}[1-5]|2${GAP}[1-3]|3${GAP}[1-7]|4${GAP}[1-6]|5${GAP}[0-4]|6${GAP}[1-5]|7${GAP}1|8${GAP}[1-3]|9${GAP}1)`;
/**
 * Years of birth. Nobody born later acts for an enterprise, and the dates in numbers of documents and registrations are later: the
 * measures are of 2016.
 */
const YEAR = `(?:1${GAP}9${GAP}\\d${GAP}\\d|2${GAP}0${GAP}0${GAP}\\d|2${GAP}0${GAP}1${GAP}[01])`;
const DAY = `(?:0${GAP}[1-9]|1${GAP}[0-2])${GAP}(?:0${GAP}[1-9]|[12]${GAP}\\d|3${GAP}[01])`;
const EIGHTEEN = spaced([PLACE, ...any(4), YEAR, DAY, ...any(3), '[\\dX]']);
/** Contiguous or in its three parts: so few digits would be found in many lists of numbers. */
const FIFTEEN = `${PLACE.replaceAll(GAP, '')}\\d{4}${GAP}\\d{2}${DAY.replaceAll(GAP, '')}${GAP}\\d{3}`;
/** In a lookahead, because one number may begin inside what looks like another. */
const CANDIDATE = new RegExp(`(?<![0-9A-Z])(?=(${EIGHTEEN}|${FIFTEEN})(?![0-9A-Z]))`, 'giu');

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

function hasCheckCharacter(number: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return CHECK[sum % 11] === number[17]?.toUpperCase();
}

const isCitizens = (number: string): boolean =>
  number.length === 15 ? !hasRegistrationCheck(number) : hasCheckCharacter(number);

interface Found {
  /** Without what stood between its digits. */
  number: string;
  /** Where it stands in the text: the first unit, and the first behind it. */
  from: number;
  to: number;
  isContiguous: boolean;
}

/** Texts with fewer digits, nearly all, need not be folded. */
const FEWEST_DIGITS = 15;

/** Whatever looks like a number. */
function candidates(text: string): Found[] {
  if (text.length < FEWEST_DIGITS || (text.match(/\p{N}/gu)?.length ?? 0) < FEWEST_DIGITS) return [];
  const { folded, at } = fold(text);
  return [...folded.matchAll(CANDIDATE)].map(({ 1: written = '', index }) => ({
    number: written.replaceAll(/[^0-9X]/gi, ''),
    from: at[index]!,
    to: at[index + written.length]!,
    isContiguous: /^\w+$/.test(written),
  }));
}

// oxlint-disable-next-line no-control-regex -- all of them are plain already
const ASCII = /^[\u0000-\u007F]*$/;

/** Full width and the like as plain characters. `at`: where each unit stood in the text. */
function fold(text: string): { folded: string; at: number[] } {
  if (ASCII.test(text)) return { folded: text, at: Array.from({ length: text.length + 1 }, (_, unit) => unit) };
  let folded = '';
  const at: number[] = [];
  let position = 0;
  for (const character of text) {
    const plain = character.normalize('NFKC');
    folded += plain;
    for (let unit = 0; unit < plain.length; unit++) at.push(position);
    position += character.length;
  }
  return { folded, at: [...at, position] };
}

/** Whether the whole text is a citizen's number, so that it is no credit code: some pass the check of GB 32100, too. */
export const isCitizenId = (text: string): boolean =>
  candidates(text).some(({ number, from, to }) => from === 0 && to === text.length && isCitizens(number));

/** Whether a text contains a citizen's number. */
export const hasCitizenId = (text: string): boolean => candidates(text).some(({ number }) => isCitizens(number));

/**
 * The check and its message, for a field's `refine`.
 * @param because what is not done with such a number: 不得公示.
 */
export const withoutCitizenId = (field: string, because?: string) =>
  [
    (value: string) => !hasCitizenId(value),
    `${field}含有公民身份号码，${because ? `${because}，` : ''}请删除后重新提交`,
  ] as const;

/**
 * Masks the numbers of a text, and those written in one piece even with a wrong check character: for what is published, and for rows
 * that were refused.
 */
export function maskCitizenIds(text: string): string {
  let masked = '';
  let done = 0;
  for (const { number, from, to, isContiguous } of candidates(text)) {
    const isOne = isCitizens(number) || (isContiguous && number.length === 18);
    if (!isOne || from < done) continue;
    masked += `${text.slice(done, from)}${number.slice(0, 6)}${'*'.repeat(number.length - 6)}`;
    done = to;
  }
  return masked + text.slice(done);
}
