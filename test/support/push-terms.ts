/** 中止 and 延期 of a push's answer: asked for by an officer, approved by a lead. */
import { approvedSuspensionBodies, extensionBodies } from '../../domain/case-types/terms.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { LEAD, OFFICER, type CaseWorld } from './case-world.ts';

const LIMIT = 'registrationPush.feedback';
const suspension = approvedSuspensionBodies(LIMIT);
const extension = extensionBodies(LIMIT);

export const requestSuspension = updateOf(suspension, 'requestSuspension');
export const suspend = updateOf(suspension, 'suspend');
export const refuseSuspension = updateOf(suspension, 'refuseSuspension');
export const resume = updateOf(suspension, 'resume');
export const requestExtension = updateOf(extension, 'requestExtension');
export const approveExtension = updateOf(extension, 'approveExtension');
export const refuseExtension = updateOf(extension, 'refuseExtension');

export const SUSPENSION = { reasonCode: 'applicant-supplementing' };
export const EXTENSION = { workingDays: 5, reasonCode: 'several-items' };
export const OPINION = { opinion: '情况属实' };

export async function suspendPush(world: CaseWorld, caseId: string) {
  await world.command(caseId, requestSuspension, OFFICER, SUSPENSION);
  return world.command(caseId, suspend, LEAD, OPINION);
}
