/** A push of a registration to a county's department of agriculture, as its workflow is started. */
import type { RegistrationPushInput } from '../../domain/case-types/registration-push/opening.ts';

export const AGRICULTURE = '430103-agriculture';

export const pushInput = (
  own: Pick<RegistrationPushInput, 'registrationNo' | 'pushedAt'> & Partial<RegistrationPushInput>,
): RegistrationPushInput => ({
  uscc: '91350100M000100Y43',
  chain: AGRICULTURE,
  round: 1,
  departmentCode: AGRICULTURE,
  regionCode: '430103',
  itemIds: [],
  claimedFromPool: false,
  returnedBy: [],
  finalRuling: false,
  parentCaseId: null,
  ...own,
});
