/**
 * 双公示 fields of permits and penalties by their standard codes and labels, with our names for them
 * (国家公共信用信息中心双公示数据标准, 2018). Columns that identify natural persons (证件类型、证件号码) have no row here, so they are
 * never read, stored or published.
 */
import { FOR_EVER } from '../clock/written-day.ts';
import { foldedColumn } from '../folding.ts';
import { keysOf } from '../keys.ts';
import { COLUMN_SETS, FORMER_COLUMNS, formerColumns, type ColumnSet } from './former-columns.ts';
import { SEVERITIES } from '../rule-sets/penalty-publicity.ts';
import { OTHER_SECTIONS } from './sections.ts';

export const RECORD_KINDS = { permit: '行政许可', penalty: '行政处罚', other: '其他' } as const;

export type RecordKind = keyof typeof RECORD_KINDS;

interface RecordField {
  field: string;
  /** The standard's code; absent where the standard does not have the field. */
  code?: string;
  /** Labels in files, the standard's first. */
  labels: readonly [string, ...string[]];
  /** The label that people read, where the standard's label is for systems. */
  title?: string;
  /** The meanings of coded values. */
  meanings?: Record<string, string>;
  required?: true;
}

export const COUNTERPARTIES = { organisation: '法人及非法人组织', individual: '个体工商户' } as const;
/** 当前状态 of a permit. */
const PERMIT_STATES = { '1': '有效', '2': '无效' } as const;
/** The date by which the standard's files say that there is no last day. */
const LAST_DAYS = { [FOR_EVER]: '长期' };

const COMMON = [{ field: 'departmentCode', labels: ['部门代码', '归集部门代码'] }] as const;

export const RECORD_FIELDS = {
  permit: [
    { field: 'name', code: 'XK_XDR_MC', labels: ['行政相对人名称', '企业名称'], required: true },
    { field: 'counterparty', code: 'XK_XDR_LB', labels: ['行政相对人类别'], meanings: COUNTERPARTIES },
    {
      field: 'uscc',
      code: 'XK_XDR_SHXYM',
      labels: ['行政相对人代码_1(统一社会信用代码)', '统一社会信用代码'],
      title: '统一社会信用代码',
      required: true,
    },
    {
      field: 'formerRegistrationNo',
      code: 'XK_XDR_GSZC',
      labels: ['行政相对人代码_2(工商注册号)', '工商注册号'],
      title: '工商注册号',
    },
    {
      field: 'organisationCode',
      code: 'XK_XDR_ZZJG',
      labels: ['行政相对人代码_3(组织机构代码)', '组织机构代码'],
      title: '组织机构代码',
    },
    {
      field: 'taxNo',
      code: 'XK_XDR_SWDJ',
      labels: ['行政相对人代码_4(税务登记号)', '税务登记号'],
      title: '税务登记号',
    },
    {
      field: 'institutionNo',
      code: 'XK_XDR_SYDW',
      labels: ['行政相对人代码_5(事业单位证书号)', '事业单位证书号'],
      title: '事业单位证书号',
    },
    {
      field: 'socialOrganisationNo',
      code: 'XK_XDR_SHZZ',
      labels: ['行政相对人代码_6(社会组织登记证号)', '社会组织登记证号'],
      title: '社会组织登记证号',
    },
    { field: 'legalRepresentative', code: 'XK_FRDB', labels: ['法定代表人'] },
    { field: 'project', labels: ['项目名称'] },
    { field: 'documentName', code: 'XK_XKWS', labels: ['行政许可决定文书名称'] },
    {
      field: 'documentNo',
      code: 'XK_WSH',
      labels: ['行政许可决定文书号', '行政许可决定书文号', '文书号'],
      required: true,
    },
    { field: 'category', code: 'XK_XKLB', labels: ['许可类别'] },
    { field: 'certificateName', code: 'XK_XKZS', labels: ['许可证书名称'] },
    { field: 'certificateNo', code: 'XK_XKBH', labels: ['许可编号'] },
    { field: 'content', code: 'XK_NR', labels: ['许可内容'], required: true },
    { field: 'generatedOn', code: 'XK_JDRQ', labels: ['许可决定日期'], required: true },
    { field: 'validFrom', code: 'XK_YXQZ', labels: ['有效期自'] },
    { field: 'validUntil', code: 'XK_YXQZI', labels: ['有效期至'], meanings: LAST_DAYS },
    { field: 'authority', code: 'XK_XKJG', labels: ['许可机关'], required: true },
    { field: 'authorityUscc', code: 'XK_XKJGDM', labels: ['许可机关统一社会信用代码'] },
    { field: 'status', code: 'XK_ZT', labels: ['当前状态'], meanings: PERMIT_STATES },
    { field: 'source', code: 'XK_LYDW', labels: ['数据来源单位'] },
    { field: 'sourceUscc', code: 'XK_LYDWDM', labels: ['数据来源单位统一社会信用代码'] },
    { field: 'remark', code: 'BZ', labels: ['备注'] },
    ...COMMON,
  ],
  penalty: [
    { field: 'name', code: 'CF_XDR_MC', labels: ['行政相对人名称', '企业名称'], required: true },
    { field: 'counterparty', code: 'CF_XDR_LB', labels: ['行政相对人类别'], meanings: COUNTERPARTIES },
    {
      field: 'uscc',
      code: 'CF_XDR_SHXYM',
      labels: ['统一社会信用代码', '行政相对人代码_1(统一社会信用代码)'],
      required: true,
    },
    { field: 'formerRegistrationNo', code: 'CF_XDR_GSZC', labels: ['工商注册号', '行政相对人代码_2(工商注册号)'] },
    { field: 'organisationCode', code: 'CF_XDR_ZZJG', labels: ['组织机构代码', '行政相对人代码_3(组织机构代码)'] },
    { field: 'taxNo', code: 'CF_XDR_SWDJ', labels: ['税务登记号', '行政相对人代码_4(税务登记号)'] },
    { field: 'institutionNo', code: 'CF_XDR_SYDW', labels: ['事业单位证书号', '行政相对人代码_5(事业单位证书号)'] },
    {
      field: 'socialOrganisationNo',
      code: 'CF_XDR_SHZZ',
      labels: ['社会组织登记证号', '行政相对人代码_6(社会组织登记证号)'],
    },
    { field: 'legalRepresentative', code: 'CF_FRDB', labels: ['法定代表人'] },
    { field: 'documentName', labels: ['处罚名称'] },
    {
      field: 'documentNo',
      code: 'CF_WSH',
      labels: ['行政处罚决定书文号', '行政处罚决定文书号', '文书号'],
      required: true,
    },
    { field: 'violation', code: 'CF_WFXW', labels: ['违法行为类型'], required: true },
    { field: 'violationFacts', code: 'CF_SY', labels: ['违法事实'] },
    { field: 'basis', code: 'CF_YJ', labels: ['处罚依据'] },
    { field: 'category', code: 'CF_CFLB', labels: ['处罚类别'] },
    { field: 'content', code: 'CF_NR', labels: ['处罚内容'], required: true },
    { field: 'fine', code: 'CF_NR_FK', labels: ['罚款金额（万元）'] },
    { field: 'confiscated', code: 'CF_NR_WFFF', labels: ['没收违法所得、没收非法财物的金额（万元）'] },
    { field: 'revoked', code: 'CF_NR_ZKDX', labels: ['暂扣或吊销证照名称及编号'] },
    { field: 'generatedOn', code: 'CF_JDRQ', labels: ['处罚决定日期'], required: true },
    { field: 'validUntil', code: 'CF_YXQ', labels: ['处罚有效期'], meanings: LAST_DAYS },
    { field: 'severity', labels: ['失信严重程度'], meanings: SEVERITIES },
    { field: 'publicUntil', code: 'CF_GSJZQ', labels: ['公示截止期'], meanings: LAST_DAYS },
    { field: 'authority', code: 'CF_CFJG', labels: ['处罚机关'], required: true },
    { field: 'authorityUscc', code: 'CF_CFJGDM', labels: ['处罚机关统一社会信用代码'] },
    { field: 'status', labels: ['当前状态'] },
    { field: 'source', code: 'CF_SJLY', labels: ['数据来源单位'] },
    { field: 'sourceUscc', code: 'CF_SJLYDM', labels: ['数据来源单位统一社会信用代码'] },
    { field: 'remark', code: 'BZ', labels: ['备注'] },
    ...COMMON,
  ],
  other: [
    { field: 'name', labels: ['企业名称', '名称'], required: true },
    { field: 'uscc', labels: ['统一社会信用代码'], required: true },
    { field: 'section', labels: ['公示栏目'], meanings: OTHER_SECTIONS, required: true },
    { field: 'documentNo', labels: ['文书号'], required: true },
    { field: 'title', labels: ['标题', '事项名称'], required: true },
    { field: 'content', labels: ['内容'], required: true },
    { field: 'generatedOn', labels: ['产生日期', '信息产生日期'], required: true },
    { field: 'validUntil', labels: ['有效期至'], meanings: LAST_DAYS },
    { field: 'publicUntil', labels: ['公示截止期'], meanings: LAST_DAYS },
    { field: 'authority', labels: ['作出机关'], required: true },
    { field: 'remark', labels: ['备注'] },
    ...COMMON,
  ],
} as const satisfies Record<RecordKind, readonly RecordField[]>;

const isKind = (kind: unknown): kind is RecordKind => typeof kind === 'string' && Object.hasOwn(RECORD_FIELDS, kind);

/** The kind of a file's records, told by the column of the document number, whose name differs between the kinds. */
export function kindOfColumns(columns: readonly string[]): RecordKind | undefined {
  const found = new Set(columns.map(foldedColumn));
  const has = (...names: string[]) => names.some((name) => found.has(foldedColumn(name)));
  if (has('XK_WSH', '行政许可决定文书号', '行政许可决定书文号')) return 'permit';
  if (has('CF_WSH', '行政处罚决定书文号', '行政处罚决定文书号')) return 'penalty';
  return has('公示栏目', 'section') ? 'other' : undefined;
}

interface RecordColumn {
  field: string;
  names: [string, ...string[]];
  required: boolean;
}

const SETS = keysOf(COLUMN_SETS);

function columnsToday(kind: RecordKind): RecordColumn[] {
  const rows: readonly RecordField[] = RECORD_FIELDS[kind];
  return rows.map(({ field, labels, code, required = false }) => ({
    field,
    names: [code ?? labels[0], ...labels],
    required,
  }));
}

/** Made once: every row of a file is read by them. */
const COLUMNS = new Map(
  keysOf(RECORD_FIELDS).flatMap((kind) =>
    SETS.map((set) => {
      const today = columnsToday(kind);
      const columns = set === '2015' && kind !== 'other' ? formerColumns(FORMER_COLUMNS[kind], today) : today;
      const candidates = columns.map(({ field, names }) => ({ field, names: [field, ...names].map(foldedColumn) }));
      return [`${kind} ${set}`, { columns, candidates }] as const;
    }),
  ),
);

const tableOf = (kind: RecordKind, set: ColumnSet) => COLUMNS.get(`${kind} ${set}`)!;

/** The columns for the header of a file. */
export const columnsOf = (kind: RecordKind, set: ColumnSet = '2018'): readonly RecordColumn[] =>
  tableOf(kind, set).columns;

/** The names that only one of the two standards has. */
const OF_ONE_SET = {
  permit: namesOfOneSet('permit'),
  penalty: namesOfOneSet('penalty'),
};

function namesOfOneSet(kind: 'permit' | 'penalty'): ReadonlyMap<string, ColumnSet> {
  const former = new Set(Object.values(FORMER_COLUMNS[kind]).flat().map(foldedColumn));
  const today = new Set(columnsOf(kind).flatMap(({ names }) => names.map(foldedColumn)));
  const only = (own: ReadonlySet<string>, other: ReadonlySet<string>, set: ColumnSet) =>
    [...own].filter((name) => !other.has(name)).map((name) => [name, set] as const);
  return new Map([...only(former, today, '2015'), ...only(today, former, '2018')]);
}

/** Which of the two standards a file's columns are of; undefined where they have only names of both, or of neither. */
export function columnSetOf(kind: RecordKind, columns: readonly string[]): ColumnSet | undefined {
  if (kind === 'other') return undefined;
  const found = columns.map((name) => OF_ONE_SET[kind].get(foldedColumn(name)));
  const [former, today] = SETS.map((set) => found.filter((one) => one === set).length);
  if (former === 0 && today === 0) return undefined;
  return former! > today! ? '2015' : '2018';
}

/** The kind of a line of JSON: by name, by label (行政许可) or by its names. Others are returned as they are. */
function kindNamed(input: object, given: ReadonlyMap<string, unknown>): unknown {
  const named = given.get('kind') ?? given.get('信息类别');
  const byLabel = keysOf(RECORD_KINDS).find((kind) => RECORD_KINDS[kind] === named);
  return byLabel ?? named ?? kindOfColumns(Object.keys(input));
}

const givenIn = (input: object) =>
  new Map(Object.entries(input).map(([name, value]) => [foldedColumn(name), value as unknown]));

/** The kind of a line of JSON, and the standard whose names it has. @returns undefined for what is no record. */
export function namedRecord(input: unknown): { kind: RecordKind; columnSet: ColumnSet | undefined } | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined;
  const kind = kindNamed(input, givenIn(input));
  return isKind(kind) ? { kind, columnSet: columnSetOf(kind, Object.keys(input)) } : undefined;
}

/** Renames labels and codes to our field names. A row of the columns of 2015 says so (`columnSet`). */
export function renamedRecord(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  const given = givenIn(input);
  const kind = kindNamed(input, given);
  if (!isKind(kind)) return { ...input, kind };
  // Of a table it is told by the header.
  const columnSet = given.get('columnset') === '2015' ? '2015' : columnSetOf(kind, Object.keys(input));
  const fields = tableOf(kind, columnSet ?? '2018').candidates.flatMap(({ field, names }) => {
    const name = names.find((candidate) => given.has(candidate));
    return name === undefined ? [] : [[field, given.get(name)] as const];
  });
  return { ...Object.fromEntries(fields), kind, ...(columnSet === '2015' && { columnSet }) };
}

export interface ShownField {
  field: string;
  code?: string;
  label: string;
  value: string | number;
  /** The meaning, where the value is a code. */
  meaning?: string;
}

export const titleOfField = ({ labels, title }: Pick<RecordField, 'labels' | 'title'>): string => title ?? labels[0];

/** A record's content for people: labelled, in the standard's order. */
export function shownFields(kind: RecordKind, content: Record<string, unknown>): ShownField[] {
  return RECORD_FIELDS[kind].flatMap((row: RecordField): ShownField[] => {
    const { field, code, meanings } = row;
    const value = content[field];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    const meaning = meanings?.[value];
    return [{ field, ...(code && { code }), label: titleOfField(row), value, ...(meaning && { meaning }) }];
  });
}
