/** 举报和投诉 (第十三条第四款): their closed lists. Kept apart from the schemas, so that pages show them without loading zod. */
import type { Matter } from '../../rule-sets/complaint-terms.ts';

export const COMPLAINT_ARTICLE = '第十三条第四款';

/** 举报 asks that a breach of law be looked into; 投诉 asks that a consumer's dispute with the trader be settled. */
export const MATTERS = {
  report: '举报违法经营',
  dispute: '投诉消费纠纷',
} as const satisfies Record<Matter, string>;

interface Category {
  title: string;
  sector: string;
  /** The organ in charge is that of the approval item that the trade needs, where one is found (无证经营由许可机关查处). */
  byItem?: true;
  /** No longer offered; cases of earlier commits have it. */
  former?: true;
}

/** What a complaint is about, and the sector in charge; FALLBACK_SECTOR where a region has no such department. */
export const COMPLAINT_CATEGORIES = {
  unlicensed: { title: '无证无照经营', sector: 'market-regulation', byItem: true },
  'product-quality': { title: '产品质量', sector: 'market-regulation' },
  food: { title: '食品', sector: 'market-regulation' },
  drug: { title: '药品、医疗器械、化妆品', sector: 'drug' },
  'food-drug': { title: '食品药品', sector: 'market-regulation', former: true },
  advertising: { title: '虚假宣传', sector: 'market-regulation' },
  consumer: { title: '侵害消费者权益', sector: 'market-regulation' },
  safety: { title: '安全生产', sector: 'emergency' },
  other: { title: '其他', sector: 'market-regulation', byItem: true },
} as const satisfies Record<string, Category>;

export const FALLBACK_SECTOR = 'market-regulation';

export type ComplaintCategory = keyof typeof COMPLAINT_CATEGORIES;

/** The outcomes of both kinds of matter; `DISPUTE_OUTCOMES` end a dispute only. */
export const COMPLAINT_OUTCOMES = {
  filed: '属实，已立案',
  ordered: '属实，已责令改正',
  referred: '属实，已移交有权机关处理',
  unfounded: '不属实',
  unverifiable: '线索不足，无法查实',
  settled: '双方达成调解协议',
  ended: '终止调解',
} as const;

type ComplaintOutcome = keyof typeof COMPLAINT_OUTCOMES;

const DISPUTE_OUTCOMES: readonly ComplaintOutcome[] = ['settled', 'ended'];

/** A dispute is settled or its mediation ended; a report is found true or not. Cases of earlier commits are reports. */
export const outcomeFits = (matter: Matter | undefined, outcome: ComplaintOutcome): boolean =>
  DISPUTE_OUTCOMES.includes(outcome) === (matter === 'dispute');

/** After this many transfers the holder must answer: a complaint is not passed round (第十三条第四款：及时). */
export const MOST_TRANSFERS = 3;
