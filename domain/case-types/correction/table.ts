/** 更正 (第十八条) */
import { DEPARTMENT } from '../../organs/roles.ts';
import { extensionRows, type CaseTable } from '../table.ts';

const HOLDER = { performer: 'holder', roles: DEPARTMENT, settles: [] } as const;
const BY_REPORT = '第十八条第二款';
const BY_DISCOVERY = '第十八条第一款';

export const correctionTable = {
  title: '更正',
  noun: 'corrections',
  stages: {
    reported: '待核实',
    confirmed: '待书面申请',
    applied: '待复核',
    reviewed: '待更正',
    corrected: '已更正',
    rejected: '不予更正',
    concluded: '已另案更正',
  },
  transitions: {
    confirm: {
      ...HOLDER,
      title: '核实属实',
      from: ['reported'],
      to: 'confirmed',
      article: BY_REPORT,
      settles: ['correction.verification'],
    },
    reject: {
      ...HOLDER,
      title: '不予更正',
      from: ['reported'],
      to: 'rejected',
      article: BY_REPORT,
      settles: ['correction.verification'],
    },
    apply: { ...HOLDER, title: '书面申请更正', from: ['confirmed'], to: 'applied', article: BY_DISCOVERY },
    // A record under the wrong enterprise cannot be corrected there, only withdrawn.
    applyWithdrawal: { ...HOLDER, title: '书面申请撤下', from: ['confirmed'], to: 'applied', article: BY_DISCOVERY },
    approve: {
      title: '复核同意，报请更正',
      from: ['applied'],
      to: 'reviewed',
      performer: 'holder',
      roles: ['department-lead'],
      article: '第十九条第一款',
      // Settled here, not by `apply`: only an approved application is reported to the platform in writing.
      settles: ['correction.application', 'correction.reapplication'],
      requires: ['not-the-applicant'],
    },
    sendBack: {
      title: '复核退回',
      from: ['applied'],
      to: 'confirmed',
      performer: 'holder',
      roles: ['department-lead'],
      article: '第十九条第一款',
      settles: [],
      requires: ['not-the-applicant'],
    },
    return: {
      title: '退回重新申请',
      from: ['reviewed'],
      to: 'confirmed',
      performer: 'region',
      roles: ['platform-administrator'],
      article: BY_DISCOVERY,
      settles: ['correction.execution'],
      optional: true,
    },
    // For an error that was reported twice: another case has corrected it already.
    conclude: {
      title: '已另案更正，办结',
      from: ['reported', 'confirmed'],
      to: 'concluded',
      performer: 'holder',
      roles: ['department-lead'],
      article: '第十八条',
      settles: ['correction.verification', 'correction.application', 'correction.reapplication'],
      optional: true,
    },
    execute: {
      title: '更正',
      from: ['reviewed'],
      to: 'corrected',
      performer: 'region',
      roles: ['platform-administrator'],
      article: BY_DISCOVERY,
      settles: ['correction.execution'],
    },
    ...extensionRows('correction.verification', ['reported']),
  },
} as const satisfies CaseTable;
