/** Notices about applications for accounts (第四条第二款): to whoever must decide next. They do not name the applicant. */
import type { AccountListState } from '../organs/account-lists.ts';
import type { ApplicationState } from '../organs/accounts.ts';
import type { NoticePayload } from './notices.ts';
import { ROLES, type Role } from '../organs/roles.ts';

interface Applied {
  no: string;
  role: Role;
  regionCode: string;
  /** The department's name, or the region's where the role belongs to no department. */
  organName: string;
}

const NEXT: Partial<Record<ApplicationState, { to: Role; title: string; ask: string }>> = {
  applied: { to: 'registering-authority', title: '账号申请待审核', ask: '请审核' },
  endorsed: { to: 'platform-administrator', title: '账号申请待开通', ask: '同级登记机关已审核同意，请开通' },
};

/** @returns undefined where the application is decided. */
export function applicationNotice(
  state: ApplicationState,
  { no, role, regionCode, organName }: Applied,
  at: Date,
): NoticePayload | undefined {
  const next = NEXT[state];
  return (
    next && {
      caseId: `account-application~${no}`,
      topic: `account-application:${state}`,
      urgency: 'reminder',
      article: '第四条第二款',
      title: `${next.title}：${organName}`,
      body: `${organName}申请${ROLES[role]}账号（申请编号${no}），${next.ask}。`,
      departmentCode: null,
      role: next.to,
      regionCode,
      at: at.toISOString(),
    }
  );
}

interface Listed {
  no: string;
  regionCode: string;
  /** Null: of many departments; then the administration sent it. */
  departmentCode: string | null;
  organName: string;
  rowCount: number;
}

/** Null: to whoever sent the list. */
const NEXT_OF_LIST: Partial<Record<AccountListState | 'ready', { to: Role | null; title: string; ask: string }>> = {
  submitted: { to: 'registering-authority', title: '账号名册待审核', ask: '请审核' },
  endorsed: { to: 'platform-administrator', title: '账号名册待开通', ask: '同级登记机关已审核同意，请开通' },
  opened: { to: null, title: '账号名册已开通', ask: '账号已开通，请负责人生成并领取一次性密码' },
  refused: { to: null, title: '账号名册不予开通', ask: '没有开通，理由见名册' },
  ready: { to: null, title: '一次性密码待领取', ask: '一次性密码已生成，请负责人在有效期内领取' },
};

/** @returns undefined where nobody has to act. */
export function accountListNotice(
  stage: AccountListState | 'ready',
  { no, regionCode, departmentCode, organName, rowCount }: Listed,
  at: Date,
): NoticePayload | undefined {
  const next = NEXT_OF_LIST[stage];
  if (!next) return undefined;
  return {
    caseId: `account-list~${no}`,
    topic: `account-list:${stage}`,
    urgency: 'reminder',
    article: '第四条第二款',
    title: `${next.title}：${organName}`,
    body: `${organName}的账号名册（编号${no}，${rowCount}人）：${next.ask}。`,
    departmentCode: next.to === null ? departmentCode : null,
    role: next.to ?? (departmentCode === null ? 'platform-administrator' : null),
    regionCode,
    at: at.toISOString(),
  };
}
