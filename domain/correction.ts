/** 更正 (第十八条): an error in what is shown, found by the department itself or reported by a citizen or organisation. */
import { z } from 'zod';
import type { LegalDate } from './calendar.ts';
import { correctionId } from './case-id.ts';
import type { NewCase } from './cases.ts';

const text = (field: string, max = 4000) =>
  z.string().trim().min(1, `请填写${field}`).max(max, `${field}不得超过${max}字`).describe(field);

const attachmentIds = z
  .array(z.uuid('附件编号有误'))
  .max(10, '附件不得超过10个')
  .default([])
  .describe('附件编号，先上传');

/** 部门自行发现 (第一款) */
export const ownErrorSchema = z
  .object({
    recordId: z.string().trim().min(1, '请填写信息编号').max(64).describe('信息编号'),
    discoveredOn: z.iso.date('日期应为 YYYY-MM-DD 格式的真实日期').describe('发现之日：3个工作日自次日起算'),
    problem: text('错误情况'),
  })
  .describe('部门发现所提供的数据有误');

/** 公民、法人和其他组织反映 (第二款) */
export const publicReportSchema = z
  .object({
    recordId: z.string().trim().min(1, '请填写信息编号').max(64).describe('有误的信息编号'),
    content: text('反映的情况'),
    reporterName: z.string().trim().max(100, '姓名或名称不得超过100字').optional().describe('姓名或名称'),
    contact: z.string().trim().max(200, '联系方式不得超过200字').optional().describe('联系方式'),
    attachments: z
      .array(z.object({ id: z.uuid('附件编号有误'), claimToken: z.string().max(100) }))
      .max(10, '附件不得超过10个')
      .default([])
      .describe('书面材料：上传时得到的编号和凭证'),
  })
  .describe('反映公示的数据有误');

export const confirmErrorSchema = z.object({ opinion: text('核实意见', 2000) }).describe('核实属实');
export const rejectErrorSchema = z
  .object({ reason: text('不予更正的理由', 2000).describe('不予更正的理由：反映人凭回执号可见，不得含个人信息') })
  .describe('不予更正');
/** Only the number: what the version says was written to the record first (第十九条). */
export const applySchema = z
  .object({ statement: text('书面申请'), version: z.number().int().min(2).describe('更正后的版本') })
  .describe('书面申请更正');
export const approveCorrectionSchema = z.object({ opinion: text('复核意见', 2000) }).describe('复核同意，报请更正');
export const sendBackSchema = z.object({ reason: text('退回理由', 2000) }).describe('复核退回');
export const executeSchema = z.object({}).describe('更正');

export { attachmentIds };

export type OwnError = z.infer<typeof ownErrorSchema>;
export type PublicReport = z.infer<typeof publicReportSchema>;
export type ConfirmError = z.infer<typeof confirmErrorSchema>;
export type RejectError = z.infer<typeof rejectErrorSchema>;
export type Apply = z.infer<typeof applySchema>;
export type ApproveCorrection = z.infer<typeof approveCorrectionSchema>;
export type SendBack = z.infer<typeof sendBackSchema>;
export type Execute = z.infer<typeof executeSchema>;

/** One correction per shown version by its department, one per receipt by the public. */
interface CorrectionKey {
  recordId: string;
  /** `v3`, or the receipt's number. */
  occasion: string;
}

/** What the workflow is started with. */
export interface CorrectionInput extends CorrectionKey {
  origin: 'department' | 'public';
  /** The version that is in error. */
  shownVersion: number;
  documentNo: string;
  uscc: string;
  departmentCode: string;
  regionCode: string;
  /** The department's own discovery; null where the public reported it. */
  discoveredOn: LegalDate | null;
  /** Engine time, epoch ms. */
  openedAt: number;
}

/** Facts that requirements look at. */
export interface CorrectionFacts {
  recordId?: string;
  /** The version in error, and the one that is to be shown. */
  shownVersion?: number;
  version?: number;
  appliedBy?: string;
  rejection?: RejectError;
}

export function openedCorrection(input: CorrectionInput): NewCase {
  const { recordId, origin, shownVersion } = input;
  return {
    caseId: correctionId(input),
    caseType: 'correction',
    caseNo: input.documentNo,
    uscc: input.uscc,
    round: 1,
    departmentCode: input.departmentCode,
    regionCode: input.regionCode,
    parentCaseId: null,
    stage: origin === 'public' ? 'reported' : 'confirmed',
    openedAt: input.openedAt,
    facts: { recordId, origin, shownVersion },
  };
}
