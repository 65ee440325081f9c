/** 举报 (第十三条第四款): its closed lists. Kept apart from the schemas, so that pages show them without loading zod. */

export const COMPLAINT_ARTICLE = '第十三条第四款';

/** What a complaint is about, and the sector in charge; FALLBACK_SECTOR where a region has no such department. */
export const COMPLAINT_CATEGORIES = {
  unlicensed: { title: '无证无照经营', sector: 'market-regulation' },
  'product-quality': { title: '产品质量', sector: 'market-regulation' },
  'food-drug': { title: '食品药品', sector: 'market-regulation' },
  advertising: { title: '虚假宣传', sector: 'market-regulation' },
  consumer: { title: '侵害消费者权益', sector: 'market-regulation' },
  safety: { title: '安全生产', sector: 'emergency' },
  other: { title: '其他', sector: 'market-regulation' },
} as const;

export const FALLBACK_SECTOR = 'market-regulation';

export type ComplaintCategory = keyof typeof COMPLAINT_CATEGORIES;

export const COMPLAINT_OUTCOMES = {
  filed: '属实，已立案',
  ordered: '属实，已责令改正',
  referred: '属实，已移交有权机关处理',
  unfounded: '不属实',
  unverifiable: '线索不足，无法查实',
} as const;

/** After this many transfers the holder must answer: a complaint is not passed round (第十三条第四款：及时). */
export const MOST_TRANSFERS = 3;
