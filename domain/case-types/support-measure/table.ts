/** 小微企业扶持 (第十条) */
import { DEPARTMENT } from '../../organs/roles.ts';
import type { CaseTable } from '../table.ts';

/** 内部审核 (第十九条第一款): what one person of the department enters, another one judges. */
const SECOND_PERSON = {
  performer: 'holder',
  roles: ['department-lead'],
  article: '第十九条第一款',
  settles: ['supportMeasure.approval'],
  requires: ['not-the-applicant'],
} as const;

export const supportMeasureTable = {
  title: '小微企业扶持',
  noun: 'support-measures',
  stages: { entered: '待审批', published: '公示中', refused: '未批准', ended: '提前终止', expired: '已期满' },
  transitions: {
    approve: { ...SECOND_PERSON, title: '同意公示', from: ['entered'], to: 'published' },
    refuse: { ...SECOND_PERSON, title: '不予公示', from: ['entered'], to: 'refused' },
    end: {
      title: '提前终止扶持',
      from: ['published'],
      to: 'ended',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第十条',
      settles: [],
      optional: true,
    },
    expire: {
      title: '期满',
      from: ['entered', 'published'],
      to: 'expired',
      performer: 'system',
      roles: [],
      article: '第十条',
      settles: ['supportMeasure.approval'],
    },
  },
} as const satisfies CaseTable;
