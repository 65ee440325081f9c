/** 失信名单条目 (第九条): on the list for as long as its grounds last, then lifted everywhere. */
import type { CaseTable } from '../table.ts';
import type { ListingFacts } from './opening.ts';

const listing = (facts: Record<string, unknown>): ListingFacts => facts;

const AUTHORITY = { performer: 'region', roles: ['registering-authority'], article: '第九条第一款' } as const;
/** Deeds of the system, done when liftings are confirmed. */
const BY_ITSELF = { performer: 'system', roles: [], article: '第九条第一款', settles: [] } as const;

export const listingTable = {
  title: '失信名单',
  noun: 'listings',
  stages: { listed: '在列', lifting: '解除中', lifted: '已解除' },
  requirements: {
    'no-appeal-pending': {
      title: '没有待处理的申诉',
      holds: (facts) => listing(facts).appeal?.state !== 'pending',
      code: 'appeal.pending',
      message: '该条目已有待处理的申诉',
      remedy: '请先处理已记录的申诉',
    },
    'appeal-pending': {
      title: '有待处理的申诉',
      holds: (facts) => listing(facts).appeal?.state === 'pending',
      code: 'appeal.not-pending',
      message: '该条目没有待处理的申诉',
      remedy: '请先记录企业的申诉；无申诉而应解除的，请办理移出',
    },
  },
  transitions: {
    appeal: {
      ...AUTHORITY,
      title: '申诉',
      from: ['listed'],
      to: null,
      settles: [],
      requires: ['no-appeal-pending'],
    },
    rejectAppeal: {
      ...AUTHORITY,
      title: '驳回申诉',
      from: ['listed'],
      to: null,
      settles: ['listing.appeal'],
      requires: ['appeal-pending'],
    },
    upholdAppeal: {
      ...AUTHORITY,
      title: '申诉成立',
      from: ['listed'],
      to: 'lifting',
      settles: ['listing.appeal'],
      requires: ['appeal-pending'],
    },
    // 移出 settles a pending appeal too: nothing is left to appeal against.
    remove: {
      ...AUTHORITY,
      title: '移出名单',
      from: ['listed'],
      to: 'lifting',
      settles: ['listing.appeal'],
      optional: true,
    },
    // A restriction may end before the entry does; the entry lives as long as any restriction because of it can be in force.
    recordTerm: { ...BY_ITSELF, title: '限制期已登记', from: ['listed', 'lifting'], to: null },
    expireRestrictions: { ...BY_ITSELF, title: '限制期满', from: ['listed', 'lifting'], to: null },
    recordLifting: { ...BY_ITSELF, title: '部门已解除限制', from: ['lifting'], to: null },
    complete: { ...BY_ITSELF, title: '各部门均已解除', from: ['lifting'], to: 'lifted' },
  },
} as const satisfies CaseTable;
