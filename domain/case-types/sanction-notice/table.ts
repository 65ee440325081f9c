/** 联合惩戒通知 (第九条第一款): one listing, one department. */
import { DEPARTMENT } from '../../organs/roles.ts';
import { suspensionRows, type CaseTable } from '../table.ts';

const HOLDER = { performer: 'holder', roles: DEPARTMENT, article: '第九条第一款' } as const;

export const sanctionNoticeTable = {
  title: '联合惩戒通知',
  noun: 'sanction-notices',
  stages: {
    sent: '待获取',
    fetched: '已获取',
    decided: '已决定限制',
    executed: '已执行',
    fedBack: '已反馈',
    notRestricted: '不予限制',
    withdrawn: '已撤回',
  },
  transitions: {
    fetch: { ...HOLDER, title: '获取', from: ['sent'], to: 'fetched', settles: ['sanctionNotice.fetch'] },
    decide: {
      ...HOLDER,
      title: '决定限制',
      from: ['fetched'],
      to: 'decided',
      settles: ['sanctionNotice.decision'],
    },
    decline: {
      ...HOLDER,
      title: '不予限制',
      from: ['fetched'],
      to: 'notRestricted',
      settles: ['sanctionNotice.decision'],
    },
    execute: { ...HOLDER, title: '执行限制', from: ['decided'], to: 'executed', settles: [] },
    feedBack: {
      ...HOLDER,
      title: '反馈执行情况',
      from: ['executed'],
      to: 'fedBack',
      settles: ['sanctionNotice.feedback'],
    },
    // The listing was lifted, so an unfinished notice need not be finished.
    withdraw: {
      title: '撤回',
      from: ['sent', 'fetched', 'decided', 'executed'],
      to: 'withdrawn',
      performer: 'system',
      roles: [],
      article: '第九条第一款',
      settles: [],
    },
    ...suspensionRows('sanctionNotice.feedback', ['decided', 'executed']),
  },
} as const satisfies CaseTable;
