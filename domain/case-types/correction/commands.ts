/** 更正 (第十八条): an error in a shown record, found by the department itself or reported by a citizen or organisation. */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { seenVersion } from '../../case/seen-version.ts';
import { requiredText } from '../../fields.ts';

export const correctionBodies = bodies({
  confirm: () => z.object({ opinion: requiredText('核实意见', 2000) }).describe('核实属实'),
  reject: () =>
    z
      .object({
        reason: requiredText('不予更正的理由', 2000).describe('不予更正的理由：反映人凭回执号可见，不得含个人信息'),
      })
      .describe('不予更正'),
  sendBack: () => z.object({ reason: requiredText('退回理由', 2000), seenVersion: seenVersion() }).describe('复核退回'),
  return: () =>
    z.object({ reason: requiredText('退回理由', 2000), seenVersion: seenVersion() }).describe('退回重新申请'),
  /** Carries only the version's number; its content was written to PostgreSQL before (第十九条). */
  apply: () =>
    z
      .object({ statement: requiredText('书面申请', 4000), version: z.number().int().min(2).describe('更正后的版本') })
      .describe('书面申请更正'),
  /** A withdrawal takes a number among the record's versions, so that applications can be told apart. */
  applyWithdrawal: () =>
    z
      .object({ statement: requiredText('书面申请', 4000), version: z.number().int().min(2).describe('撤下的序号') })
      .describe('书面申请撤下'),
  approve: () =>
    z.object({ opinion: requiredText('复核意见', 2000), seenVersion: seenVersion() }).describe('复核同意，报请更正'),
  execute: () => z.object({ seenVersion: seenVersion() }).describe('更正'),
  conclude: () => z.object({ opinion: requiredText('办结意见', 2000) }).describe('已另案更正，办结'),
});
