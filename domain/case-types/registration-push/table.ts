/** 双告知推送 (第七条第二、三款) */
import { DEPARTMENT } from '../../organs/roles.ts';
import { lapseRow, termRows, type CaseTable } from '../table.ts';

export const registrationPushTable = {
  title: '登记信息推送',
  stages: { pushed: '待认领', claimed: '已认领', fedBack: '已反馈', returned: '已回退', lapsed: '已终止' },
  // Deeds that lead on stand before ways out: the console draws the first that is allowed as the one to press.
  transitions: {
    claim: {
      title: '认领',
      from: ['pushed'],
      to: 'claimed',
      party: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: ['registrationPush.claim'],
    },
    feedBack: {
      title: '反馈',
      from: ['claimed'],
      to: 'fedBack',
      party: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: ['registrationPush.feedback'],
    },
    return: {
      title: '回退',
      from: ['pushed', 'claimed'],
      to: 'returned',
      party: 'holder',
      roles: DEPARTMENT,
      article: '第七条第二款',
      settles: ['registrationPush.claim', 'registrationPush.feedback'],
      requires: ['ruling-not-final'],
    },
    ...lapseRow(['pushed', 'claimed'], ['registrationPush.claim', 'registrationPush.feedback']),
    ...termRows('registrationPush.feedback', ['claimed']),
  },
} as const satisfies CaseTable;
