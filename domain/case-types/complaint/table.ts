/** 举报和投诉 (第十三条第四款) */
import { DEPARTMENT } from '../../organs/roles.ts';
import { extensionRows, type CaseTable } from '../table.ts';
import type { ComplaintFacts } from './opening.ts';
import { MOST_TRANSFERS } from './rules.ts';

const complaint = (facts: Record<string, unknown>): ComplaintFacts => facts;

const HOLDER = { performer: 'holder', roles: DEPARTMENT, article: '第十三条第四款' } as const;

/** By the platform's norms, and by the rule sets of sectors (domain/rule-sets/complaint-terms.ts): one of each runs. */
const ACCEPTANCE = ['complaint.acceptance', 'complaint.decision'] as const;
const HANDLING = ['complaint.handling', 'complaint.verification', 'complaint.mediation'] as const;

export const complaintTable = {
  title: '举报投诉',
  noun: 'complaints',
  stages: {
    received: '待受理',
    accepted: '核查处理中',
    handled: '已办结',
    transferred: '已移送',
    declined: '不予受理',
  },
  requirements: {
    'may-transfer-again': {
      title: `移送未满${MOST_TRANSFERS}次`,
      holds: (facts) => (complaint(facts).transfers ?? 0) < MOST_TRANSFERS,
      code: 'complaint.transferred-too-often',
      message: `该举报已移送${MOST_TRANSFERS}次，不能再次移送`,
      remedy: '请依职责受理并答复，或说明理由不予受理；职责不明的，与有关部门会商办理',
    },
  },
  transitions: {
    accept: { ...HOLDER, title: '受理', from: ['received'], to: 'accepted', settles: ACCEPTANCE },
    decline: {
      ...HOLDER,
      title: '不予受理',
      from: ['received'],
      to: 'declined',
      settles: [...ACCEPTANCE, ...HANDLING],
    },
    handle: { ...HOLDER, title: '办结答复', from: ['accepted'], to: 'handled', settles: HANDLING },
    transfer: {
      ...HOLDER,
      title: '移送',
      from: ['received', 'accepted'],
      to: 'transferred',
      settles: [...ACCEPTANCE, ...HANDLING],
      requires: ['may-transfer-again'],
    },
    ...extensionRows('complaint.handling', ['accepted']),
  },
} as const satisfies CaseTable;
