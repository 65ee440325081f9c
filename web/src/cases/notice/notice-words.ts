/** 通知书 by case type: its title, in whose name it is issued, and what it asks of whom, by which article. */
import type { CaseType } from '../../../../domain/case/id.ts';

/** Organs of the case's region, or the platform if the measures name none. */
export type Issuer = 'registering-authority' | 'supervisor' | 'platform';

interface Request {
  /** Absent: the department that holds the case. */
  to?: 'departments' | 'supervisor';
  /** Follows 依据第…条， */
  request: string;
  article: string;
}

interface NoticeWords extends Request {
  title: string;
  issuer: Issuer;
  /** The request if no department holds the case. */
  unheld?: Request;
}

export const NOTICES: Record<CaseType, NoticeWords> = {
  registrationPush: {
    title: '登记信息推送通知书',
    issuer: 'registering-authority',
    request: '现将下列登记信息推送你单位，请认领并反馈许可审批和监管情况；不属于你单位职责的，请说明理由退回。',
    article: '第七条',
  },
  rollback: {
    title: '回退确认通知书',
    issuer: 'platform',
    request: '下列登记信息的推送已被退回，请确认审批（行业主管）部门。',
    article: '第七条第二款',
    unheld: {
      to: 'supervisor',
      request: '下列登记信息的推送多次被退回，请裁定审批（行业主管）部门。',
      article: '第十七条',
    },
  },
  poolEntry: {
    title: '公示认领通知书',
    issuer: 'registering-authority',
    to: 'departments',
    request: '下列登记信息的审批部门不明确或不涉及审批，现予公示，请有关部门查询、认领。',
    article: '第七条第二款',
  },
  publication: {
    title: '信息归集公示通知书',
    issuer: 'platform',
    request: '请办理下列信息的归集公示。',
    article: '第五条第一款',
  },
  correction: {
    title: '信息更正通知书',
    issuer: 'platform',
    request: '下列信息可能有误，请核实并办理更正。',
    article: '第十八条',
  },
  complaint: {
    title: '举报投诉办理通知书',
    issuer: 'platform',
    request: '收到下列举报或投诉，请依职责核查处理并答复。',
    article: '第十三条第四款',
  },
  supportMeasure: {
    title: '扶持信息审批通知书',
    issuer: 'platform',
    request: '下列小微企业扶持信息已录入，请由本部门另一名负责人审批后公示。',
    article: '第十条',
  },
  creditRepair: {
    title: '信用修复申请受理通知书',
    issuer: 'platform',
    request: '下列企业申请信用修复，请列入机关依法受理和决定。',
    article: '第九条第一款',
  },
  listing: {
    title: '失信名单通知书',
    issuer: 'platform',
    to: 'departments',
    request: '下列企业已列入失信名单，请有关部门依法采取限制措施。',
    article: '第九条',
  },
  sanctionNotice: {
    title: '联合惩戒通知书',
    issuer: 'platform',
    request: '下列企业已列入失信名单，请依法决定限制措施、执行并反馈执行情况。',
    article: '第九条第一款',
  },
  sanctionLifting: {
    title: '解除联合惩戒通知书',
    issuer: 'platform',
    request: '下列企业已移出失信名单，请解除对其采取的限制措施并确认。',
    article: '第九条第一款',
  },
  supervision: {
    title: '督办通知书',
    issuer: 'supervisor',
    request: '现就下列事项对你单位督办，请签收，并答复逾期原因和整改情况。',
    article: '第十七条',
  },
};

/** E.g. 联合惩戒通知〔2026〕…号; many document numbers already end in 号. */
export function noticeNumber(kind: string, year: string, no: string): string {
  return `${kind}〔${year}〕${no}${no.endsWith('号') ? '' : '号'}`;
}
