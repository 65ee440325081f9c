/** 通知书 by case type: in whose name it is issued, and what it asks for, by which article. */
import type { CaseType } from '../../../domain/case-id.ts';

/** Organs of the case's region, or the platform where the measures name none. */
type Issuer = 'registering-authority' | 'supervisor' | 'platform';

interface NoticeWords {
  issuer: Issuer;
  /** Follows 依据第…条， */
  request: string;
  article: string;
}

export const NOTICES: Record<CaseType, NoticeWords> = {
  registrationPush: {
    issuer: 'registering-authority',
    request: '现将下列登记信息推送你单位，请认领并反馈许可审批和监管情况；不属于你单位职责的，请说明理由退回。',
    article: '第七条',
  },
  rollback: {
    issuer: 'platform',
    request: '下列登记信息的推送已被退回，请确认审批（行业主管）部门。',
    article: '第七条第二款',
  },
  poolEntry: {
    issuer: 'registering-authority',
    request: '下列登记信息的审批部门不明确或不涉及审批，现予公示，请有关部门查询、认领。',
    article: '第七条第二款',
  },
  publication: { issuer: 'platform', request: '请办理下列信息的归集公示。', article: '第五条第一款' },
  correction: { issuer: 'platform', request: '下列信息可能有误，请核实并办理更正。', article: '第十八条' },
  complaint: { issuer: 'platform', request: '收到下列举报，请依职责核查处理并答复。', article: '第十三条第四款' },
  listing: { issuer: 'platform', request: '下列企业已列入失信名单，请有关部门依法采取限制措施。', article: '第九条' },
  sanctionNotice: {
    issuer: 'platform',
    request: '下列企业已列入失信名单，请依法决定限制措施、执行并反馈执行情况。',
    article: '第九条第一款',
  },
  sanctionLifting: {
    issuer: 'platform',
    request: '下列企业已移出失信名单，请解除对其采取的限制措施并确认。',
    article: '第九条第一款',
  },
  supervision: {
    issuer: 'supervisor',
    request: '现就下列事项对你单位督办，请签收，并答复逾期原因和整改情况。',
    article: '第十七条',
  },
};
