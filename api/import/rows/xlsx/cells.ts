/** What the cell of a workbook says, as the text that people see in it. */
import { dateOfSerial } from './dates.ts';
import { damaged } from './refusals.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { Shown } from './styles.ts';
import { unescaped } from './escapes.ts';

/** A cell that cannot be read, with the reason: it costs its row if the column matters. */
interface Fault {
  text: string;
  fault: string;
}

export type Cell = string | Fault;

/** A cell as it stands in the file. */
export interface StoredCell {
  type: string;
  style: number;
  /** Absent where there is none, which is not the same as an empty one. */
  value: string | undefined;
  isFormula: boolean;
}

export interface Meanings {
  strings: SharedStrings;
  styles: readonly Shown[];
  isFrom1904: boolean;
}

/** The first number of sixteen digits: a spreadsheet keeps fifteen, and writes zeros for the others. */
const TOO_PRECISE = 1e15;
const AS_TEXT = '请将该列设为“文本”格式，重新填写完整号码后提交';
/** ISO 8601, which strict workbooks may hold. */
const ISO = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?$/;

export function readCell({ type, style, value, isFormula }: StoredCell, meanings: Meanings): Cell {
  if (isFormula && (value === undefined || (value === '' && type === 'n'))) {
    return { text: '', fault: '是没有计算结果的公式，请在表格软件中打开并保存后重新提交，或粘贴为数值' };
  }
  if (value === undefined) return '';
  switch (type) {
    case 's':
      return meanings.strings.at(Number(value));
    case 'str':
    case 'inlineStr':
      return unescaped(value);
    case 'b':
      return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
    case 'e':
      return { text: value, fault: `是错误值 ${value}，请更正后重新提交` };
    case 'd':
      return readIso(value);
    default:
      return readNumber(value, meanings.styles[style] ?? 'plain', meanings.isFrom1904);
  }
}

function readIso(value: string): Cell {
  const [, day, time = '00:00:00'] = ISO.exec(value) ?? [];
  if (day === undefined) return value;
  return time === '00:00:00' ? day : `${day} ${time}`;
}

function readNumber(value: string, shown: Shown, isFrom1904: boolean): Cell {
  if (value.trim() === '') return '';
  const number = Number(value);
  if (!Number.isFinite(number)) throw damaged(`数字 ${value.slice(0, 30)} 无法识别`);
  if (shown === 'date') {
    return (
      dateOfSerial(number, isFrom1904) ?? { text: value, fault: `中的日期不存在（序列值 ${value}），请更正后重新提交` }
    );
  }
  if (Math.abs(number) >= TOO_PRECISE) {
    return { text: value, fault: `中的号码存为数字，超过15位，末几位已失真，${AS_TEXT}` };
  }
  const text = plain(number);
  return shown === 'plain' || !Number.isInteger(number) ? text : text.padStart(shown.zeros, '0');
}

/** Fifteen digits, as a spreadsheet shows them: 0.1 + 0.2 is stored with seventeen. */
function plain(number: number): string {
  const text = String(Number(number.toPrecision(15)));
  return text.includes('e') ? number.toFixed(15).replace(/\.?0+$/, '') : text;
}
