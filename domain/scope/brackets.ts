/** The first word of a bracket tells what the rest of it means. */

/** "软件开发（用于餐饮服务）": the bracket names a purpose, which the enterprise does not do itself. */
const PURPOSE = ['用于', '为', '供', '适用', '面向', '针对', '服务于'];
/** "百货零售（含餐饮服务）": the enterprise also does what the bracket names, whatever stands before it. */
const INCLUDED = ['含', '包含', '包括', '其中', '兼', '另'];

export function saysPurpose(scope: string, at: number): boolean {
  return PURPOSE.some((word) => scope.startsWith(word, at));
}

export function saysIncluded(scope: string, at: number): boolean {
  return INCLUDED.some((word) => scope.startsWith(word, at));
}
