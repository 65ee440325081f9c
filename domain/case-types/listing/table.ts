/** 失信名单条目 (第九条): on the list for as long as its grounds last, then lifted everywhere. */
import { DEPARTMENT } from '../../organs/roles.ts';
import type { CaseTable } from '../table.ts';
import { isOfCourt, type ListingFacts } from './opening.ts';
import { isPending } from './question.ts';

const listing = (facts: Record<string, unknown>): ListingFacts => facts;

/** 谁列入、谁移出: only the organ that decided, by its own accounts, whatever organ stands above it. */
const ORGAN = {
  performer: 'holder',
  roles: ['registering-authority', ...DEPARTMENT],
  article: '第九条第一款',
  others: {
    message: '只有做出列入决定的机关可以办理本条目的异议和移出',
    remedy: '请由列入机关的账号办理；企业可以向列入机关提出异议或申请信用修复',
  },
} as const;
/** What ends an entry answers its questions, too: nothing is left to ask. */
const ENDS = ['listing.appeal', 'listing.question'] as const;
/** Deeds of the system. */
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
    'of-court': {
      title: '人民法院的名单',
      holds: (facts) => isOfCourt(listing(facts).list),
      code: 'transition.refused',
      message: '该条目不是人民法院列入的，没有法院决定可以登记',
      remedy: '请由列入机关自行处理异议',
      isMode: true,
    },
    'not-of-court': {
      title: '不是人民法院的名单',
      isMode: true,
      holds: (facts) => !isOfCourt(listing(facts).list),
      code: 'listing.court-only',
      message: '失信被执行人名单由执行法院决定，平台和行政机关不能移出或裁定异议',
      remedy: '请告知企业向执行法院申请纠正或删除；法院移出后，随法院报送的名单数据自动解除（法释〔2013〕17号）',
    },
    'appeal-pending': {
      title: '有待处理的申诉',
      holds: (facts) => listing(facts).appeal?.state === 'pending',
      code: 'appeal.not-pending',
      message: '该条目没有待处理的申诉',
      remedy: '请先记录企业的申诉；无申诉而应解除的，请办理移出',
    },
    'question-pending': {
      title: '有待答复的名单核实',
      holds: (facts) => isPending(listing(facts).question),
      code: 'transition.refused',
      message: '该条目没有待答复的名单核实',
      remedy: '已移出名单的，请办理移出；仍在列的，无需答复',
    },
  },
  transitions: {
    appeal: {
      ...ORGAN,
      title: '申诉',
      from: ['listed'],
      to: null,
      settles: [],
      requires: ['no-appeal-pending'],
    },
    rejectAppeal: {
      ...ORGAN,
      title: '驳回申诉',
      from: ['listed'],
      to: null,
      settles: ['listing.appeal'],
      requires: ['not-of-court', 'appeal-pending'],
    },
    // 申请纠正: the court has answered; its correction comes with its feed.
    recordCourtRejection: {
      ...ORGAN,
      title: '登记法院驳回决定',
      from: ['listed'],
      to: null,
      settles: ['listing.appeal'],
      requires: ['of-court', 'appeal-pending'],
    },
    upholdAppeal: {
      ...ORGAN,
      title: '申诉成立',
      from: ['listed'],
      to: 'lifting',
      settles: ENDS,
      requires: ['not-of-court', 'appeal-pending'],
    },
    remove: {
      ...ORGAN,
      title: '移出名单',
      from: ['listed'],
      to: 'lifting',
      settles: ENDS,
      requires: ['not-of-court'],
      optional: true,
    },
    // Missing in a list, or past a court's term, an entry becomes a question, and is never removed by it.
    question: { ...BY_ITSELF, title: '提请核实是否仍在列', from: ['listed'], to: null },
    answerQuestion: {
      ...ORGAN,
      title: '答复仍在列',
      from: ['listed'],
      to: null,
      settles: ['listing.question'],
      requires: ['question-pending'],
    },
    confirmListed: {
      ...BY_ITSELF,
      title: '全量名单中仍在列',
      from: ['listed'],
      to: null,
      settles: ['listing.question'],
    },
    succeed: { ...BY_ITSELF, title: '移交承接机关', from: ['listed', 'lifting'], to: null },
    endByOrgan: { ...BY_ITSELF, title: '列入机关移出', from: ['listed'], to: 'lifting', settles: ENDS },
    // 列入期限: a court's entry does not end by it.
    expire: { ...BY_ITSELF, title: '列入期满', from: ['listed'], to: 'lifting', settles: ENDS },
    // A restriction may end before the entry does; the entry lives as long as any restriction because of it can be in force.
    recordTerm: { ...BY_ITSELF, title: '限制期已登记', from: ['listed', 'lifting'], to: null },
    expireRestrictions: { ...BY_ITSELF, title: '限制期满', from: ['listed', 'lifting'], to: null },
    recordLifting: { ...BY_ITSELF, title: '部门已解除限制', from: ['lifting'], to: null },
    complete: { ...BY_ITSELF, title: '各部门均已解除', from: ['lifting'], to: 'lifted' },
  },
} as const satisfies CaseTable;
