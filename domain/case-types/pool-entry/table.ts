/** 公示认领 (第七条第二款) */
import { DEPARTMENT } from '../../organs/roles.ts';
import { lapseRow, type CaseTable } from '../table.ts';

export const poolEntryTable = {
  title: '公示认领',
  noun: 'pool-entries',
  stages: { published: '公示待认领', claimed: '已认领', withdrawn: '已确认不涉及审批', lapsed: '已终止' },
  transitions: {
    claim: {
      title: '认领',
      from: ['published'],
      to: 'claimed',
      performer: 'regionDepartment',
      roles: DEPARTMENT,
      article: '第七条第二款',
      settles: ['poolEntry.claim'],
    },
    withdraw: {
      title: '确认不涉及审批',
      from: ['published'],
      to: 'withdrawn',
      performer: 'region',
      roles: ['registering-authority'],
      article: '第七条第二款',
      settles: ['poolEntry.claim'],
    },
    ...lapseRow(['published'], ['poolEntry.claim']),
  },
} as const satisfies CaseTable;
