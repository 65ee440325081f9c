/** The words by which a scope says what the enterprise does not do. */
import { KIND, characterTable } from './scope-characters.ts';

export const NEGATION = { none: 0, names: 1, exception: 2, exceptionEnd: 3, excepted: 4 } as const;
export type Negation = (typeof NEGATION)[keyof typeof NEGATION];

/**
 * Not 未经: "未经加工的坚果、干果销售" is an official phrase, and "未经批准不得…" already says 不得.
 * Not a bare 不: 不锈钢, 不产生油烟.
 */
const NAMES = [
  '不含', '不包括', '不包含', '不得', '不从事', '不经营', '不涉及', '不提供', '不准', '不许', '不允许', '不可从事', '不能从事',
  '严禁', '禁止',
]; // prettier-ignore

const SECOND = new Set(NAMES.map((word) => word.charCodeAt(1)));

/** The negation that begins at a code unit of kind `lead`. Constant time. */
export function negationAt(scope: string, at: number): Negation {
  const first = scope[at];
  if (first === '除') return scope[at + 1] === '外' ? NEGATION.excepted : NEGATION.exception;
  if (first === '外') return endsException(scope, at) ? NEGATION.exceptionEnd : NEGATION.none;
  // Nearly every 不, 严 and 禁 is told by its next character.
  return SECOND.has(scope.charCodeAt(at + 1)) && NAMES.some((word) => scope.startsWith(word, at))
    ? NEGATION.names
    : NEGATION.none;
}

/** 外 ends 除… only where a word could end: 户外用品, 涉外调查 and 外卖 do not. */
function endsException(scope: string, at: number): boolean {
  if (at + 1 >= scope.length || scope[at + 1] === '的') return true;
  const kind = characterTable().kind[scope.charCodeAt(at + 1)]!;
  return kind !== KIND.text && kind !== KIND.lead;
}
