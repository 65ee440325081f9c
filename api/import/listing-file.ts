/** The columns and rows of files of a dishonesty list: our names, Chinese ones, or the short codes of the court's list. */
import type { DishonestyList } from '../../domain/publicity/dishonesty-lists.ts';
import { holdsPersonalId, listingEntrySchema, type ListingEntry } from '../../domain/case-types/listing/entry.ts';
import { REMOVAL_GROUNDS } from '../../domain/case-types/listing/grounds.ts';
import { fullListRowSchema, type FullListKey } from '../../domain/case-types/listing/full-list.ts';
import {
  listingRemovalSchema,
  listingRowSchema,
  type ListingRemoval,
  type ListingRow,
} from '../../domain/case-types/listing/removal-row.ts';
import type { RowFormat } from './row-file.ts';
import { foldedColumn } from '../../domain/folding.ts';
import { readHeader, renaming, unreadOf, type Column } from './rows/columns.ts';
import type { Template } from './template.ts';

const COLUMNS: (Column & { field: keyof ListingEntry | keyof ListingRemoval })[] = [
  { field: 'operation', names: ['操作', '列入或移出'], required: false },
  { field: 'removedOn', names: ['移出日期'], required: false },
  { field: 'removalGround', names: ['移出事由'], required: false },
  { field: 'removalNo', names: ['移出决定文号'], required: false },
  { field: 'partyType', names: ['当事人类型', 'partytypename'], required: false },
  { field: 'list', names: ['名单', '名单类型'], required: false },
  { field: 'documentNo', names: ['文号', '案号', '列入决定文号', 'casecode'], required: true },
  { field: 'uscc', names: ['统一社会信用代码', 'cardnum'], required: true },
  { field: 'name', names: ['名称', '企业名称', '被执行人姓名/名称', '被执行人名称', 'iname'], required: true },
  { field: 'regionCode', names: ['行政区划代码', '区划代码'], required: false },
  { field: 'authority', names: ['列入机关', '执行法院', 'courtname'], required: true },
  { field: 'authorityCode', names: ['列入机关代码', '列入机关的部门代码'], required: false },
  { field: 'ground', names: ['列入事由类别'], required: false },
  { field: 'severity', names: ['失信严重程度'], required: false },
  { field: 'grounds', names: ['列入事由', '失信被执行人行为具体情形', 'disrupttypename'], required: true },
  { field: 'listedOn', names: ['列入日期', '发布时间', 'publishdate'], required: true },
  { field: 'listedUntil', names: ['列入期限', '列入期限至'], required: false },
  { field: 'minimumPublicUntil', names: ['最短公示期', '最短公示期至'], required: false },
  { field: 'basisNo', names: ['执行依据文号', 'gistid'], required: false },
  { field: 'basisAuthority', names: ['做出执行依据单位', 'gistunit'], required: false },
  { field: 'filedOn', names: ['立案时间', 'regdate'], required: false },
  { field: 'duty', names: ['生效法律文书确定的义务', 'duty'], required: false },
  { field: 'performance', names: ['被执行人的履行情况', 'performance'], required: false },
  { field: 'performedPart', names: ['已履行', 'performedpart'], required: false },
  { field: 'unperformedPart', names: ['未履行', 'unperformpart'], required: false },
  { field: 'responsiblePerson', names: ['法定代表人或者负责人姓名', 'businessentity'], required: false },
];

const KEPT_AWAY = '（该行含自然人信息，不予保存）';
const COURT_DEBTOR: DishonestyList = 'court-debtor';

/** A court's file has the column `casecode`, which tells its list. */
const listOf = (names: readonly string[]) => (names.includes('casecode') ? { list: COURT_DEBTOR } : undefined);

const USCC = '91350100M000100Y43';
const NAME = '示例商贸有限公司';

const TEMPLATE: Template = {
  title: '失信名单',
  columns: COLUMNS.map(({ field, names: [name] }) => ({ field, name })),
  schemas: [listingEntrySchema, listingRemovalSchema],
  notes: {
    operation: '列入或移出；缺省为列入。移出的，填名单、文号、企业、列入机关和移出各列',
  },
  examples: [
    {
      operation: '列入',
      list: '经营异常名录',
      documentNo: '示例〔2026〕1号',
      uscc: USCC,
      name: NAME,
      regionCode: '430103',
      authority: '天心区市场监督管理局',
      ground: '未按规定期限公示年度报告',
      grounds: '未按规定期限公示2025年度报告',
      listedOn: '2026-01-05',
    },
    {
      operation: '移出',
      removedOn: '2026-01-20',
      removalGround: Object.values(REMOVAL_GROUNDS)[0]!,
      list: '经营异常名录',
      documentNo: '示例〔2026〕1号',
      uscc: USCC,
      name: NAME,
      authority: '天心区市场监督管理局',
    },
  ],
};

export const LISTING_FILE: RowFormat<ListingRow> = {
  noun: '失信名单条目',
  schema: listingRowSchema,
  readHeader: (cells) => ({ ...readHeader(COLUMNS, cells), constants: listOf(cells.map(foldedColumn)) }),
  rename,
  unread: unreadOf(COLUMNS),
  templates: { listing: TEMPLATE },
  redact: (raw) => (holdsPersonalId(raw) ? KEPT_AWAY : raw),
};

/** 全量名单: a file of entries will do; only what tells them apart is read. */
const KEY_COLUMNS = COLUMNS.map((column) => {
  return { ...column, required: column.field === 'documentNo' || column.field === 'uscc' };
});

const FULL_LIST_TEMPLATE: Template = {
  title: '全量名单',
  columns: [
    { field: 'documentNo', name: '文号' },
    { field: 'uscc', name: '统一社会信用代码' },
    { field: 'name', name: '名称' },
  ],
  schemas: [fullListRowSchema],
  notes: { name: '便于核对，不读取' },
  examples: [
    { documentNo: '示例〔2026〕1号', uscc: USCC, name: NAME },
    { documentNo: '示例〔2026〕2号', uscc: USCC, name: NAME },
  ],
};

export const FULL_LIST_FILE: RowFormat<FullListKey> = {
  noun: '名单条目',
  schema: fullListRowSchema,
  readHeader: (cells) => readHeader(KEY_COLUMNS, cells),
  templates: { fullList: FULL_LIST_TEMPLATE },
  rename: renaming(KEY_COLUMNS),
};

const renamedFields = renaming(COLUMNS);

/** Renames the fields of a line of JSON, whichever of the known names it uses. */
function rename(object: unknown): unknown {
  const renamed = renamedFields(object);
  if (typeof object !== 'object' || object === null || renamed === object) return object;
  return { ...listOf(Object.keys(object).map(foldedColumn)), ...(renamed as object) };
}
