/** 双告知推送 (第七条第二、三款) */
import { DEPARTMENT } from '../../organs/roles.ts';
import { lapseRow, termRows, type CaseTable } from '../table.ts';

export const registrationPushTable = {
  title: '登记信息推送',
  noun: 'pushes',
  stages: { pushed: '待认领', claimed: '已认领', fedBack: '已反馈', returned: '已回退', lapsed: '已终止' },
  requirements: {
    'ruling-not-final': {
      title: '未经督查机构最终裁定',
      holds: (facts) => facts.finalRuling !== true,
      code: 'push.ruling-is-final',
      message: '本次推送依督查机构的最终裁定作出，不能再次回退',
      remedy: '请认领并反馈；对裁定有异议的，向同级人民政府督查机构反映',
    },
  },
  // List deeds that lead on before ways out: the console draws the first allowed deed as the primary button.
  transitions: {
    claim: {
      title: '认领',
      from: ['pushed'],
      to: 'claimed',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: ['registrationPush.claim'],
    },
    feedBack: {
      title: '反馈',
      from: ['claimed'],
      to: 'fedBack',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: ['registrationPush.feedback'],
    },
    return: {
      title: '回退',
      from: ['pushed', 'claimed'],
      to: 'returned',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第七条第二款',
      settles: ['registrationPush.claim', 'registrationPush.feedback'],
      requires: ['ruling-not-final'],
    },
    ...lapseRow(['pushed', 'claimed'], ['registrationPush.claim', 'registrationPush.feedback']),
    ...termRows('registrationPush.feedback', ['claimed']),
  },
} as const satisfies CaseTable;
