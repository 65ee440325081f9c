/** 信息归集公示 (第五条第一款、第七条第三款): a record on its way from the department to the enterprise's page. */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { seenVersion } from '../../case/seen-version.ts';
import { optionalText, requiredText } from '../../fields.ts';

export const publicationBodies = bodies({
  approve: () =>
    z.object({ opinion: optionalText('审核意见', 2000), seenVersion: seenVersion() }).describe('审核同意，归集'),
  sendBack: () => z.object({ reason: requiredText('退回理由', 2000), seenVersion: seenVersion() }).describe('审核退回'),
  /** Carries only the version's number, as `resubmit` does. */
  revise: () => z.object({ version: z.number().int().min(2).describe('修改后的版本') }),
  publish: () => z.object({ seenVersion: seenVersion() }).describe('公示'),
  return: () =>
    z
      .object({
        reason: requiredText('退回理由', 2000).describe('退回理由：哪些内容不真实、不准确或不完整'),
        seenVersion: seenVersion(),
      })
      .describe('退回更正'),
  /** Carries only the version's number; its content was written to PostgreSQL before and never passes through the workflow. */
  resubmit: () => z.object({ version: z.number().int().min(2).describe('更正后的版本') }),
  conclude: () => z.object({ opinion: requiredText('办结意见', 2000) }).describe('已另行变动，办结'),
});
