/** The header row of a CSV file: our field names, or the column names that registers use. */
import { Refusal } from '../../domain/errors.ts';
import type { RegistrationInput } from '../../domain/registration.ts';

type Field = keyof RegistrationInput;

interface Column {
  field: Field;
  /** In order of preference: a file may carry both a 登记编号 and an older 注册号. */
  names: [string, ...string[]];
  required: boolean;
}

const COLUMNS: Column[] = [
  { field: 'registrationNo', names: ['登记编号', '业务流水号', '注册号'], required: true },
  { field: 'uscc', names: ['统一社会信用代码'], required: true },
  { field: 'name', names: ['名称', '企业名称', '市场主体名称'], required: true },
  { field: 'kind', names: ['主体类型', '类型'], required: false },
  { field: 'origin', names: ['来源地'], required: false },
  { field: 'regionCode', names: ['行政区划代码', '区划代码'], required: true },
  { field: 'scope', names: ['经营范围'], required: true },
  { field: 'event', names: ['登记事项', '业务类型'], required: false },
  { field: 'registeredOn', names: ['登记日期', '核准日期'], required: false },
];

export interface Header {
  width: number;
  /** Where each field of the file stands. */
  positions: [field: Field, position: number][];
}

/** Columns that are not ours are ignored. @throws Refusal naming the required columns that are missing. */
export function readHeader(cells: readonly string[]): Header {
  const found = cells.map(normalised);
  const positions = COLUMNS.flatMap(({ field, names }): Header['positions'] => {
    const name = [field, ...names].map(normalised).find((candidate) => found.includes(candidate));
    return name === undefined ? [] : [[field, found.indexOf(name)]];
  });
  const present = new Set(positions.map(([field]) => field));
  const missing = COLUMNS.filter(({ field, required }) => required && !present.has(field)).map(
    ({ names }) => `“${names[0]}”`,
  );
  if (missing.length > 0) {
    throw new Refusal('input.invalid', `文件缺少列${missing.join('、')}`, {
      remedy: '请在首行补充列名（以半角逗号分隔）后重新上传，列名可用中文或接口字段名',
    });
  }
  return { width: cells.length, positions };
}

const normalised = (name: string) =>
  name
    .normalize('NFKC')
    .replaceAll(/[\s\uFEFF]/g, '')
    .toLowerCase();
