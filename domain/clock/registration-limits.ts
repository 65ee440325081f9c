/** The limits of registrations and of what follows from them (第七条). They stand in LIMITS (limits.ts). */
import { FULL_LADDER, NEGLECT_LADDER, REMINDER_LADDER, SUBMISSION_DAYS, type Limit } from './limit.ts';

export const REGISTRATION_LIMITS = {
  // No case has it: a registration is marked where it is accepted (db/intake/registrations.ts).
  'registration.handOver': {
    title: '移交登记信息',
    workingDays: 1,
    kind: 'norm',
    article: '第七条第一款（办理登记注册后……推送）',
    ladder: ['due'],
    obliged: 'registering-authority',
    unsupervised: '受理时标明逾期，没有立案',
  },
  // For answering a push the measures say 及时. The seven days of 第七条第三款 are those of `registrationPush.aggregation`.
  'registrationPush.feedback': {
    title: '反馈许可审批和监管信息',
    workingDays: 7,
    kind: 'norm',
    article: '第十七条（及时反馈许可审批和监管信息）',
    ladder: FULL_LADDER,
    suspension: {
      article: '第十七条',
      resumption: 'registrationPush.resumption',
      reasons: {
        'applicant-supplementing': '当事人正在补正申请材料',
        'other-organ-pending': '等待其他机关作出审批或者认定',
        'not-open-for-business': '企业尚未开业或者无法联系，暂不能核查',
        'force-majeure': '不可抗力',
      },
    },
    extension: {
      workingDays: 10,
      article: '第十七条',
      reasons: {
        'site-inspection': '需要现场核查',
        'several-items': '涉及多个事项或者多个部门',
        'force-majeure': '不可抗力',
      },
    },
  },
  // Runs from the day on which the permit or its refusal came into being, never from the push.
  'registrationPush.aggregation': {
    title: '归集许可审批信息',
    workingDays: SUBMISSION_DAYS,
    kind: 'statutory',
    article: '第七条第三款',
    runsFrom: '信息产生之日',
    ladder: FULL_LADDER,
  },
  'registrationPush.followUp': {
    title: '反馈审批结果',
    workingDays: 20,
    kind: 'norm',
    article: '第十七条（及时反馈许可审批和监管信息）',
    ladder: NEGLECT_LADDER,
  },
  'registrationPush.claim': {
    title: '认领推送的登记信息',
    workingDays: 3,
    kind: 'norm',
    article: '第十七条（及时查询认领）',
    ladder: NEGLECT_LADDER,
  },
  // A suspended limit gets a limit of its own, so that its resumption is not forgotten.
  'registrationPush.resumption': {
    title: '恢复中止的反馈期限',
    workingDays: 20,
    kind: 'norm',
    article: '第十七条（及时反馈）',
    ladder: NEGLECT_LADDER,
  },
  'rollback.ruling': {
    title: '确认审批（行业主管）部门并再次推送',
    workingDays: 2,
    kind: 'norm',
    article: '第七条第二款（及时回退、再次推送）',
    ladder: REMINDER_LADDER,
  },
  'poolEntry.claim': {
    title: '查询认领公示的登记信息',
    workingDays: 5,
    kind: 'norm',
    article: '第七条第二款（查询认领）',
    ladder: REMINDER_LADDER,
    unsupervised: '公示待认领期间没有承办部门',
  },
} as const satisfies Record<string, Limit>;
