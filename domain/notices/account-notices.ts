/** Notices about applications for accounts (第四条第二款): to whoever must decide next. They do not name the applicant. */
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
