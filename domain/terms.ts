/** 中止与延期: what may be done to a running limit, by whom, and what it takes. */
import { z } from 'zod';
import { LIMITS, type Limit, type LimitId } from './limits.ts';

const reason = (field: string) =>
  z.string().trim().min(1, `请填写${field}`).max(2000, `${field}不得超过2000字`).describe(field);

export const suspendSchema = z.object({ reason: reason('中止理由') }).describe('中止');
export const resumeSchema = z.object({}).describe('恢复计算');

/** The limit's own row says how many working days may be added. */
export function extensionSchema(limitId: LimitId) {
  const { extension }: Limit = LIMITS[limitId];
  const most = extension?.workingDays ?? 0;
  return z
    .object({
      workingDays: z
        .number()
        .int()
        .min(1, '延期至少1个工作日')
        .max(most, `延期不得超过${most}个工作日`)
        .describe('延期工作日数'),
      reason: reason('延期理由'),
    })
    .describe('申请延期');
}

export const extensionOpinionSchema = z.object({ opinion: reason('审批意见') }).describe('审批延期');

export type Suspend = z.infer<typeof suspendSchema>;
export type Resume = z.infer<typeof resumeSchema>;
export type ExtensionRequest = z.infer<ReturnType<typeof extensionSchema>>;
export type ExtensionOpinion = z.infer<typeof extensionOpinionSchema>;

/** Facts that the requirements below look at. */
export interface TermFacts {
  /** The limit that is suspended. */
  suspended?: LimitId | null;
  /** How often it was. */
  suspensions?: number;
  /** The one extension that was asked for. */
  extension?: { state: 'requested' | 'approved' | 'refused'; workingDays: number; requestedBy: string };
  /** Limits that have passed, judged at the instant of the command. */
  lapsed?: LimitId[];
}
