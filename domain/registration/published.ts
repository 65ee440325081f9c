/**
 * 发布公示 (第七条第二款): a registration that touches no approval is published to the departments of its region, who search,
 * download and claim it. It has no case, no limit and no workflow until one of them claims it, and stays published.
 */

export const PUBLISHED_STANDINGS = { unclaimed: '未认领', claimed: '已认领' } as const;

export type PublishedStanding = keyof typeof PUBLISHED_STANDINGS;

export const CLAIM_ARTICLE = '第七条第二款';

/** The chain of the pushes that claims open (domain/case/id.ts). */
export const PUBLISHED_CHAIN = 'published';
