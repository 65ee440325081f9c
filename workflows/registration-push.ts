/** 双告知推送 (第七条第二、三款): one registration, one department, one round. */
import { setHandler } from '@temporalio/workflow';
import {
  openedPush,
  toldOfAnswer,
  type RegistrationPushInput,
} from '../domain/case-types/registration-push/opening.ts';
import { registrationPushBodies, type ToldFeedback } from '../domain/case-types/registration-push/commands.ts';
import type { CaseOpening } from '../domain/case/case.ts';
import { CaseFile } from './lib/case-file.ts';
import { lapseWithEnterprise } from './lib/lapse.ts';
import { recordAggregated } from './messages.ts';
import { handleApprovedTerms } from './lib/terms.ts';
import { openedRollback, needsArbitration, type RollbackInput } from '../domain/case-types/rollback/opening.ts';

/**
 * The department claims the push, or returns it with a reason, and feeds back promptly (及时). If it neglects this, a
 * supervision opens automatically (第十七条). What it decides must be on the platform within seven working days from the day
 * of the decision, whenever the push came.
 * @returns the stage in which the case was closed.
 */
export async function registrationPush(input: RegistrationPushInput): Promise<string> {
  const push = new CaseFile(openedPush(input), input);

  push.handle(registrationPushBodies, 'claim');
  push.handle(registrationPushBodies, 'return', (body, _, at) => ({
    facts: { returnReason: body },
    followUps: [rollbackOf(input, push.opened.caseId, at)],
  }));
  push.handle(registrationPushBodies, 'feedBack', ({ record, ...feedback }) => ({
    facts: { feedback: { ...feedback, ...(record && { documentNo: record.documentNo }) }, ...recordFacts(record) },
    effects: record?.draftId === undefined ? [] : [{ kind: 'record.accept', draftId: record.draftId }],
    notify: [{ topic: 'push.fedBack', to: 'registering-authority' }, ...toldOfAnswer(input, input.departmentCode)],
  }));
  push.handle(registrationPushBodies, 'followUp', (body) => ({
    facts: { followUp: body },
    arm: ['registrationPush.followUp'],
  }));
  push.handle(registrationPushBodies, 'declareDecision', ({ decidedOn }, _, at) => ({
    facts: { decidedOn },
    limits: [{ limitId: 'registrationPush.aggregation', change: 'arm', startedAt: at, startDate: decidedOn }],
  }));
  setHandler(recordAggregated, (recordId, generatedOn) =>
    push.act('aggregate', () => ({ facts: { aggregated: { recordId, generatedOn } } })),
  );

  handleApprovedTerms(push);
  lapseWithEnterprise(push, 'holder');

  return push.live();
}

const recordFacts = (record: ToldFeedback['record']) =>
  record ? { record: { recordId: record.recordId, generatedOn: record.generatedOn } } : {};

/** 回退: the registering authority rules on the return, or the supervisor where returns go round in circles. */
function rollbackOf(push: RegistrationPushInput, pushCaseId: string, returnedAt: number): CaseOpening {
  const input: RollbackInput = { push, pushCaseId, returnedAt, arbitration: needsArbitration(push) };
  return { workflow: 'rollback', opened: openedRollback(input), input };
}
