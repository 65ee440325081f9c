/**
 * The 双公示 columns in use from 2015 until the standard of 2018 (发改办财金〔2018〕424号), which many files still have. The same code
 * and the same digit of a status may mean something else in the two sets, so the set is found before anything is read.
 */
import { foldedColumn } from '../folding.ts';

export type ColumnSet = '2015' | '2018';

export const COLUMN_SETS: Readonly<Record<ColumnSet, string>> = {
  2015: '双公示字段（2015年）',
  2018: '双公示标准（2018年）',
};

type FormerColumns = Readonly<Record<string, readonly [code: string, label: string]>>;

/** By our field. Columns of natural persons have no row here either. */
export const FORMER_COLUMNS = {
  permit: {
    documentNo: ['XK_WSH', '行政许可决定书文号'],
    project: ['XK_XMMC', '项目名称'],
    category: ['XK_SPLB', '审批类别'],
    content: ['XK_NR', '许可内容'],
    name: ['XK_XDR', '行政相对人名称'],
    uscc: ['XK_XDR_SHXYM', '行政相对人代码_1(统一社会信用代码)'],
    organisationCode: ['XK_XDR_ZDM', '行政相对人代码_2(组织机构代码)'],
    formerRegistrationNo: ['XK_XDR_GSDJ', '行政相对人代码_3(工商登记码)'],
    taxNo: ['XK_XDR_SWDJ', '行政相对人代码_4(税务登记号)'],
    legalRepresentative: ['XK_FR', '法定代表人姓名'],
    generatedOn: ['XK_JDRQ', '许可决定日期'],
    validUntil: ['XK_JZQ', '许可截止期'],
    authority: ['XK_XZJG', '许可机关'],
    status: ['XK_ZT', '当前状态'],
    remark: ['BZ', '备注'],
  },
  penalty: {
    documentNo: ['CF_WSH', '行政处罚决定书文号'],
    documentName: ['CF_CFMC', '处罚名称'],
    category: ['CF_CFLB1', '处罚类别1'],
    secondCategory: ['CF_CFLB2', '处罚类别2'],
    violation: ['CF_SY', '处罚事由'],
    basis: ['CF_YJ', '处罚依据'],
    name: ['CF_XDR_MC', '行政相对人名称'],
    uscc: ['CF_XDR_SHXYM', '行政相对人代码_1(统一社会信用代码)'],
    organisationCode: ['CF_XDR_ZDM', '行政相对人代码_2(组织机构代码)'],
    formerRegistrationNo: ['CF_XDR_GSDJ', '行政相对人代码_3(工商登记码)'],
    taxNo: ['CF_XDR_SWDJ', '行政相对人代码_4(税务登记号)'],
    legalRepresentative: ['CF_FR', '法定代表人姓名'],
    content: ['CF_JG', '处罚结果'],
    generatedOn: ['CF_JDRQ', '处罚决定日期'],
    validUntil: ['CF_JZQ', '处罚截止期'],
    authority: ['CF_XZJG', '处罚机关'],
    status: ['CF_ZT', '当前状态'],
    remark: ['BZ', '备注'],
  },
} as const satisfies Record<string, FormerColumns>;

/** 当前状态 in this set. In that of 2018, 1 is 有效. */
const FORMER_STATES: Readonly<Record<string, string>> = { 0: '正常', 1: '撤销', 2: '异议', 3: '其他' };

/** A row of this set as today's: both categories as one text, and the status in words. */
export function asToday(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { secondCategory, ...rest } = row;
  const categories = [rest['category'], secondCategory].filter((one) => typeof one === 'string' && one.trim() !== '');
  const { status } = rest;
  const state =
    typeof status === 'string' || typeof status === 'number' ? FORMER_STATES[String(status).trim()] : undefined;
  return {
    ...rest,
    ...(categories.length > 0 && { category: [...new Set(categories)].join('、') }),
    ...(state !== undefined && { status: state }),
  };
}

interface Column {
  field: string;
  names: [string, ...string[]];
  required: boolean;
}

/** Today's columns under the names of this set. What it does not know is still read, unless its name means something else here. */
export function formerColumns(former: FormerColumns, today: readonly Column[]): Column[] {
  const taken = new Set(Object.values(former).flat().map(foldedColumn));
  const isFree = (name: string) => !taken.has(foldedColumn(name));
  const own = Object.entries(former).map(([field, [code, label]]): Column => {
    const { names = [], required = false } = today.find((column) => column.field === field) ?? {};
    return { field, names: [code, label, ...names.filter(isFree)], required };
  });
  const others = today.flatMap(({ names, ...column }): Column[] => {
    const [first, ...rest] = column.field in former ? [] : names.filter(isFree);
    return first === undefined ? [] : [{ ...column, names: [first, ...rest] }];
  });
  return [...own, ...others];
}
