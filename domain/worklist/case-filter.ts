/** The conditions by which lists of cases are filtered and statistics are counted. */
import { z } from 'zod';
import type { LegalDate } from '../clock/calendar.ts';
import type { CaseType } from '../case/id.ts';
import { choice, regionCodeField } from '../fields.ts';
import type { LimitKind } from '../clock/limits.ts';
import { RETURN_REASONS } from '../case-types/registration-push/answers.ts';

export type ReturnReason = keyof typeof RETURN_REASONS;

/** Days are legal days; both ends are included. */
export interface CaseConditions {
  caseType?: CaseType;
  stage?: string;
  status?: 'open' | 'closed';
  /** `none`: cases without a department. */
  department?: string;
  /** The region with everything below it. */
  region?: string;
  /** The region without anything below it. */
  onlyRegion?: string;
  overdue?: boolean;
  /** Whether a limit of the case was ever breached, however the case ended. */
  late?: boolean;
  /** Whether a limit of this kind (statutory, norm) was ever breached. */
  lateKind?: LimitKind;
  /** Counts only breaches that the case's own department answers for, not those of an organ. */
  own?: boolean;
  openedFrom?: LegalDate;
  openedTo?: LegalDate;
  closedFrom?: LegalDate;
  closedTo?: LegalDate;
  /** The day of any breach of the case, not only of its first. */
  breachedFrom?: LegalDate;
  breachedTo?: LegalDate;
  returnReason?: ReturnReason;
}

export const NO_DEPARTMENT = 'none';

/** A day from 1900 on: PostgreSQL does not read years before Christ as JavaScript writes them. */
export const daySchema = z.iso
  .date('日期应为 YYYY-MM-DD 格式的真实日期')
  .refine((date) => date >= '1900-01-01', '日期不得早于1900年');
const day = daySchema.optional();

export const caseConditionsSchema = z.object({
  stage: z.string().max(40).optional().describe('环节'),
  status: z.enum(['open', 'closed']).optional().describe('open 在办；closed 办结'),
  department: z.string().max(60).optional().describe('承办部门代码；none 为没有承办部门的'),
  region: regionCodeField().optional().describe('行政区划代码（含下级）'),
  onlyRegion: regionCodeField().optional().describe('行政区划代码（不含下级）'),
  overdue: z.stringbool().optional().describe('是否逾期'),
  late: z.stringbool().optional().describe('是否有过逾期（不论是否办结，含法定期限和办理时限）'),
  lateKind: z.enum(['statutory', 'norm']).optional().describe('曾逾期的期限：statutory 法定期限；norm 办理时限'),
  own: z.stringbool().optional().describe('逾期只计由承办部门负责的；由其他机关负责的不计'),
  openedFrom: day.describe('立项之日起'),
  openedTo: day.describe('立项之日止'),
  closedFrom: day.describe('办结之日起'),
  closedTo: day.describe('办结之日止'),
  breachedFrom: day.describe('逾期之日起'),
  breachedTo: day.describe('逾期之日止'),
  returnReason: choice('回退理由类别', RETURN_REASONS).optional(),
});
