/** 信息归集公示 (第五条第一款、第七条第三款): a record on its way from the department to the enterprise's page. */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { seenVersion } from '../../case/seen-version.ts';
import { requiredText } from '../../fields.ts';

export const publicationBodies = bodies({
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
});
