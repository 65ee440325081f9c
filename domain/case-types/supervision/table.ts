/** 督查督办 (第十六条、第十七条) */
import { extensionRows, type CaseTable } from '../table.ts';
import type { TermFacts } from '../terms.ts';
import type { SupervisionFacts } from './opening.ts';

const supervision = (facts: Record<string, unknown>): SupervisionFacts & TermFacts => facts;

const SUPERVISOR = { performer: 'region', roles: ['supervisor'] } as const;
const LEAD = { performer: 'holder', roles: ['department-lead'], article: '第十七条' } as const;

export const supervisionTable = {
  title: '督查督办',
  noun: 'supervisions',
  stages: { opened: '待签收', accepted: '已签收', replied: '已答复', rectifying: '整改中', closed: '已办结' },
  requirements: {
    'accepted-or-overdue': {
      title: '已签收，或逾期未签收',
      holds: (facts) =>
        supervision(facts).accepted === true ||
        (supervision(facts).lapsed?.includes('supervision.acceptance') ?? false),
      code: 'supervision.not-overdue',
      message: '部门尚在签收期限内，不能通报批评',
      remedy: '请待部门签收，或签收期限届满后再办理',
    },
    'not-criticised': {
      title: '未通报批评过',
      holds: (facts) => supervision(facts).criticised === undefined,
      code: 'supervision.already-criticised',
      message: '该督办事项已通报批评，不能重复通报',
      remedy: '请查看已发出的通报；仍不整改的，可责令整改',
    },
  },
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
