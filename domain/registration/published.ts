/**
 * 发布公示 (第七条第二款): a registration that touches no approval is published to the departments of its region, who search,
 * download and claim it. It has no case, no limit and no workflow until one of them claims it, and stays published.
 */
import { z } from 'zod';

export const PUBLISHED_STANDINGS = { unclaimed: '未认领', claimed: '已认领' } as const;

export type PublishedStanding = keyof typeof PUBLISHED_STANDINGS;

export const CLAIM_ARTICLE = '第七条第二款';

/** The chain of the pushes that claims open (domain/case/id.ts). */
export const PUBLISHED_CHAIN = 'published';

export const publishedClaimSchema = z
  .object({
    itemIds: z
      .array(z.string().trim().min(1).max(20))
      .max(20)
      .optional()
      .describe('涉及的后置审批事项：认领部门认为涉及的，填编号，用于改进关键词'),
  })
  .describe('认领');

export type PublishedClaim = z.output<typeof publishedClaimSchema>;
