/** 双告知推送 (第七条第二、三款): one registration, one department, one round. */
import { openedPush, type RegistrationPushInput } from '../domain/case-types/registration-push/opening.ts';
import { registrationPushBodies } from '../domain/case-types/registration-push/commands.ts';
import type { CaseOpening } from '../domain/case/case.ts';
import { CaseFile } from './lib/case-file.ts';
import { lapseWithEnterprise } from './lib/lapse.ts';
import { handleTerms } from './lib/terms.ts';
import { openedRollback, needsArbitration, type RollbackInput } from '../domain/case-types/rollback/opening.ts';

/**
 * The department claims the push, or returns it with a reason, and feeds back within seven working days. If it neglects
 * this, a supervision opens automatically (第十七条).
 * @returns the stage in which the case was closed.
 */
export async function registrationPush(input: RegistrationPushInput): Promise<string> {
  const push = new CaseFile(openedPush(input), input);

  push.handle(registrationPushBodies, 'claim');
  push.handle(registrationPushBodies, 'return', (body, _, at) => ({
    facts: { returnReason: body },
    followUps: [rollbackOf(input, push.opened.caseId, at)],
  }));
  push.handle(registrationPushBodies, 'feedBack', (body) => ({
    facts: { feedback: body },
    notify: [{ topic: 'push.fedBack', to: 'registering-authority' }],
  }));

  handleTerms(push);
  lapseWithEnterprise(push, 'holder');

  return push.live();
}

/** 回退: the registering authority rules on the return, or the supervisor where returns go round in circles. */
function rollbackOf(push: RegistrationPushInput, pushCaseId: string, returnedAt: number): CaseOpening {
  const input: RollbackInput = { push, pushCaseId, returnedAt, arbitration: needsArbitration(push) };
  return { workflow: 'rollback', opened: openedRollback(input), input };
}
