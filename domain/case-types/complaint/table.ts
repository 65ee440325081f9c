/** 举报 (第十三条第四款) */
import { DEPARTMENT } from '../../organs/roles.ts';
import { extensionRows, type CaseTable } from '../table.ts';

const HOLDER = { party: 'holder', roles: DEPARTMENT, article: '第十三条第四款' } as const;

export const complaintTable = {
  title: '举报',
  stages: {
    received: '待受理',
    accepted: '核查处理中',
    handled: '已办结',
    transferred: '已移送',
    declined: '不予受理',
  },
  transitions: {
    accept: { ...HOLDER, title: '受理', from: ['received'], to: 'accepted', settles: ['complaint.acceptance'] },
    decline: { ...HOLDER, title: '不予受理', from: ['received'], to: 'declined', settles: ['complaint.acceptance'] },
    handle: { ...HOLDER, title: '办结答复', from: ['accepted'], to: 'handled', settles: ['complaint.handling'] },
    transfer: {
      ...HOLDER,
      title: '移送',
      from: ['received', 'accepted'],
      to: 'transferred',
      settles: ['complaint.acceptance', 'complaint.handling'],
      requires: ['may-transfer-again'],
    },
    ...extensionRows('complaint.handling', ['accepted']),
  },
} as const satisfies CaseTable;
