/** 限制查询: many enterprises asked about at once, as of one day (第九条第一款). */
import { checkUscc, normaliseUscc } from '../../uscc.ts';

/** The most codes of one query. Not the law's: one answer stays small, and every query stays readable in the log. */
export const MOST_CODES = 500;

export interface WrongCode {
  /** Counted from 1, as people count lines. */
  position: number;
  code: string;
  message: string;
}

/** @returns the codes as the record has them, in the order asked, each once; and those that are no credit codes. */
export function readCodes(given: readonly string[]): { codes: string[]; wrong: WrongCode[] } {
  const wrong: WrongCode[] = [];
  const codes = given.map((code, index) => {
    const normal = normaliseUscc(code);
    const check = checkUscc(normal);
    if (!check.ok) wrong.push({ position: index + 1, code, message: check.message });
    return normal;
  });
  return { codes: [...new Set(codes)], wrong };
}

const NAMED = 5;

/** The codes that are wrong, as a sentence; of many, the first. */
export function wordWrong(wrong: readonly WrongCode[]): string {
  const named = wrong.slice(0, NAMED).map(({ position, code, message }) => `第${position}个“${code}”：${message}`);
  return `${named.join('；')}${wrong.length > NAMED ? `；等共${wrong.length}个` : ''}`;
}
