/** Accounts, their sessions, and the applications by which they are opened. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AccountListState, PasswordState, RowChange, RowOutcome } from '../../domain/organs/account-lists.ts';
import type { ApplicationState } from '../../domain/organs/accounts.ts';
import type { Role } from '../../domain/organs/roles.ts';
import { bytes, instant, recordedAt } from './columns.ts';

export const users = pgTable(
  'users',
  {
    username: text('username').primaryKey(),
    passwordHash: text('password_hash').notNull(),
    displayName: text('display_name').notNull(),
    role: text('role').$type<Role>().notNull(),
    regionCode: text('region_code').notNull(),
    departmentCode: text('department_code'),
    disabledAt: instant('disabled_at'),
    /** An administrator gave the password: it only allows its own replacement. */
    mustChangePassword: boolean('must_change_password').notNull().default(false),
    /** Until when such a password opens a session. Null: no limit. */
    passwordExpiresAt: instant('password_expires_at'),
  },
  (t) => [index('users_department').on(t.departmentCode, t.username)],
);

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

/** 账号名册: accounts applied for in one file. Acts are also in reference_changes, where nobody edits them. */
export const accountLists = pgTable(
  'account_lists',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    no: text('no').notNull().unique(),
    state: text('state').$type<AccountListState>().notNull(),
    regionCode: text('region_code').notNull(),
    /** Null: of several departments, sent by an administrator. */
    departmentCode: text('department_code'),
    filename: text('filename'),
    reason: text('reason').notNull(),
    rowCount: integer('row_count').notNull(),
    /** SHA-256 of whose list it is and of its rows: the same list sent again is the same list. */
    contentHash: text('content_hash').notNull(),
    submittedBy: text('submitted_by').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    endorsedBy: text('endorsed_by'),
    endorsedAt: instant('endorsed_at'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    refusal: text('refusal'),
    openedAt: instant('opened_at'),
    passwordState: text('password_state').$type<PasswordState>(),
    /** How often passwords were asked for: what is sealed belongs to one of them. */
    issue: integer('issue').notNull().default(0),
    issuedTo: text('issued_to'),
    issuedAt: instant('issued_at'),
    /** Of the passphrase from which the key pair is derived; neither passphrase nor private key is stored. */
    sealSalt: bytes('seal_salt'),
    sealKey: bytes('seal_key'),
    passwordsUntil: instant('passwords_until'),
    collectedBy: text('collected_by'),
    collectedAt: instant('collected_at'),
    /** By the database's clock: until then one process makes passwords for the list. */
    leasedUntil: instant('leased_until'),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('account_lists_region').on(t.regionCode.op('text_pattern_ops'), t.id),
    index('account_lists_department').on(t.departmentCode, t.id),
    uniqueIndex('account_lists_content')
      .on(t.contentHash)
      .where(sql`state <> 'refused'`),
    index('account_lists_opening')
      .on(t.id)
      .where(sql`state = 'opening'`),
    index('account_lists_passwords')
      .on(t.id)
      .where(sql`password_state in ('making', 'ready')`),
  ],
);

export const accountListRows = pgTable(
  'account_list_rows',
  {
    listId: bigint('list_id', { mode: 'number' }).notNull(),
    /** Of the file. */
    line: integer('line').notNull(),
    username: text('username').notNull(),
    displayName: text('display_name').notNull(),
    role: text('role').$type<Role>().notNull(),
    regionCode: text('region_code').notNull(),
    departmentCode: text('department_code'),
    phone: text('phone'),
    /** By the record at the time of sending; it is judged again when the list is opened. */
    change: text('change').$type<RowChange>().notNull(),
    /** Null until the list is opened. */
    outcome: text('outcome').$type<RowOutcome>(),
    /** The issue in which a password was last made for it. */
    issued: integer('issued').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.listId, t.line] }), index('account_list_rows_username').on(t.username)],
);

/** Passwords, sealed to the list's key. Gone with the download, the expiry, or a further issue. */
export const accountListSealed = pgTable(
  'account_list_sealed',
  {
    listId: bigint('list_id', { mode: 'number' }).notNull(),
    issue: integer('issue').notNull(),
    firstLine: integer('first_line').notNull(),
    content: bytes('content').notNull(),
  },
  (t) => [primaryKey({ columns: [t.listId, t.issue, t.firstLine] })],
);
