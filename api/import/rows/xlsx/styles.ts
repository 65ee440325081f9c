/** Number formats: which cells hold days and times, and which codes are shown with leading zeros. */
import type { Archive } from './archive.ts';
import { MAX_SMALL_PART } from './archive.ts';
import { readAll } from './xml.ts';

/** How a cell's number is shown. `zeros`: digits that are filled up with zeros. */
export type Shown = 'date' | 'plain' | { zeros: number };

/** Built-in formats of days and times; 27–36 and 50–58 are those of Chinese, e.g. 31 (yyyy年m月d日) and 57. */
const BUILT_IN: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

const isBuiltInDate = (id: number) => BUILT_IN.some(([first, last]) => id >= first && id <= last);

/** @param code e.g. `yyyy"年"m"月"d"日";@`; what stands after the first semicolon is for other numbers. */
export function shownBy(code: string): Shown {
  const bare = code
    .replaceAll(/"[^"]*"|\\.|[_*]./g, '')
    // Colours, conditions and locales; [h], [mm] and [ss] are times that have passed.
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]!;
  if (/^0{2,}$/.test(bare)) return { zeros: bare.length };
  return /[ymdhs]/i.test(bare.replaceAll(/general/gi, '')) ? 'date' : 'plain';
}

/** @returns for each style of a cell how its number is shown. */
export async function readStyles(archive: Archive, part: string | undefined): Promise<readonly Shown[]> {
  if (part === undefined) return [];
  const custom = new Map<number, Shown>();
  const styles: Shown[] = [];
  let inCells = false;
  await readAll(archive.read(part, MAX_SMALL_PART), {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt') custom.set(Number(numFmtId), shownBy(formatCode ?? ''));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(numFmtId ?? 0);
        styles.push(custom.get(id) ?? (isBuiltInDate(id) ? 'date' : 'plain'));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}
