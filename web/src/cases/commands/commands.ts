/** What can be done to a case: where it is sent, and how much a click does. What it asks for: command-schemas.ts. */
import type { CaseType } from '../../../../domain/case/id.ts';
import { FEEDBACK_OUTCOMES } from '../../../../domain/case-types/registration-push/answers.ts';

export interface CommandForm {
  /** Path segment. */
  verb: string;
  /** The first click does it: nothing to fill in, and the case type's own way leads on from it. */
  atOnce?: true;
  /** A field whose choice alone is a whole answer; `fuller` lists the choices that want the form. */
  quick?: { field: string; labels: Record<string, string>; fuller: readonly string[] };
  /** A whole record anew, not a field or two. */
  form?: 'record';
  /** Judged one by one, with what it is about in view: never for a whole selection at once. */
  oneByOne?: true;
}

const OUTCOME = { field: 'outcome', labels: FEEDBACK_OUTCOMES, fuller: ['permit-granted'] };

const suspension = { suspend: { verb: 'suspend' }, resume: { verb: 'resume' } };

const extension = {
  requestExtension: { verb: 'request-extension' },
  approveExtension: { verb: 'approve-extension' },
  refuseExtension: { verb: 'refuse-extension' },
};

export const COMMANDS: Record<CaseType, Record<string, CommandForm>> = {
  registrationPush: {
    claim: { verb: 'claim', atOnce: true },
    feedBack: { verb: 'feedback', quick: OUTCOME },
    return: { verb: 'return' },
    ...suspension,
    ...extension,
  },
  rollback: {
    rule: { verb: 'rule', oneByOne: true },
    arbitrate: { verb: 'arbitrate', oneByOne: true },
  },
  poolEntry: {
    claim: { verb: 'claim' },
    withdraw: { verb: 'withdraw' },
  },
  supervision: {
    accept: { verb: 'accept', atOnce: true },
    reply: { verb: 'reply' },
    orderRectification: { verb: 'order-rectification' },
    reportRectification: { verb: 'report-rectification' },
    criticise: { verb: 'criticise' },
    close: { verb: 'close' },
    ...extension,
  },
  listing: {
    appeal: { verb: 'appeal' },
    rejectAppeal: { verb: 'reject-appeal' },
    upholdAppeal: { verb: 'uphold-appeal' },
    remove: { verb: 'remove' },
  },
  sanctionNotice: {
    fetch: { verb: 'fetch', atOnce: true },
    decide: { verb: 'decide' },
    decline: { verb: 'decline' },
    execute: { verb: 'execute' },
    feedBack: { verb: 'feedback' },
    ...suspension,
  },
  sanctionLifting: { confirm: { verb: 'confirm' } },
  publication: {
    publish: { verb: 'publish' },
    return: { verb: 'return' },
    // A whole record, not a field or two.
    resubmit: { verb: 'resubmit', form: 'record' },
  },
  correction: {
    confirm: { verb: 'confirm' },
    reject: { verb: 'reject' },
    apply: { verb: 'apply', form: 'record' },
    applyWithdrawal: { verb: 'apply-withdrawal' },
    approve: { verb: 'approve', oneByOne: true },
    sendBack: { verb: 'send-back' },
    return: { verb: 'return' },
    conclude: { verb: 'conclude' },
    execute: { verb: 'execute', oneByOne: true },
    ...extension,
  },
  complaint: {
    accept: { verb: 'accept', atOnce: true },
    decline: { verb: 'decline' },
    transfer: { verb: 'transfer' },
    handle: { verb: 'handle' },
    ...extension,
  },
};

export const commandForm = (caseType: string, action: string): CommandForm | undefined =>
  COMMANDS[caseType as CaseType]?.[action];
