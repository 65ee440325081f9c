/** `_x000D_`: how workbooks write characters that XML cannot carry (ECMA-376, ST_Xstring). */

export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

// What XML 1.0 does not allow, a carriage return, which it turns into a line feed, and what would be read as an escape.
// oxlint-disable-next-line no-control-regex -- matching them is the point
const UNSAFE = /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|\p{Surrogate}|_(?=x[0-9A-Fa-f]{4}_)/gu;

export const escaped = (text: string): string =>
  text.replaceAll(UNSAFE, (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
