/** 第七条第三款 as English lawyers cite it: art. 7(3). */
const DIGITS = '零一二三四五六七八九';

function numberOf(numeral: string): number {
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : [null, numeral];
  const digit = (text: string | undefined, missing: number) => (text ? DIGITS.indexOf(text) : missing);
  return tens === null ? digit(ones, 0) : digit(tens, 1) * 10 + digit(ones, 0);
}

export function articleInEnglish(article: string): string {
  return article.replaceAll(
    /第([一二三四五六七八九十]+)条(?:第([一二三四五六七八九十]+)款)?/g,
    (_, number: string, paragraph?: string) =>
      `art. ${numberOf(number)}${paragraph ? `(${numberOf(paragraph)})` : ''} `,
  );
}
