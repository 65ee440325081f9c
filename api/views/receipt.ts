/** Progress by receipt number: one answer for every kind of report, without its text or its author. */
import { z } from 'zod';
import { limitInForce } from '../../db/queries/limits.ts';
import { findReceipt } from '../../db/queries/receipts.ts';
import { Refusal } from '../../domain/errors.ts';
import { limitsToTell, publicAnswer, receivedAs, stepTitle, type ReceiptKind } from '../../domain/receipts/receipt.ts';
import { RECORD_KINDS } from '../../domain/publicity/record-fields.ts';
import { normaliseReceipt } from '../../domain/receipts/receipt-number.ts';
import { STAGES } from '../../domain/case-types/case-types.ts';
import type { ApiContext } from '../context.ts';
import type { LimitId } from '../../domain/clock/limits.ts';
import { limitKind } from './codes.ts';
import { ruleSetSchema, viewRuleSet } from './rule-set.ts';

export const receiptParams = z.object({ receiptNo: z.string().max(60).describe('回执号') });

export const receiptProgressSchema = z
  .object({
    receiptNo: z.string(),
    kind: z.enum(['correction', 'complaint']).describe('correction 数据更正；complaint 举报'),
    kindTitle: z.string(),
    reportedAt: z.iso.datetime().describe('提交时间'),
    departmentName: z.string().nullable().describe('承办机关'),
    stage: z.string(),
    stageTitle: z.string(),
    steps: z.array(z.object({ title: z.string(), at: z.iso.datetime() })).describe('办理经过'),
    closedAt: z.iso.datetime().nullable(),
    outcomeTitle: z.string().nullable().describe('办理结果'),
    reply: z.string().nullable().describe('答复或理由，办结后可见'),
    enterprise: z.object({ uscc: z.string().nullable().describe('没有统一社会信用代码的为空'), name: z.string() }),
    record: z.object({ kindTitle: z.string(), documentNo: z.string() }).nullable().describe('反映有误的信息'),
    limits: z
      .array(
        z.object({
          title: z.string(),
          workingDays: z.number().int(),
          kind: limitKind,
          article: z.string(),
          ruleSet: ruleSetSchema.optional(),
        }),
      )
      .describe('办理的期限，按先后；已开始的为该事项的，尚未开始的为现行的'),
  })
  .meta({ id: 'ReceiptProgress' });

export type ReceiptProgress = z.infer<typeof receiptProgressSchema>;

const noReceipt = (message: string) => new Refusal('resource.not-found', message, { remedy: '请核对回执号后重新输入' });

/** A limit that has begun keeps its days if the norm changes; one that has not begun has the days of the norm in force. */
async function limitsOf(
  api: ApiContext,
  limitIds: readonly LimitId[],
  begun: { limitId: string; workingDays: number }[],
) {
  return Promise.all(
    limitIds.map(async (limitId) => {
      const { title, article, kind: nature, workingDays } = await limitInForce(api.db, limitId);
      const own = begun.find((limit) => limit.limitId === limitId);
      return {
        title,
        article,
        kind: nature,
        workingDays: own?.workingDays ?? workingDays,
        ruleSet: viewRuleSet(limitId),
      };
    }),
  );
}

/**
 * @param only the kind of receipt asked for. Absent: any.
 * @throws Refusal resource.not-found
 */
export async function viewReceipt(api: ApiContext, typed: string, only?: ReceiptKind): Promise<ReceiptProgress> {
  const receiptNo = normaliseReceipt(typed);
  if (!receiptNo) throw noReceipt('回执号有误，可能是输入时抄错');
  const found = await findReceipt(api.db, receiptNo);
  if (!found || (only && found.kind !== only)) throw noReceipt('没有这个回执号');
  const { kind, latest } = found;
  const { stage, closedAt, facts } = latest.case;
  const reportedAt = found.reportedAt.toISOString();
  const steps = found.deeds.flatMap(({ action, at }) => {
    const title = stepTitle(kind, action);
    return title ? [{ title, at: at.toISOString() }] : [];
  });
  return {
    receiptNo,
    kind,
    kindTitle: receivedAs(kind, facts).title,
    reportedAt,
    departmentName: latest.departmentName,
    stage,
    stageTitle: STAGES[kind][stage] ?? stage,
    steps: [{ title: receivedAs(kind, facts).received, at: reportedAt }, ...steps],
    closedAt: closedAt?.toISOString() ?? null,
    ...publicAnswer(kind, facts),
    enterprise: { uscc: latest.case.uscc, name: latest.enterpriseName ?? latest.traderName ?? latest.case.uscc ?? '' },
    record: found.record && { kindTitle: RECORD_KINDS[found.record.kind], documentNo: found.record.documentNo },
    limits: await limitsOf(api, limitsToTell(kind, facts), found.limits),
  };
}
