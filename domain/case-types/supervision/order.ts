/** 立项督办: a supervision that a supervisor orders, about a neglected limit or another matter (第十六条、第十七条). */
import { z } from 'zod';
import { requiredText, text, usccField } from '../../fields.ts';
import { LIMITS, type LimitId } from '../../clock/limits.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets whose keys they are
const LIMIT_IDS = Object.keys(LIMITS) as [LimitId, ...LimitId[]];

/** About a neglected limit of a case: the same case that the ladder's last rung would open. */
const ofLimitSchema = z.strictObject({
  originCaseId: requiredText('事项编号', 300).describe('被督办的事项'),
  limitId: z.enum(LIMIT_IDS, '没有这一期限').describe('逾期的期限'),
  matter: requiredText('督办事由', 4000),
});

/** About anything else that a department neglects, for example 不执行惩戒措施. */
const directSchema = z.strictObject({
  // No `~`, which separates the parts of case ids.
  number: text('督办编号')
    .regex(/^[\p{L}\p{N}〔〕[\]()（）_./-]{1,64}$/u, '督办编号为1至64个文字、数字或〔〕()-_./')
    .describe('督办编号，本机关内不得重复'),
  departmentCode: requiredText('部门代码', 60).describe('被督办的部门'),
  uscc: usccField(),
  matter: requiredText('督办事由', 4000),
});

export const openSupervisionSchema = z.union([ofLimitSchema, directSchema]).describe('立项督办');

export type OfLimit = z.infer<typeof ofLimitSchema>;
export type Direct = z.infer<typeof directSchema>;
export type OpenSupervision = z.infer<typeof openSupervisionSchema>;
