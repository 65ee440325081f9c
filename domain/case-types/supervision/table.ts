/** 督查督办 (第十六条、第十七条) */
import { extensionRows, type CaseTable } from '../table.ts';
import { CRITICISM_ARTICLE, CRITICISM_REQUIREMENTS } from './criticism.ts';

const SUPERVISOR = { performer: 'region', roles: ['supervisor'] } as const;
const LEAD = { performer: 'holder', roles: ['department-lead'], article: '第十七条' } as const;
/** 由同级人民政府给予通报批评: no supervisor, and no government of another level. */
const GOVERNMENT = { performer: 'sameLevel', roles: ['government'] } as const;

/** The rows of 通报批评. They leave the stage and the limits of the supervision as they are. */
const CRITICISM = {
  from: ['opened', 'accepted', 'replied', 'rectifying'],
  to: null,
  article: CRITICISM_ARTICLE,
} as const;
const DECIDED = { ...CRITICISM, settles: ['supervision.criticism'], requires: ['heard', 'not-criticised'] } as const;

export const supervisionTable = {
  title: '督查督办',
  noun: 'supervisions',
  stages: { opened: '待签收', accepted: '已签收', replied: '已答复', rectifying: '整改中', closed: '已办结' },
  requirements: CRITICISM_REQUIREMENTS,
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
    proposeCriticism: {
      ...CRITICISM,
      ...SUPERVISOR,
      title: '提请通报批评',
      settles: [],
      requires: ['not-criticised', 'no-criticism-pending'],
    },
    stateOpinion: {
      ...CRITICISM,
      performer: 'holder',
      roles: ['department-lead'],
      title: '陈述意见',
      settles: ['supervision.statement'],
      requires: ['hearing-open'],
    },
    endHearing: {
      ...CRITICISM,
      performer: 'system',
      roles: [],
      title: '陈述期满',
      settles: ['supervision.statement'],
    },
    criticise: { ...DECIDED, ...GOVERNMENT, title: '给予通报批评' },
    declineCriticism: { ...DECIDED, ...GOVERNMENT, title: '不予通报批评' },
    // The government's decision on paper: recording it decides nothing.
    recordCriticism: { ...DECIDED, ...SUPERVISOR, title: '登记通报批评决定', optional: true },
    close: {
      title: '办结',
      from: ['replied'],
      to: 'closed',
      ...SUPERVISOR,
      article: '第十七条',
      settles: ['supervision.closing'],
      requires: ['no-criticism-pending'],
    },
  },
} as const satisfies CaseTable;
