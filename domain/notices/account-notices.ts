/** Who hears of an application for an account (第四条第二款), and in which words: whoever must decide next, and no name of the applicant. */
import type { ApplicationState } from '../organs/accounts.ts';
import type { NoticePayload } from './notices.ts';
import { ROLES, type Role } from '../organs/roles.ts';

interface Applied {
  no: string;
  role: Role;
  regionCode: string;
  /** Of the department, or of the region where the role is of none. */
  organName: string;
}

const NEXT: Partial<Record<ApplicationState, { to: Role; title: string; ask: string }>> = {
  applied: { to: 'registering-authority', title: '账号申请待审核', ask: '请审核' },
  endorsed: { to: 'platform-administrator', title: '账号申请待开通', ask: '同级登记机关已审核同意，请开通' },
};

/** @returns undefined where nothing is left to decide. */
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
