/** 信息归集公示 (第五条第一款、第六条), with the department's own review where its lead has asked for one (第十九条第一款). */
import { DEPARTMENT } from '../../organs/roles.ts';
import type { CaseTable } from '../table.ts';

/** 内部审核 (第十九条第一款): what one person of the department enters, another one judges. */
const SECOND_PERSON = {
  performer: 'holder',
  roles: DEPARTMENT,
  article: '第十九条第一款',
  requires: ['internal-review', 'not-the-applicant'],
} as const;

/** 归集 is the arrival on the platform: what a second person must review has arrived when that person lets it go. */
const HANDED_OVER = ['publication.submission', 'publication.internalReview', 'publication.resubmission'] as const;

export const publicationTable = {
  title: '信息归集公示',
  noun: 'publications',
  stages: {
    internalReview: '待内部审核',
    sentBack: '待修改',
    received: '待审核',
    returned: '已退回更正',
    published: '已公示',
    concluded: '已另行变动，办结',
  },
  requirements: {
    'internal-review': {
      title: '本部门要求内部审核',
      holds: (facts) => facts['internalReview'] === true,
      code: 'transition.refused',
      message: '本件不经本部门内部审核',
      remedy: '请直接更正后重新归集',
      isMode: true,
    },
    'is-event': {
      title: '本件为信息的变动',
      holds: (facts) => facts['event'] !== undefined,
      code: 'transition.refused',
      message: '本件不是信息的变动',
      remedy: '请公示或退回更正',
      isMode: true,
    },
    'no-internal-review': {
      title: '本部门不要求内部审核',
      holds: (facts) => facts['internalReview'] !== true,
      code: 'transition.refused',
      message: '本件须先经本部门内部审核',
      remedy: '请修改后提交内部审核，由本部门另一人同意后归集',
      isMode: true,
    },
  },
  transitions: {
    approve: {
      ...SECOND_PERSON,
      title: '审核同意，归集',
      from: ['internalReview'],
      to: 'received',
      settles: HANDED_OVER,
    },
    sendBack: {
      ...SECOND_PERSON,
      title: '审核退回',
      from: ['internalReview'],
      to: 'sentBack',
      settles: ['publication.internalReview'],
    },
    revise: {
      title: '修改后提交内部审核',
      from: ['sentBack', 'returned'],
      to: 'internalReview',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第十九条第一款',
      settles: [],
      requires: ['internal-review'],
    },
    publish: {
      title: '公示',
      from: ['received'],
      to: 'published',
      performer: 'region',
      roles: ['registering-authority'],
      article: '第五条第一款',
      settles: ['publication.publication', 'publication.annulment'],
    },
    return: {
      title: '退回更正',
      from: ['received'],
      to: 'returned',
      performer: 'region',
      roles: ['registering-authority'],
      article: '第六条',
      settles: [],
    },
    resubmit: {
      title: '更正后重新归集',
      from: ['returned'],
      to: 'received',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第六条',
      settles: ['publication.resubmission'],
      requires: ['no-internal-review'],
    },
    // For an event that came too late: the record was withdrawn, or another event has ended it.
    conclude: {
      title: '已另行变动，办结',
      from: ['internalReview', 'sentBack', 'received', 'returned'],
      to: 'concluded',
      performer: 'holder',
      roles: DEPARTMENT,
      article: '第五条第一款',
      settles: [],
      requires: ['is-event'],
      optional: true,
    },
  },
} as const satisfies CaseTable<PublicationRequirement>;

type PublicationRequirement = 'is-event' | 'internal-review' | 'no-internal-review' | 'not-the-applicant';
