/** How accounts and applications for them are shown. */
import { z } from 'zod';
import type { AccountRow } from '../../db/accounts/changes.ts';
import type { Application } from '../../db/accounts/applications.ts';
import { APPLICATION_STATES, decisionsFor } from '../../domain/organs/accounts.ts';
import { ROLES, type Role } from '../../domain/organs/roles.ts';
import type { Reference } from '../../domain/reference.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { keysOf } from '../../domain/keys.ts';
import { roleCode } from './codes.ts';

export const placeSchema = z.object({
  role: roleCode,
  roleTitle: z.string(),
  regionCode: z.string(),
  regionName: z.string(),
  departmentCode: z.string().nullable(),
  departmentName: z.string().nullable(),
});

/** The account that is signed in. */
export const accountSchema = placeSchema.extend({
  username: z.string(),
  displayName: z.string(),
  mustChangePassword: z.boolean().describe('须先修改密码，才能办理其他事项'),
});

export type AccountView = z.infer<typeof accountSchema>;

/** An account, as those who manage it see it. */
export const managedAccountSchema = accountSchema.extend({ disabledAt: z.iso.datetime().nullable() });

export type ManagedAccountView = z.infer<typeof managedAccountSchema>;

const stateSchema = z.enum(keysOf(APPLICATION_STATES));

export const applicationSchema = placeSchema.extend({
  no: z.string().describe('申请编号'),
  state: stateSchema,
  stateTitle: z.string(),
  username: z.string().describe('希望使用的账号'),
  usernameTaken: z.boolean().describe('该账号已被他人使用，不能开通'),
  displayName: z.string(),
  phone: z.string().nullable().describe('联系电话：只供审核人查看'),
  reason: z.string(),
  appliedAt: z.iso.datetime(),
  endorsedBy: z.string().nullable(),
  endorsedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  refusal: z.string().nullable().describe('不予开通的理由'),
  decisions: z.array(z.enum(['endorse', 'approve', 'refuse'])).describe('您现在可以作出的处理'),
});

export type ApplicationView = z.infer<typeof applicationSchema>;

export const applicationProgressSchema = z.object({
  no: z.string(),
  state: stateSchema,
  stateTitle: z.string(),
  appliedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  refusal: z.string().nullable().describe('不予开通的理由'),
});

export type ApplicationProgress = z.infer<typeof applicationProgressSchema>;

interface Place {
  role: Role;
  regionCode: string;
  departmentCode: string | null;
}

export function viewPlace({ regions, departments }: Reference, { role, regionCode, departmentCode }: Place) {
  return {
    role,
    roleTitle: ROLES[role],
    regionCode,
    regionName: regions.resolve(regionCode)?.name ?? regionCode,
    departmentCode,
    departmentName: departmentCode === null ? null : (departments.get(departmentCode)?.name ?? departmentCode),
  };
}

type Person = Pick<AccountRow, 'username' | 'displayName' | 'mustChangePassword'> & Place;

export function viewAccount(reference: Reference, person: Person): AccountView {
  const { username, displayName, mustChangePassword } = person;
  return { username, displayName, ...viewPlace(reference, person), mustChangePassword };
}

export function viewManagedAccount(reference: Reference, row: AccountRow): ManagedAccountView {
  return { ...viewAccount(reference, row), disabledAt: row.disabledAt?.toISOString() ?? null };
}

export function viewApplication(
  reference: Reference,
  reader: Actor,
  { application, taken }: { application: Application; taken: string | null },
): ApplicationView {
  const { no, state, username, displayName, phone, reason, endorsedBy, decidedBy, refusal } = application;
  return {
    no,
    state,
    stateTitle: APPLICATION_STATES[state],
    username,
    // After approval the name is taken by the applicant.
    usernameTaken: state !== 'approved' && taken !== null,
    displayName,
    ...viewPlace(reference, application),
    phone: reader.role === 'auditor' ? null : phone,
    reason,
    appliedAt: application.appliedAt.toISOString(),
    endorsedBy,
    endorsedAt: application.endorsedAt?.toISOString() ?? null,
    decidedBy,
    decidedAt: application.decidedAt?.toISOString() ?? null,
    refusal,
    decisions: decisionsFor(reader, application),
  };
}

export function viewApplicationProgress(application: Application): ApplicationProgress {
  const { no, state, appliedAt, decidedAt, refusal } = application;
  return {
    no,
    state,
    stateTitle: APPLICATION_STATES[state],
    appliedAt: appliedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    refusal,
  };
}
