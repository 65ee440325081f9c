/** What the first words of a bracket say of the rest of it. */

/** "软件开发（用于餐饮服务）": what is named is whom or what it is for. */
const PURPOSE = ['用于', '为', '供', '适用', '面向', '针对', '服务于'];
/** "百货零售（含餐饮服务）": what is named is done, too, whatever stands before the bracket. */
const INCLUDED = ['含', '包含', '包括', '其中', '兼', '另'];

export function saysPurpose(scope: string, at: number): boolean {
  return PURPOSE.some((word) => scope.startsWith(word, at));
}

export function saysIncluded(scope: string, at: number): boolean {
  return INCLUDED.some((word) => scope.startsWith(word, at));
}
