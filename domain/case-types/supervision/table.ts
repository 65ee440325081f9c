/** 督查督办 (第十六条、第十七条) */
import { extensionRows, type CaseTable } from '../table.ts';

const SUPERVISOR = { party: 'region', roles: ['supervisor'] } as const;
const LEAD = { party: 'holder', roles: ['department-lead'], article: '第十七条' } as const;

export const supervisionTable = {
  title: '督查督办',
  stages: { opened: '待签收', accepted: '已签收', replied: '已答复', rectifying: '整改中', closed: '已办结' },
  transitions: {
    accept: { title: '签收', from: ['opened'], to: 'accepted', ...LEAD, settles: ['supervision.acceptance'] },
    reply: { title: '答复', from: ['accepted'], to: 'replied', ...LEAD, settles: ['supervision.reply'] },
    ...extensionRows('supervision.reply', ['accepted'], SUPERVISOR),
    orderRectification: {
      title: '责令整改',
      from: ['replied'],
      to: 'rectifying',
      ...SUPERVISOR,
      article: '第十七条',
      settles: ['supervision.closing'],
    },
    reportRectification: {
      title: '报告整改情况',
      from: ['rectifying'],
      to: 'replied',
      ...LEAD,
      settles: ['supervision.rectification'],
    },
    criticise: {
      title: '通报批评',
      from: ['opened', 'accepted', 'replied', 'rectifying'],
      to: null,
      ...SUPERVISOR,
      article: '第十六条',
      settles: [],
      requires: ['accepted-or-overdue', 'not-criticised'],
    },
    close: {
      title: '办结',
      from: ['replied'],
      to: 'closed',
      ...SUPERVISOR,
      article: '第十七条',
      settles: ['supervision.closing'],
    },
  },
} as const satisfies CaseTable;
