/** 解除限制 (第九条第一款): a lifted listing, one department. */
import { DEPARTMENT } from '../../organs/roles.ts';
import type { CaseTable } from '../table.ts';

export const sanctionLiftingTable = {
  title: '解除联合惩戒',
  noun: 'sanction-liftings',
  stages: { ordered: '待解除', lifted: '已解除' },
  transitions: {
    confirm: {
      title: '确认已解除',
      from: ['ordered'],
      to: 'lifted',
      performer: 'holder',
      // The authority lifts in place of a retired department that no other has succeeded.
      roles: ['registering-authority', ...DEPARTMENT],
      article: '第九条第一款',
      settles: ['sanctionLifting.confirm'],
    },
  },
} as const satisfies CaseTable;
