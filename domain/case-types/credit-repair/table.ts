/** 信用修复 (第九条第一款): by the organ that listed, and by two persons of it. */
import { DEPARTMENT } from '../../organs/roles.ts';
import type { CaseTable } from '../table.ts';
import type { CreditRepairFacts } from './opening.ts';

const repair = (facts: Record<string, unknown>): CreditRepairFacts => facts;

const ORGAN = {
  performer: 'holder',
  roles: ['registering-authority', ...DEPARTMENT],
  article: '第九条第一款',
} as const;

/** 内部审核 (第十九条第一款): whoever took it up or proposed does not decide. */
const SECOND_PERSON = {
  performer: 'holder',
  roles: ['registering-authority', 'department-lead'],
  article: '第十九条第一款',
  requires: ['uninvolved'],
} as const;

export const creditRepairTable = {
  title: '信用修复',
  noun: 'credit-repairs',
  stages: {
    applied: '待受理',
    accepted: '已受理',
    grantProposed: '拟准予，待审批',
    refusalProposed: '拟不予，待审批',
    granted: '已准予修复',
    refused: '不予修复',
    notAccepted: '不予受理',
    lapsed: '已终止',
  },
  requirements: {
    uninvolved: {
      title: '审批人没有受理或拟定意见',
      holds: (facts, { username }) => repair(facts).acceptedBy !== username && repair(facts).proposedBy !== username,
      code: 'review.same-person',
      message: '受理或拟定意见的人不能审批同一信用修复申请',
      remedy: '请由列入机关没有经办的另一人审批',
    },
  },
  transitions: {
    accept: { ...ORGAN, title: '受理修复', from: ['applied'], to: 'accepted', settles: ['creditRepair.acceptance'] },
    decline: {
      ...ORGAN,
      title: '不予受理',
      from: ['applied'],
      to: 'notAccepted',
      settles: ['creditRepair.acceptance'],
    },
    proposeGrant: { ...ORGAN, title: '拟准予修复', from: ['accepted'], to: 'grantProposed', settles: [] },
    proposeRefusal: { ...ORGAN, title: '拟不予修复', from: ['accepted'], to: 'refusalProposed', settles: [] },
    grant: {
      ...SECOND_PERSON,
      title: '准予修复',
      from: ['grantProposed'],
      to: 'granted',
      settles: ['creditRepair.decision'],
    },
    refuse: {
      ...SECOND_PERSON,
      title: '不予修复',
      from: ['refusalProposed'],
      to: 'refused',
      settles: ['creditRepair.decision'],
    },
    sendBack: {
      ...SECOND_PERSON,
      title: '退回重新拟定',
      from: ['grantProposed', 'refusalProposed'],
      to: 'accepted',
      settles: [],
    },
    // The entry ended otherwise: nothing is left to repair.
    lapse: {
      title: '终止：条目已移出',
      performer: 'system',
      roles: [],
      article: '第九条第一款',
      from: ['applied', 'accepted', 'grantProposed', 'refusalProposed'],
      to: 'lapsed',
      settles: ['creditRepair.acceptance', 'creditRepair.decision'],
    },
  },
} as const satisfies CaseTable;
