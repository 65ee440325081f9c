/** English texts. The keys are the Chinese texts in the code and in the rules' tables. */
import { ADMIN_EN } from './en/admin.ts';
import { CASES_EN } from './en/cases.ts';
import { FRAME_EN } from './en/frame.ts';
import { OVERVIEW_EN } from './en/overview.ts';
import { OVERSIGHT_EN } from './en/oversight.ts';
import { PORTAL_EN } from './en/portal.ts';
import { PROBLEMS_EN } from './en/problems.ts';
import { PUSHES_EN } from './en/pushes.ts';
import { RECORDS_EN } from './en/records.ts';
import { REFERENCE_FILES_EN } from './en/reference-files.ts';
import { REGISTRATIONS_EN } from './en/registrations.ts';
import { RULES_EN } from './en/rules.ts';
import { SANCTIONS_EN } from './en/sanctions.ts';

/** A text has one translation, wherever it stands. */
export const PARTS = [
  RULES_EN,
  SANCTIONS_EN,
  PUSHES_EN,
  REGISTRATIONS_EN,
  REFERENCE_FILES_EN,
  RECORDS_EN,
  PROBLEMS_EN,
  CASES_EN,
  FRAME_EN,
  ADMIN_EN,
  OVERVIEW_EN,
  OVERSIGHT_EN,
  PORTAL_EN,
];

export const EN: Record<string, string> = Object.assign({}, ...PARTS);
