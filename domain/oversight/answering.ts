/**
 * Who answers for a limit, and who has to act (第五条、第十六条、第十七条). A reminder goes to whoever has to act. A breach and
 * the supervision after it are charged to whoever caused the delay. docs/adr/0012-who-answers.md says why.
 */
import type { CaseType } from '../case/id.ts';
import type { NewCase } from '../case/case.ts';
import { LIMITS, type Limit, type LimitId } from '../clock/limits.ts';
import type { TimeAttribution } from './time-attribution.ts';
import { provincialAuthorityOf, registeringAuthorityOf } from '../organs/registering-authority.ts';
import type { Party } from '../organs/party.ts';

type Held = Pick<NewCase, 'departmentCode' | 'regionCode'>;

/** The party that a limit's row obliges. A case without a holder is the matter of the organ that looks after it. */
export function partyOf(caseType: CaseType, hasHolder: boolean, limitId: LimitId): Party {
  const { obliged }: Limit = LIMITS[limitId];
  if (obliged) return obliged;
  if (hasHolder) return 'holder';
  return caseType === 'poolEntry' ? 'registering-authority' : 'supervisor';
}

/**
 * The party's department code. Null where the case has no holder, where the party is an organ that is no department, or
 * where the limit is a right that nobody owes.
 */
export function answeringDepartment(
  party: Party,
  limitId: LimitId,
  { departmentCode, regionCode }: Held,
): string | null {
  const { obliged, holderDays, right }: Limit = LIMITS[limitId];
  if (right) return null;
  if (party === 'holder') return departmentCode;
  if (obliged !== 'registering-authority' || party !== obliged) return null;
  // A limit with `holderDays` is the publication's, for which 第五条第一款 names 省工商行政管理局. For every other limit the
  // 登记机关 of the case's own region answers.
  return holderDays === undefined ? registeringAuthorityOf(regionCode) : provincialAuthorityOf(regionCode);
}

/** The party that keeps a record now. */
export const partyOfRecord = ({ stretches }: TimeAttribution): Party =>
  stretches.at(-1)?.party === 'department' ? 'holder' : 'registering-authority';

/**
 * The party that answers for a limit that two parties share: `holderDays` are the holder's, the other days the organ's.
 * The one that overran its share by more days answers. Where both overran equally, the organ answers, as it must finish.
 */
export function partyInDelay(limitId: LimitId, { department, platform }: TimeAttribution): Party {
  const { holderDays = 0, workingDays }: Limit = LIMITS[limitId];
  const isHolders = department - holderDays > platform - (workingDays - holderDays);
  return isHolders ? 'holder' : 'registering-authority';
}
