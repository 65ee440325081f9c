/** Accounts and their sessions. */
import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const users = pgTable('users', {
  username: text('username').primaryKey(),
  passwordHash: text('password_hash').notNull(),
  displayName: text('display_name').notNull(),
  role: text('role').notNull(),
  regionCode: text('region_code').notNull(),
  departmentCode: text('department_code'),
  disabledAt: instant('disabled_at'),
});

export const sessions = pgTable('sessions', {
  /** SHA-256 of the token: a stolen table opens no session. */
  tokenHash: text('token_hash').primaryKey(),
  username: text('username').notNull(),
  expiresAt: instant('expires_at').notNull(),
});
