/** 督查督办 (第十七条) */
import type { CaseTable } from './table.ts';

export const supervisionTable = {
  title: '督查督办',
  stages: { opened: '待签收', accepted: '已签收', replied: '已答复' },
  transitions: {
    accept: {
      title: '签收',
      from: ['opened'],
      to: 'accepted',
      party: 'holder',
      roles: ['department-lead'],
      article: '第十七条',
      settles: ['supervision.acceptance'],
    },
    reply: {
      title: '答复',
      from: ['accepted'],
      to: 'replied',
      party: 'holder',
      roles: ['department-lead'],
      article: '第十七条',
      settles: ['supervision.reply'],
    },
  },
} as const satisfies CaseTable;
