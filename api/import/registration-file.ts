/** The columns and rows of a file of registrations: the names that registers and their exports use. */
import { z } from 'zod';
import { maskCitizenIds } from '../../domain/publicity/citizen-id.ts';
import { registrationInputSchema, type RegistrationInput } from '../../domain/registration/registration.ts';
import type { RowFormat } from './row-file.ts';
import { readHeader, renaming, unreadOf, type Column } from './rows/columns.ts';
import type { Template } from './template.ts';

/** A table tells one change of a row in three columns; more of them as JSON in the column of the changes. */
type FileField = keyof RegistrationInput | 'changedItem' | 'changedFrom' | 'changedTo';

export const REGISTRATION_COLUMNS: (Column & { field: FileField })[] = [
  { field: 'registrationNo', names: ['登记编号', '业务流水号', '注册号'], required: true },
  { field: 'uscc', names: ['统一社会信用代码'], required: true },
  { field: 'name', names: ['名称', '企业名称', '市场主体名称', '经营主体名称'], required: true },
  { field: 'kind', names: ['主体类型', '类型'], required: false },
  { field: 'origin', names: ['来源地'], required: false },
  { field: 'regionCode', names: ['行政区划代码', '区划代码'], required: true },
  { field: 'scope', names: ['经营范围'], required: true },
  { field: 'event', names: ['登记事项', '业务类型', '登记类型'], required: false },
  { field: 'registeredOn', names: ['登记日期', '核准日期'], required: false },
  { field: 'address', names: ['住所', '注册地址', '企业住所', '地址'], required: false },
  { field: 'premises', names: ['经营场所', '主要经营场所', '生产经营地', '经营地址'], required: false },
  {
    field: 'representative',
    names: ['法定代表人', '法定代表人（负责人）', '负责人', '经营者', '执行事务合伙人', '投资人'],
    required: false,
  },
  { field: 'capital', names: ['注册资本', '注册资金', '出资额', '成员出资总额'], required: false },
  { field: 'enterpriseType', names: ['企业类型', '市场主体类型', '经济性质'], required: false },
  { field: 'industry', names: ['行业代码', '国民经济行业代码', '所属行业代码'], required: false },
  { field: 'establishedOn', names: ['成立日期', '注册日期'], required: false },
  { field: 'validFrom', names: ['营业期限自', '经营期限自'], required: false },
  { field: 'validUntil', names: ['营业期限至', '经营期限至'], required: false },
  { field: 'registeringOrgan', names: ['登记机关', '登记机关名称'], required: false },
  { field: 'contactName', names: ['联系人', '联络员'], required: false },
  { field: 'contactPhone', names: ['联系电话', '联系人电话', '联络员电话', '手机'], required: false },
  { field: 'changes', names: ['变更内容'], required: false },
  { field: 'changedItem', names: ['变更事项'], required: false },
  { field: 'changedFrom', names: ['变更前', '变更前内容'], required: false },
  { field: 'changedTo', names: ['变更后', '变更后内容'], required: false },
];

/** The changes of a row, whether a table tells one of them in three columns or JSON several. */
export function gathered(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  const { changedItem, changedFrom, changedTo, changes, ...rest } = row as Record<string, unknown>;
  const isNamed = typeof changedItem === 'string' && changedItem.trim() !== '';
  const own = isNamed ? [{ item: changedItem, before: changedFrom, after: changedTo }] : [];
  const listed = typeof changes === 'string' ? parsed(changes) : changes;
  if (listed === undefined || listed === null) return own.length > 0 ? { ...rest, changes: own } : rest;
  return { ...rest, changes: Array.isArray(listed) ? [...listed, ...own] : listed };
}

/** What is no JSON is left as it is: the schema refuses it. */
function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const TEMPLATE: Template = {
  title: '登记信息',
  // Several changes as JSON are written by systems, not by people.
  columns: REGISTRATION_COLUMNS.filter(({ field }) => field !== 'changes').map(({ field, names: [name] }) => ({
    field,
    name,
  })),
  schemas: [registrationInputSchema],
  notes: {
    changedItem: '变更登记的变更事项，如经营范围',
    changedFrom: '变更前的内容',
    changedTo: '变更后的内容',
  },
  examples: [
    {
      registrationNo: '示例-2026-0001',
      uscc: '91350100M000100Y43',
      name: '示例农资有限公司',
      kind: '企业',
      origin: '本省',
      regionCode: '430103',
      scope: '许可项目：农药零售。一般项目：化肥销售。',
      event: '设立',
      registeredOn: '2026-01-05',
      address: '天心区示例路1号',
      representative: '示例负责人',
      capital: '100万元人民币',
      enterpriseType: '有限责任公司',
      industry: 'F5166',
      establishedOn: '2026-01-05',
      validFrom: '2026-01-05',
      validUntil: '长期',
      registeringOrgan: '天心区市场监督管理局',
    },
    {
      registrationNo: '示例-2026-0002',
      uscc: '91350100M000100Y43',
      name: '示例农资有限公司',
      regionCode: '430103',
      scope: '许可项目：农药零售；食品销售。',
      event: '变更',
      registeredOn: '2026-01-06',
      changedItem: '经营范围',
      changedFrom: '许可项目：农药零售。',
      changedTo: '许可项目：农药零售；食品销售。',
    },
  ],
};

export const REGISTRATION_FILE: RowFormat<RegistrationInput> = {
  noun: '登记信息',
  schema: z.preprocess(gathered, registrationInputSchema),
  readHeader: (cells) => readHeader(REGISTRATION_COLUMNS, cells),
  rename: renaming(REGISTRATION_COLUMNS),
  unread: unreadOf(REGISTRATION_COLUMNS),
  templates: { registration: TEMPLATE },
  // The stored text of a rejected row has no citizen id, whichever column held it.
  redact: maskCitizenIds,
};
