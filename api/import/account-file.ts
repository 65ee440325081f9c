/** The columns and rows of a list of accounts (账号名册). */
import { accountRowSchema, type AccountRow } from '../../domain/organs/account-lists.ts';
import { maskCitizenIds } from '../../domain/publicity/citizen-id.ts';
import type { RowFormat } from './row-file.ts';
import { EXAMPLE_MARK } from './rows/notes.ts';
import { readHeader, renaming, unreadOf, type Column } from './rows/columns.ts';

/** A number that follows a letter, as in a username, is none in a text. */
const GLUED = /(?<=[a-z])(\d{6})\d{11}[\dx]/gi;

const COLUMNS: (Column & { field: keyof AccountRow })[] = [
  { field: 'displayName', names: ['姓名', '姓名或岗位名称', '岗位名称'], required: true },
  { field: 'username', names: ['账号', '用户名', '登录名'], required: true },
  { field: 'role', names: ['角色'], required: true },
  { field: 'departmentCode', names: ['部门', '部门代码', '部门名称', '单位'], required: false },
  { field: 'regionCode', names: ['行政区划代码', '区划代码'], required: false },
  { field: 'phone', names: ['联系电话', '手机号', '电话'], required: false },
];

export const ACCOUNT_FILE: RowFormat<AccountRow> = {
  noun: '账号',
  schema: accountRowSchema,
  readHeader: (cells) => readHeader(COLUMNS, cells),
  rename: renaming(COLUMNS),
  unread: unreadOf(COLUMNS),
  redact: (raw) => maskCitizenIds(raw).replaceAll(GLUED, `$1${'*'.repeat(12)}`),
  templates: {
    account: {
      title: '账号名册',
      columns: COLUMNS.map(({ field, names: [name] }) => ({ field, name })),
      schemas: [accountRowSchema],
      notes: { role: '部门经办人、部门负责人；平台管理员上报的，还可填登记机关、督查人员、人民政府、审计人员' },
      examples: [
        {
          displayName: `经办岗甲${EXAMPLE_MARK}`,
          username: 'shili-jingban',
          role: '部门经办人',
          departmentCode: '430103-agriculture',
          phone: '0731-00000000',
        },
        { displayName: `负责人${EXAMPLE_MARK}`, username: 'shili-fuze', role: '部门负责人' },
      ],
    },
  },
};
