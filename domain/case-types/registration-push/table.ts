/** 双告知推送 (第七条第二、三款) */
import { DEPARTMENT } from '../../organs/roles.ts';
import { approvedTermRows, lapseRow, type CaseTable } from '../table.ts';

const CLAIM = 'registrationPush.claim';
const FEEDBACK = 'registrationPush.feedback';
const FOLLOW_UP = 'registrationPush.followUp';
const AGGREGATION = 'registrationPush.aggregation';

export const registrationPushTable = {
  title: '登记信息推送',
  noun: 'pushes',
  stages: {
    pushed: '待认领',
    claimed: '已认领',
    followUp: '跟进中',
    fedBack: '已反馈',
    returned: '已回退',
    lapsed: '已终止',
  },
  requirements: {
    'ruling-not-final': {
      title: '未经督查机构最终裁定（本系统所设）',
      holds: (facts) => facts.finalRuling !== true,
      code: 'push.ruling-is-final',
      message: '本次推送依督查机构的最终裁定作出，不能再次回退',
      remedy: '请认领并反馈；对裁定有异议的，向同级人民政府督查机构反映',
    },
    'decision-undeclared': {
      title: '未报告过决定日期',
      holds: (facts) => facts.decidedOn === undefined,
      code: 'push.decision-declared',
      message: '已报告过审批决定的日期，归集期限自该日起算，不能更改',
      remedy: '请反馈结果并归集该决定；日期报错的，在反馈说明中写明，归集的信息以决定书为准',
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
      settles: [CLAIM],
    },
    feedBack: {
      title: '反馈',
      from: ['claimed', 'followUp'],
      to: 'fedBack',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: [FEEDBACK, FOLLOW_UP, AGGREGATION],
    },
    followUp: {
      title: '申请审批中',
      from: ['claimed'],
      to: 'followUp',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: [FEEDBACK],
    },
    declareDecision: {
      title: '已作决定，待归集',
      from: ['followUp'],
      to: null,
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: [FOLLOW_UP],
      requires: ['decision-undeclared'],
    },
    return: {
      title: '回退',
      from: ['pushed', 'claimed'],
      to: 'returned',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第七条第二款',
      settles: [CLAIM, FEEDBACK],
      requires: ['ruling-not-final'],
    },
    // What comes later than the answer is added to it. The case stays closed.
    supplement: {
      title: '补充反馈',
      from: ['fedBack'],
      to: null,
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第七条第三款',
      settles: [],
      optional: true,
    },
    aggregate: {
      title: '信息已归集',
      from: ['claimed', 'followUp'],
      to: null,
      performer: 'system',
      roles: [],
      article: '第七条第三款',
      settles: [AGGREGATION],
    },
    ...lapseRow(['pushed', 'claimed', 'followUp'], [CLAIM, FEEDBACK, FOLLOW_UP, AGGREGATION]),
    ...approvedTermRows(FEEDBACK, ['claimed']),
  },
} as const satisfies CaseTable;
