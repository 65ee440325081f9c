/**
 * Accounts (第四条第二款): departments apply for them through the registering authority of their level, and the platform
 * administration opens them. No statutory limit attaches to it, so an application is a row with decisions, not a workflow.
 */
import { z } from 'zod';
import { regionCodeField, text } from '../fields.ts';
import { hasCitizenId, withoutCitizenId } from '../publicity/citizen-id.ts';
import { passwordSchema, tellsUsername } from './passwords.ts';
import { isWithin } from './region-code.ts';
import { ROLES, type Role } from './roles.ts';
import { registeringAuthorityOf } from './registering-authority.ts';
import { SYSTEM, type Actor } from './actor.ts';
import { keysOf } from '../keys.ts';

const roles = keysOf(ROLES);

/** Nobody can apply to be an administrator: an administrator gives the role to an existing account (see changeSchema). */
const APPLICABLE = roles.filter((role) => role !== 'platform-administrator');

export const APPLICATION_STATES = {
  applied: '待同级登记机关审核',
  endorsed: '待平台管理员开通',
  approved: '已开通',
  refused: '不予开通',
} as const;

export type ApplicationState = keyof typeof APPLICATION_STATES;

const regionCode = regionCodeField('请填写行政区划代码').describe('行政区划代码');
const departmentCode = z.string().max(60).nullish().describe('部门代码：登记机关、部门经办人、部门负责人必填');
/** What is not seen, or turns the order of what is seen, makes one name look like another. */
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\t\r\n]/u;

const displayName = text('姓名')
  .min(1, '请填写姓名')
  .max(50, '姓名不得超过50字')
  .refine((name) => !UNSEEN.test(name), '姓名含有不可见的字符或换行，请重新填写')
  .describe('姓名或岗位名称');

export const reasonSchema = text('理由').min(1, '请填写理由').max(500, '理由不得超过500字').describe('理由');

/** What an applicant asks for. */
export const applicationSchema = z
  .object({
    username: z
      .string('请填写账号')
      .regex(/^[a-z][a-z0-9-]{2,30}$/, '账号为3至31位小写字母、数字和连字符，以字母开头')
      // The audit log uses this name for the system itself.
      .refine((username) => username !== SYSTEM, '该账号由平台保留')
      .refine((username) => !hasCitizenId(username.replace(/^[a-z-]+/, '')), '账号含有公民身份号码，请另选')
      .describe('希望使用的账号'),
    displayName,
    role: z.enum(APPLICABLE, `可以申请的角色：${APPLICABLE.map((role) => ROLES[role]).join('、')}`).describe('角色'),
    regionCode,
    departmentCode,
    phone: z
      .string()
      .regex(/^\+?[0-9][0-9 -]{4,19}$/, '联系电话只含数字、空格和连字符')
      .refine(...withoutCitizenId('联系电话'))
      .optional()
      .describe('联系电话：只供审核人核实身份'),
    reason: reasonSchema.describe('申请理由'),
    password: passwordSchema,
  })
  .refine(({ password, username }) => !tellsUsername(password, username), {
    path: ['password'],
    message: '密码不得含有账号',
  })
  .describe('账号申请');

export type ApplicationInput = z.infer<typeof applicationSchema>;

/** What an administrator changes of an account. */
export const changeSchema = z
  .object({
    displayName: displayName.optional(),
    role: z.enum(roles, '没有这一角色').optional().describe('角色'),
    regionCode: regionCode.optional(),
    departmentCode,
    reason: reasonSchema,
  })
  .describe('变更账号；未填的不变');

export type AccountChange = z.infer<typeof changeSchema>;

export const OF_DEPARTMENTS: readonly Role[] = ['registering-authority', 'department-officer', 'department-lead'];

export interface Place {
  role: Role;
  regionCode: string;
  departmentCode: string | null;
}

/** @returns in Chinese why the role does not fit the department. The caller checks that the department exists. */
export function placeFault({ role, regionCode: region, departmentCode: department }: Place): string | undefined {
  if (!OF_DEPARTMENTS.includes(role)) return department === null ? undefined : `${ROLES[role]}不属于任何部门`;
  if (department === null) return `${ROLES[role]}须有所属部门`;
  if (role === 'registering-authority' && department !== registeringAuthorityOf(region)) {
    return `登记机关的账号须属于本区域的登记机关（${registeringAuthorityOf(region)}）`;
  }
  return undefined;
}

/** Whether an account may decide on an application: a registering authority or administrator of the region or above it. */
export function decidesOn(actor: Actor, applied: { regionCode: string }): boolean {
  const mayDecide = actor.role === 'registering-authority' || actor.role === 'platform-administrator';
  return mayDecide && isWithin(applied.regionCode, actor.regionCode);
}

/** The states in which an account may refuse. Once endorsed, only the administration decides. */
export function refusableBy(actor: Actor): readonly ApplicationState[] {
  return actor.role === 'platform-administrator' ? ['applied', 'endorsed'] : ['applied'];
}

/** Whether an account may switch another one off and on: administrators, and a lead for the officers of its department. */
export function maySwitch(actor: Actor, target: Place): boolean {
  if (actor.role === 'platform-administrator') return isWithin(target.regionCode, actor.regionCode);
  return leads(actor, target) && target.role === 'department-officer';
}

export const leads = (actor: Actor, { departmentCode: department }: Place): boolean =>
  actor.role === 'department-lead' && department !== null && department === actor.departmentCode;

interface Standing {
  state: ApplicationState;
  regionCode: string;
  appliedBy: string | null;
  endorsedBy: string | null;
}

/** The decisions that the console offers. Each is checked again when it is made. */
export function decisionsFor(actor: Actor, application: Standing): ('endorse' | 'approve' | 'refuse')[] {
  const { state, appliedBy, endorsedBy } = application;
  if (!decidesOn(actor, application) || appliedBy === actor.username) return [];
  const isAdministrator = actor.role === 'platform-administrator';
  return [
    ...(state === 'applied' && !isAdministrator ? (['endorse'] as const) : []),
    ...(state === 'endorsed' && isAdministrator && endorsedBy !== actor.username ? (['approve'] as const) : []),
    ...(refusableBy(actor).includes(state) ? (['refuse'] as const) : []),
  ];
}
