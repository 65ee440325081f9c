/** 信息归集公示 (第五条第一款、第六条) */
import { DEPARTMENT } from '../../organs/roles.ts';
import type { CaseTable } from '../table.ts';

export const publicationTable = {
  title: '信息归集公示',
  noun: 'publications',
  stages: { received: '待审核', returned: '已退回更正', published: '已公示' },
  transitions: {
    publish: {
      title: '公示',
      from: ['received'],
      to: 'published',
      performer: 'region',
      roles: ['registering-authority'],
      article: '第五条第一款',
      settles: ['publication.publication'],
    },
    return: {
      title: '退回更正',
      from: ['received'],
      to: 'returned',
      performer: 'region',
      roles: ['registering-authority'],
      article: '第六条',
      settles: [],
    },
    resubmit: {
      title: '更正后重新归集',
      from: ['returned'],
      to: 'received',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第六条',
      settles: ['publication.resubmission'],
    },
  },
} as const satisfies CaseTable;
