/** English for those who read it. Keys are the Chinese texts, as they stand in the code and in the rules' tables. */
import { ADMIN_EN } from './en/admin.ts';
import { CASES_EN } from './en/cases.ts';
import { OVERVIEW_EN } from './en/overview.ts';
import { PORTAL_EN } from './en/portal.ts';

export const EN: Record<string, string> = { ...CASES_EN, ...ADMIN_EN, ...OVERVIEW_EN, ...PORTAL_EN };
