/** The columns and rows of a file of registrations. */
import { registrationInputSchema, type RegistrationInput } from '../../domain/registration/registration.ts';
import type { RowFormat } from './row-file.ts';
import { readHeader, renaming, type Column } from './rows/columns.ts';

const COLUMNS: (Column & { field: keyof RegistrationInput })[] = [
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

export const REGISTRATION_FILE: RowFormat<RegistrationInput> = {
  noun: '登记信息',
  schema: registrationInputSchema,
  readHeader: (cells) => readHeader(COLUMNS, cells),
  rename: renaming(COLUMNS),
};
