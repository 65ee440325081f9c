/** English for those who read it. Keys are the Chinese texts, as they stand in the code and in the rules' tables. */
import { ADMIN_EN } from './en/admin.ts';
import { CASES_EN } from './en/cases.ts';
import { FRAME_EN } from './en/frame.ts';
import { OVERVIEW_EN } from './en/overview.ts';
import { PORTAL_EN } from './en/portal.ts';
import { RULES_EN } from './en/rules.ts';

export const EN: Record<string, string> = {
  ...RULES_EN,
  ...CASES_EN,
  ...FRAME_EN,
  ...ADMIN_EN,
  ...OVERVIEW_EN,
  ...PORTAL_EN,
};
