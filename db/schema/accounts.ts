/** Accounts, their sessions, and the applications by which they are opened. */
import { bigserial, boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import type { ApplicationState } from '../../domain/organs/accounts.ts';
import type { Role } from '../../domain/organs/roles.ts';
import { instant, recordedAt } from './columns.ts';

export const users = pgTable('users', {
  username: text('username').primaryKey(),
  passwordHash: text('password_hash').notNull(),
  displayName: text('display_name').notNull(),
  role: text('role').$type<Role>().notNull(),
  regionCode: text('region_code').notNull(),
  departmentCode: text('department_code'),
  disabledAt: instant('disabled_at'),
  /** An administrator gave the password: it only allows its own replacement. */
  mustChangePassword: boolean('must_change_password').notNull().default(false),
});

export const sessions = pgTable('sessions', {
  /** SHA-256 of the token: a stolen table opens no session. */
  tokenHash: text('token_hash').primaryKey(),
  username: text('username').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** 账号申请 (第四条第二款). Decisions are also in reference_changes, with author and reason, where nobody edits them. */
export const accountApplications = pgTable(
  'account_applications',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** Random, like a receipt number, so that nobody guesses it. */
    no: text('no').notNull().unique(),
    state: text('state').$type<ApplicationState>().notNull(),
    username: text('username').notNull(),
    displayName: text('display_name').notNull(),
    role: text('role').$type<Role>().notNull(),
    regionCode: text('region_code').notNull(),
    departmentCode: text('department_code'),
    phone: text('phone'),
    reason: text('reason').notNull(),
    /** Null once decided: then the account holds it, or nobody needs it. */
    passwordHash: text('password_hash'),
    /** The account with which the applicant was signed in: it may not decide on the application. */
    appliedBy: text('applied_by'),
    appliedAt: instant('applied_at').notNull(),
    endorsedBy: text('endorsed_by'),
    endorsedAt: instant('endorsed_at'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    /** Why it was refused. */
    refusal: text('refusal'),
    recordedAt: recordedAt(),
  },
  (t) => [index('account_applications_region').on(t.regionCode)],
);
