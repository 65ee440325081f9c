/**
 * 账号名册: the accounts that a department applies for in one file (第四条第二款). It goes the way of a single application: the
 * registering authority of the level endorses it, the platform's administration opens it, and nobody does two of the three.
 * A file of many departments, which only an administrator sends, becomes one list for each region, because each goes to
 * the registering authority of its own level.
 */
import { z } from 'zod';
import { labelled, optional } from '../fields.ts';
import { keysOf } from '../keys.ts';
import { applicationSchema, OF_DEPARTMENTS, placeFault, type Place } from './accounts.ts';
import type { Actor } from './actor.ts';
import { isWithin } from './region-code.ts';
import { ROLES, type Role } from './roles.ts';

export const ACCOUNT_LIST_STATES = {
  submitted: '待同级登记机关审核',
  endorsed: '待平台管理员开通',
  opening: '正在开通',
  opened: '已开通',
  refused: '不予开通',
} as const;

export type AccountListState = keyof typeof ACCOUNT_LIST_STATES;

/** One-time passwords of a list, from the request for them on. */
export const PASSWORD_STATES = {
  making: '正在生成',
  ready: '待领取',
  collected: '已领取',
  expired: '已过期',
} as const;

export type PasswordState = keyof typeof PASSWORD_STATES;

/** What a row means, by the accounts on record. */
export const ROW_CHANGES = { new: '新开', unchanged: '已有，无变化', changed: '变更' } as const;

export type RowChange = keyof typeof ROW_CHANGES;

/** What became of a row when the list was opened. */
export const ROW_OUTCOMES = {
  opened: '已开通',
  unchanged: '已有，无变化',
  changed: '已变更',
  taken: '未开通：账号已被使用或已停用',
  'no-place': '未开通：部门已撤销',
} as const;

export type RowOutcome = keyof typeof ROW_OUTCOMES;

/** Working days for which a one-time password, and the file in which it lies, can be used. */
export const ONE_TIME_PASSWORD_DAYS = 5;

/** Rows of a file: every account of a province, twice. */
export const MOST_ACCOUNTS = 50_000;

const folded = (value: unknown) => (typeof value === 'string' ? value.normalize('NFKC').trim() : value);
const { username, displayName, phone } = applicationSchema.shape;

const { 'platform-administrator': _, ...APPLICABLE_TITLES } = ROLES;

/** One row of the file. Department and region are read from the record where the row says nothing. */
export const accountRowSchema = z.object({
  username: z.preprocess(folded, username).describe('账号：3至31位小写字母、数字和连字符，以字母开头'),
  displayName: displayName.describe('姓名或岗位名称'),
  role: labelled(APPLICABLE_TITLES, '角色', '请更正').describe('角色'),
  departmentCode: optional(z.preprocess(folded, z.string().max(100, '部门不得超过100字'))).describe(
    '部门代码或名称：部门负责人上传的可以不填',
  ),
  regionCode: optional(z.preprocess(folded, z.string().regex(/^\d{6}$/, '行政区划代码应为6位数字'))).describe(
    '行政区划代码：不属于部门的角色必填',
  ),
  phone: optional(z.preprocess(folded, phone)).describe('联系电话：只供审核人核实身份'),
});

export type AccountRow = z.infer<typeof accountRowSchema>;

/** A row with the place that the record gives it. */
export interface PlacedRow extends Place {
  username: string;
  displayName: string;
  phone: string | null;
}

/** Departments and regions on record, as far as the sender may name them. */
export interface Places {
  regions: ReadonlySet<string>;
  /** By code and by name; a name that two departments have is left out. */
  departments: ReadonlyMap<string, { code: string; regionCode: string; retired: boolean }>;
}

/** @returns the row with its place, or in Chinese why the sender may not name it. */
export function placed(sender: Actor, row: AccountRow, places: Places): PlacedRow | string {
  const { username: account, displayName: name, role, phone: telephone = null } = row;
  const place = sender.role === 'department-lead' ? ownPlace(sender, row, places) : namedPlace(sender, row, places);
  if (typeof place === 'string') return place;
  const fault = placeFault({ ...place, role });
  return fault ?? { username: account, displayName: name, role, phone: telephone, ...place };
}

type Where = Omit<Place, 'role'>;

/** A lead names its own department, or none. */
function ownPlace({ regionCode, departmentCode }: Actor, row: AccountRow, places: Places): Where | string {
  if (!OF_DEPARTMENTS.includes(row.role)) return `${ROLES[row.role]}不属于部门，请由平台管理员办理`;
  const named = row.departmentCode === undefined ? departmentCode : places.departments.get(row.departmentCode)?.code;
  if (named !== departmentCode || (row.regionCode ?? regionCode) !== regionCode) {
    return '只能上报本部门的账号，该行写的是其他部门或区域，请删除或由该部门上报';
  }
  return { regionCode, departmentCode };
}

function namedPlace(sender: Actor, row: AccountRow, { regions, departments }: Places): Where | string {
  if (!OF_DEPARTMENTS.includes(row.role)) {
    if (row.departmentCode !== undefined) return `${ROLES[row.role]}不属于任何部门，请删除部门`;
    if (row.regionCode === undefined) return `${ROLES[row.role]}须填写行政区划代码`;
    const isKnown = regions.has(row.regionCode) && isWithin(row.regionCode, sender.regionCode);
    return isKnown ? { regionCode: row.regionCode, departmentCode: null } : '行政区划代码不存在，或不在您的管理区域内';
  }
  if (row.departmentCode === undefined) return `${ROLES[row.role]}须填写部门`;
  const found = departments.get(row.departmentCode);
  if (!found) return `没有部门“${row.departmentCode}”，或不在您的管理区域内；名称有重复的，请填写部门代码`;
  if (found.retired) return `部门“${row.departmentCode}”已撤销`;
  if (row.regionCode !== undefined && row.regionCode !== found.regionCode) {
    return `部门“${row.departmentCode}”不属于行政区划${row.regionCode}`;
  }
  return { regionCode: found.regionCode, departmentCode: found.code };
}

interface OnRecord extends Place {
  displayName: string;
  disabled: boolean;
}

/** @returns what the row does to the account on record; undefined where it must not touch it. */
export function changeOf(row: Omit<PlacedRow, 'phone'>, found: OnRecord | undefined): RowChange | undefined {
  if (!found) return 'new';
  const isThere = found.regionCode === row.regionCode && found.departmentCode === row.departmentCode;
  // The organ of a role that belongs to no department is the role itself.
  const isSameOrgan = row.departmentCode !== null || found.role === row.role;
  if (!isThere || !isSameOrgan || found.disabled || found.role === 'platform-administrator') return undefined;
  return found.role === row.role && found.displayName === row.displayName ? 'unchanged' : 'changed';
}

export const ACCOUNT_LIST_ACTS = {
  endorse: { title: '审核同意', roles: ['registering-authority'], from: ['submitted'], to: 'endorsed' },
  open: { title: '开通', roles: ['platform-administrator'], from: ['endorsed'], to: 'opening' },
  refuse: {
    title: '不予开通',
    roles: ['registering-authority', 'platform-administrator'],
    from: ['submitted', 'endorsed'],
    to: 'refused',
  },
  issue: {
    title: '生成一次性密码',
    roles: ['department-lead', 'platform-administrator'],
    from: ['opened'],
    to: 'opened',
  },
  collect: { title: '领取', roles: ['department-lead', 'platform-administrator'], from: ['opened'], to: 'opened' },
} as const satisfies Record<
  string,
  { title: string; roles: readonly Role[]; from: readonly AccountListState[]; to: AccountListState }
>;

export type AccountListAct = keyof typeof ACCOUNT_LIST_ACTS;

export interface ListStanding {
  state: AccountListState;
  regionCode: string;
  /** Null: a file of many departments, which an administrator sent. */
  departmentCode: string | null;
  submittedBy: string;
  endorsedBy: string | null;
  decidedBy: string | null;
  passwordState: PasswordState | null;
  /** For whom passwords were made. */
  issuedTo: string | null;
}

/** Whose list it is: its department's leads, of many departments the administration of its region. */
const isHolder = (actor: Actor, list: ListStanding): boolean =>
  list.departmentCode === null
    ? actor.role === 'platform-administrator' && isWithin(list.regionCode, actor.regionCode)
    : actor.role === 'department-lead' && actor.departmentCode === list.departmentCode;

/** Whether an account sees a list: its holders, and those who decide on or audit the accounts of its region. */
export function mayReadList(actor: Actor, list: ListStanding): boolean {
  if (isHolder(actor, list)) return true;
  const reads = ['registering-authority', 'platform-administrator', 'auditor'].includes(actor.role);
  return reads && isWithin(list.regionCode, actor.regionCode);
}

export type Hindrance = 'role' | 'stage' | 'same-person' | 'not-holder';

/** @returns why an account may not do the act now; undefined if it may. Who has done one part does not do another. */
export function hindranceOf(actor: Actor, act: AccountListAct, list: ListStanding): Hindrance | undefined {
  const { roles, from } = ACCOUNT_LIST_ACTS[act];
  const isOne = (some: readonly string[], one: string) => some.includes(one);
  if (!isOne(roles, actor.role)) return 'role';
  if (act === 'issue' || act === 'collect') {
    if (!isHolder(actor, list)) return 'not-holder';
    const gone = act === 'collect' && list.departmentCode === null && list.issuedTo !== actor.username;
    if (gone) return 'not-holder';
    if (list.endorsedBy === actor.username || list.decidedBy === actor.username) return 'same-person';
    const isReady = act === 'issue' || list.passwordState === 'ready';
    return isOne(from, list.state) && isReady ? undefined : 'stage';
  }
  // Once endorsed, only the administration decides.
  const isLate = act === 'refuse' && list.state === 'endorsed' && actor.role === 'registering-authority';
  if (!isOne(from, list.state) || isLate) return 'stage';
  return list.submittedBy === actor.username || list.endorsedBy === actor.username ? 'same-person' : undefined;
}

/** The acts that the console offers. Each is checked again when it is done. */
export const actsFor = (actor: Actor, list: ListStanding): AccountListAct[] =>
  keysOf(ACCOUNT_LIST_ACTS).filter((act) => hindranceOf(actor, act, list) === undefined);

/** Characters. An AES-encrypted ZIP makes guesses cheap, so the passphrase must not be short. */
const SHORTEST_PASSPHRASE = 12;

export const passphraseSchema = z
  .string('请填写文件口令')
  .min(SHORTEST_PASSPHRASE, `文件口令不得少于${SHORTEST_PASSPHRASE}个字符`)
  .max(100, '文件口令不得超过100个字符')
  .refine((phrase) => new Set(phrase).size >= 6, '文件口令过于简单，请另选')
  .describe('文件口令：平台不保存，打开密码文件时使用');
