/**
 * Who answers for a limit, and who has to act (第五条、第十六条、第十七条). Reminders go to whom the matter lies with; a breach
 * and the supervision after it are charged to whom they are due to. docs/adr/0012-who-answers.md says why.
 */
import type { CaseType } from '../case/id.ts';
import type { NewCase } from '../case/case.ts';
import { LIMITS, type Limit, type LimitId } from '../clock/limits.ts';
import type { TimeAttribution } from './time-attribution.ts';
import { provincialAuthorityOf, registeringAuthorityOf } from '../organs/registering-authority.ts';
import type { Party } from '../organs/party.ts';

type Held = Pick<NewCase, 'departmentCode' | 'regionCode'>;

/** Whose the limit is by its row; what nobody holds is the matter of the organ that looks after it. */
export function partyOf(caseType: CaseType, hasHolder: boolean, limitId: LimitId): Party {
  const { obliged }: Limit = LIMITS[limitId];
  if (obliged) return obliged;
  if (hasHolder) return 'holder';
  return caseType === 'poolEntry' ? 'registering-authority' : 'supervisor';
}

/** Its code, where the party is a department; what nobody holds, and what an organ owes that is none, is no department's. */
export function answeringDepartment(
  party: Party,
  limitId: LimitId,
  { departmentCode, regionCode }: Held,
): string | null {
  const { obliged, holderDays }: Limit = LIMITS[limitId];
  if (party === 'holder') return departmentCode;
  if (obliged !== 'registering-authority' || party !== obliged) return null;
  // 第五条第一款 names 省工商行政管理局 for what is published; other duties of 登记机关 are those of the case's own level.
  return holderDays === undefined ? registeringAuthorityOf(regionCode) : provincialAuthorityOf(regionCode);
}

/** In whose hands a record lies. */
export const partyOfRecord = ({ stretches }: TimeAttribution): Party =>
  stretches.at(-1)?.party === 'department' ? 'holder' : 'registering-authority';

/**
 * Two parties share such a limit: so many days are the holder's, the others the organ's. Whoever used more beyond his own
 * days than the other answers; the organ, which has to finish it, where neither did.
 */
export function partyInDelay(limitId: LimitId, { department, platform }: TimeAttribution): Party {
  const { holderDays = 0, workingDays }: Limit = LIMITS[limitId];
  const isHolders = department - holderDays > platform - (workingDays - holderDays);
  return isHolders ? 'holder' : 'registering-authority';
}
