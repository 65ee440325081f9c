/** What may be begun by hand, and by whom. The buttons above lists and the forms behind them come from this table. */
import type { CaseType } from '../case/id.ts';
import { DEPARTMENT, type Role } from '../organs/roles.ts';

export interface Beginning {
  title: string;
  hint: string;
  /** The route of the API. */
  path: string;
  roles: readonly Role[];
  article: string;
}

const AUTHORITY = ['registering-authority'] as const;

export const BEGINNINGS = {
  registration: {
    title: '提交登记信息',
    hint: '受理后按经营范围自动比对，推送给审批（行业主管）部门；部门不明确的公示待认领，不涉及审批的公示供查询认领',
    path: '/registrations',
    roles: AUTHORITY,
    article: '第七条第一款',
  },
  publication: {
    title: '归集信息',
    hint: '自信息产生之日起7个工作日内归集；逾期的照常受理并标明',
    path: '/publications',
    roles: [...DEPARTMENT, 'platform-administrator'],
    article: '第五条第一款',
  },
  listing: {
    title: '提交名单条目',
    hint: '受理后通知各有关部门采取限制措施；不接收自然人信息',
    path: '/listings',
    roles: AUTHORITY,
    article: '第九条',
  },
  correction: {
    title: '提出更正',
    hint: '自发现之日起3个工作日内书面报请更正',
    path: '/corrections',
    roles: DEPARTMENT,
    article: '第十八条第一款',
  },
  supportMeasure: {
    title: '录入扶持信息',
    hint: '由本部门另一名负责人审批后公示于企业名下，扶持期满自动撤下',
    path: '/support-measures',
    roles: DEPARTMENT,
    article: '第十条',
  },
  creditRepair: {
    title: '录入信用修复申请',
    hint: '由做出列入决定的机关受理，一人拟定、另一人决定；最短公示期内不受理',
    path: '/credit-repairs',
    roles: [...AUTHORITY, ...DEPARTMENT],
    article: '第九条第一款',
  },
  supervision: {
    title: '立项督办',
    hint: '针对某一期限的督办由系统在逾期后自动立项；此处用于其他情形',
    path: '/supervisions',
    roles: ['supervisor'],
    article: '第十七条',
  },
} as const satisfies Record<string, Beginning>;

type BeginningId = keyof typeof BEGINNINGS;

/** What the list of a case type offers to begin. */
const OF_LIST: { readonly [T in CaseType]?: BeginningId } = {
  registrationPush: 'registration',
  publication: 'publication',
  listing: 'listing',
  correction: 'correction',
  supportMeasure: 'supportMeasure',
  creditRepair: 'creditRepair',
  supervision: 'supervision',
};

/** What an account of this role may begin from the list of a case type. */
export function beginningOf(caseType: CaseType, role: Role): { to: string; title: string } | undefined {
  const id = OF_LIST[caseType];
  if (!id) return undefined;
  const { title, roles }: Beginning = BEGINNINGS[id];
  return roles.includes(role) ? { to: `/new/${id}`, title } : undefined;
}
