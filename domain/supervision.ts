/** 督查督办: opened by itself when a limit is neglected, or by a supervisor (第十六条、第十七条). */
import { z } from 'zod';
import { text, usccField } from './fields.ts';
import { LIMITS, type LimitId } from './limits.ts';

const words = (field: string) =>
  text(field).min(1, `请填写${field}`).max(4000, `${field}不得超过4000字`).describe(field);

export const acceptSupervisionSchema = z.object({}).describe('签收');
export const replySchema = z.object({ explanation: words('逾期原因和整改情况') }).describe('答复');
export const rectificationOrderSchema = z.object({ requirement: words('整改要求') }).describe('责令整改');
export const rectificationReportSchema = z.object({ report: words('整改情况') }).describe('报告整改情况');
export const criticismSchema = z
  .object({
    text: words('通报内容'),
    documentNo: text('通报文号').min(1).max(100, '通报文号不得超过100字').optional().describe('通报文号'),
  })
  .describe('通报批评（第十六条：由同级人民政府给予）');
export const closeSupervisionSchema = z.object({ finding: words('办结意见') }).describe('办结');

export type AcceptSupervision = z.infer<typeof acceptSupervisionSchema>;
export type SupervisionReply = z.infer<typeof replySchema>;
export type RectificationOrder = z.infer<typeof rectificationOrderSchema>;
export type RectificationReport = z.infer<typeof rectificationReportSchema>;
export type Criticism = z.infer<typeof criticismSchema>;
export type CloseSupervision = z.infer<typeof closeSupervisionSchema>;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets whose keys they are
const LIMIT_IDS = Object.keys(LIMITS) as [LimitId, ...LimitId[]];

/** By a supervisor, about a neglected limit of a case: the same matter that the ladder would open at its last rung. */
const ofLimitSchema = z.strictObject({
  originCaseId: text('事项编号').max(300).describe('被督办的事项'),
  limitId: z.enum(LIMIT_IDS, '没有这一期限').describe('逾期的期限'),
  matter: words('督办事由'),
});

/** By a supervisor, about whatever else a department neglects, as 实施联合惩戒而不执行. */
const directSchema = z.strictObject({
  // The separator of case ids may not be in a key.
  number: text('督办编号')
    .regex(/^[\p{L}\p{N}〔〕[\]()（）_./-]{1,64}$/u, '督办编号为1至64个文字、数字或〔〕()-_./')
    .describe('督办编号，本机关内不得重复'),
  departmentCode: text('部门代码').max(60).describe('被督办的部门'),
  uscc: usccField(),
  matter: words('督办事由'),
});

export const openSupervisionSchema = z.union([ofLimitSchema, directSchema]).describe('立项督办');

export type OfLimit = z.infer<typeof ofLimitSchema>;
export type Direct = z.infer<typeof directSchema>;
export type OpenSupervision = z.infer<typeof openSupervisionSchema>;

/** What is neglected: a limit of a case, or a matter under the supervising organ's own number. */
type SupervisionSubject =
  | { originCaseId: string; limitId: LimitId }
  /** `organ`: region of the supervising organ, within which its numbers are its own. */
  | { organ: string; number: string };

/** What the workflow is started with. The matter's text stays in PostgreSQL. */
export type SupervisionInput = SupervisionSubject & {
  caseNo: string;
  uscc: string;
  round: number;
  departmentCode: string;
  regionCode: string;
  /** Engine time, epoch ms. */
  openedAt: number;
};

/** Facts that requirements look at and people read. */
export interface SupervisionFacts {
  accepted?: boolean;
  criticised?: Criticism;
  /** One a round, oldest first; the last may lack its report. */
  rectifications?: { requirement: string; report?: string }[];
}
