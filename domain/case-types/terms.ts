/** 中止与延期: the bodies of their commands, and the facts that they leave. */
import { z } from 'zod';
import { bodies } from '../case/bodies.ts';
import { choice, optionalText, requiredText } from '../fields.ts';
import { LIMITS, type Limit, type LimitId } from '../clock/limits.ts';

export const suspensionBodies = bodies({
  suspend: () => z.object({ reason: requiredText('中止理由', 2000) }).describe('中止'),
  resume: () => z.object({}).describe('恢复计算'),
});

const opinion = () => z.object({ opinion: requiredText('审批意见', 2000) }).describe('审批意见');

/** 中止 that a lead approves. The limit's own row may close the reasons. */
export function approvedSuspensionBodies(limitId: LimitId) {
  const { suspension }: Limit = LIMITS[limitId];
  return bodies({
    requestSuspension: () => z.object(reasonFields('中止理由', suspension?.reasons)).describe('申请中止'),
    suspend: opinion,
    refuseSuspension: opinion,
    resume: () => z.object({}).describe('恢复计算'),
  });
}

interface ReasonFields {
  reasonCode: z.ZodOptional<z.ZodType<string>>;
  reason: z.ZodOptional<z.ZodType<string>>;
}

/** One of the closed reasons, which may be explained; or, where none are closed, a reason in words. */
function reasonFields(title: string, reasons?: Record<string, string>): ReasonFields {
  const fields = reasons
    ? { reasonCode: choice(title, reasons), reason: optionalText('说明', 2000) }
    : { reason: requiredText(title, 2000) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- which field must be there depends on the limit's row
  return fields as unknown as ReasonFields;
}

/** The limit's own row says how many working days may be added. */
export function extensionBodies(limitId: LimitId) {
  const { extension }: Limit = LIMITS[limitId];
  const most = extension?.workingDays ?? 0;
  return bodies({
    requestExtension: () =>
      z
        .object({
          workingDays: z
            .number()
            .int()
            .min(1, '延期至少1个工作日')
            .max(most, `延期不得超过${most}个工作日`)
            .describe('延期工作日数'),
          ...reasonFields('延期理由', extension?.reasons),
        })
        .describe('申请延期'),
    approveExtension: opinion,
    refuseExtension: opinion,
  });
}

/** Facts that the shared requirements (requirements.ts) look at. */
export interface TermFacts {
  /** The limit that 中止 and 延期 concern, where the case has another than its table's rows name. */
  term?: LimitId;
  /** The limit that is suspended. */
  suspended?: LimitId | null;
  /** The suspension that was requested last, where a lead approves it. */
  suspension?: { state?: 'requested' | 'approved' | 'refused'; requestedBy?: string };
  /** How often a limit of the case was suspended. */
  suspensions?: number;
  /** The one extension that was requested. */
  extension?: { state: 'requested' | 'approved' | 'refused'; workingDays: number; requestedBy: string };
  /** Limits that have passed, judged at the instant of the command. */
  lapsed?: LimitId[];
}
