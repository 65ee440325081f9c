/** How lists of accounts (账号名册) are shown. */
import { z } from 'zod';
import type { AccountIntake } from '../accounts/account-intake.ts';
import type { AccountList, AccountListRow } from '../../db/queries/account-lists.ts';
import {
  ACCOUNT_LIST_ACTS,
  ACCOUNT_LIST_STATES,
  actsFor,
  PASSWORD_STATES,
  ROW_CHANGES,
  ROW_OUTCOMES,
} from '../../domain/organs/account-lists.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { keysOf } from '../../domain/keys.ts';
import type { Reference } from '../../domain/reference.ts';
import { placeSchema, viewPlace } from './account.ts';

const instant = z.iso.datetime().nullable();
const person = z.string().nullable();

export const accountListSchema = z
  .object({
    no: z.string().describe('名册编号'),
    state: z.enum(keysOf(ACCOUNT_LIST_STATES)),
    stateTitle: z.string(),
    regionCode: z.string(),
    regionName: z.string(),
    departmentCode: z.string().nullable().describe('空：平台管理员上报的多部门名册'),
    departmentName: z.string().nullable(),
    filename: z.string().nullable(),
    reason: z.string(),
    rowCount: z.number().int(),
    submittedBy: z.string(),
    submittedAt: z.iso.datetime(),
    endorsedBy: person,
    endorsedAt: instant,
    decidedBy: person,
    decidedAt: instant,
    refusal: z.string().nullable().describe('不予开通的理由'),
    openedAt: instant,
    passwordState: z.enum(keysOf(PASSWORD_STATES)).nullable(),
    passwordStateTitle: z.string().nullable(),
    passwordsUntil: instant.describe('一次性密码及其文件的有效期'),
    issuedTo: person,
    collectedBy: person,
    collectedAt: instant,
    acts: z.array(z.enum(keysOf(ACCOUNT_LIST_ACTS))).describe('您现在可以作出的处理'),
  })
  .meta({ id: 'AccountList' });

export type AccountListView = z.infer<typeof accountListSchema>;

export function viewAccountList(
  { regions, departments }: Reference,
  reader: Actor,
  list: AccountList,
): AccountListView {
  const { no, state, regionCode, departmentCode, filename, reason, rowCount, refusal, passwordState } = list;
  const { submittedBy, endorsedBy, decidedBy, issuedTo, collectedBy } = list;
  return {
    no,
    state,
    regionCode,
    departmentCode,
    filename,
    reason,
    rowCount,
    refusal,
    passwordState,
    submittedBy,
    endorsedBy,
    decidedBy,
    issuedTo,
    collectedBy,
    stateTitle: ACCOUNT_LIST_STATES[state],
    regionName: regions.resolve(regionCode)?.name ?? regionCode,
    departmentName: departmentCode === null ? null : (departments.get(departmentCode)?.name ?? departmentCode),
    submittedAt: list.submittedAt.toISOString(),
    endorsedAt: list.endorsedAt?.toISOString() ?? null,
    decidedAt: list.decidedAt?.toISOString() ?? null,
    openedAt: list.openedAt?.toISOString() ?? null,
    passwordStateTitle: passwordState && PASSWORD_STATES[passwordState],
    passwordsUntil: list.passwordsUntil?.toISOString() ?? null,
    collectedAt: list.collectedAt?.toISOString() ?? null,
    acts: actsFor(reader, list),
  };
}

export const accountListRowSchema = placeSchema
  .extend({
    line: z.number().int().describe('文件中的行号'),
    username: z.string(),
    displayName: z.string(),
    phone: z.string().nullable().describe('联系电话：只供审核人查看'),
    change: z.enum(keysOf(ROW_CHANGES)),
    changeTitle: z.string(),
    usernameTaken: z.boolean().describe('新开的账号已被他人使用，不能开通'),
    outcome: z.enum(keysOf(ROW_OUTCOMES)).nullable(),
    outcomeTitle: z.string().nullable(),
  })
  .meta({ id: 'AccountListRow' });

export type AccountListRowView = z.infer<typeof accountListRowSchema>;

export function viewAccountListRow(
  reference: Reference,
  reader: Actor,
  { row, taken }: { row: AccountListRow; taken: string | null },
): AccountListRowView {
  const { line, username, displayName, phone, change, outcome } = row;
  return {
    line,
    username,
    displayName,
    change,
    outcome,
    ...viewPlace(reference, row),
    phone: reader.role === 'auditor' ? null : phone,
    changeTitle: ROW_CHANGES[change],
    usernameTaken: outcome === null && change === 'new' && taken !== null,
    outcomeTitle: outcome && ROW_OUTCOMES[outcome],
  };
}

const roleNameSchema = z.object({ role: z.string(), displayName: z.string() });

export const accountIntakeSchema = z
  .object({
    importId: z.string().describe('导入编号：未受理的行凭此下载'),
    dryRun: z.boolean(),
    accepted: z.boolean().describe('是否已上报；有一行不受理的，全部不上报'),
    rows: z.number().int(),
    counts: z.object({
      new: z.number().int().describe(ROW_CHANGES.new),
      unchanged: z.number().int().describe(ROW_CHANGES.unchanged),
      changed: z.number().int().describe(ROW_CHANGES.changed),
      refused: z.number().int().describe('不受理'),
    }),
    refusedRows: z.array(z.object({ line: z.number().int(), message: z.string() })).describe('至多100行'),
    changedRows: z
      .array(z.object({ line: z.number().int(), username: z.string(), before: roleNameSchema, after: roleNameSchema }))
      .describe('至多100行'),
    absent: z
      .object({ count: z.number().int(), usernames: z.array(z.string()) })
      .nullable()
      .describe('本部门在用、名册中没有的账号：只告知，不处理'),
    unreadColumns: z.array(z.string()),
    lists: z.array(
      z.object({
        no: z.string(),
        state: z.enum(keysOf(ACCOUNT_LIST_STATES)),
        regionCode: z.string(),
        rowCount: z.number().int(),
        duplicate: z.boolean().describe('此前已上报'),
      }),
    ),
  })
  .meta({ id: 'AccountIntake' });

export type AccountIntakeView = z.infer<typeof accountIntakeSchema>;

export function viewAccountIntake({ changedRows, ...intake }: AccountIntake): AccountIntakeView {
  return {
    ...intake,
    changedRows: changedRows.map(({ line, before, after }) => ({
      line,
      username: after.username,
      before: { role: before.role, displayName: before.displayName },
      after: { role: after.role, displayName: after.displayName },
    })),
  };
}
