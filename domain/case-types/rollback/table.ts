/** 回退确认 (第七条第二款) */
import { lapseRow, type CaseTable } from '../table.ts';

export const rollbackTable = {
  title: '回退确认',
  noun: 'rollbacks',
  stages: {
    awaitingRuling: '待登记机关确认',
    awaitingArbitration: '待督查机构裁定',
    ruled: '已确认',
    lapsed: '已终止',
  },
  transitions: {
    rule: {
      title: '确认部门',
      from: ['awaitingRuling'],
      to: 'ruled',
      performer: 'region',
      roles: ['registering-authority'],
      article: '第七条第二款',
      settles: ['rollback.ruling'],
    },
    arbitrate: {
      title: '裁定',
      from: ['awaitingArbitration'],
      to: 'ruled',
      performer: 'region',
      roles: ['supervisor'],
      article: '第十七条',
      settles: ['rollback.ruling'],
    },
    ...lapseRow(['awaitingRuling', 'awaitingArbitration'], ['rollback.ruling']),
  },
} as const satisfies CaseTable;
