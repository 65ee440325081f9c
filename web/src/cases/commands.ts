/** What can be done to a case: where it is sent, and what is asked for, by the schema that the workflow judges it with. */
import type { z } from 'zod';
import type { CaseType } from '../../../domain/case-id.ts';
import {
  approveCorrectionSchema,
  confirmErrorSchema,
  executeSchema,
  rejectErrorSchema,
  sendBackSchema,
} from '../../../domain/correction.ts';
import type { LimitId } from '../../../domain/limits.ts';
import { appealDecisionSchema, appealSchema, removalSchema } from '../../../domain/listing.ts';
import { claimPoolEntrySchema, withdrawPoolEntrySchema } from '../../../domain/pool-entry.ts';
import { publishSchema, returnRecordSchema } from '../../../domain/publication.ts';
import { claimPushSchema, feedbackSchema, returnPushSchema } from '../../../domain/registration-push.ts';
import { rulingSchema } from '../../../domain/rollback.ts';
import { confirmLiftingSchema } from '../../../domain/sanction-lifting.ts';
import {
  decisionSchema,
  declineSchema,
  executionSchema,
  fetchSchema,
  sanctionFeedbackSchema,
} from '../../../domain/sanction-notice.ts';
import {
  acceptSupervisionSchema,
  closeSupervisionSchema,
  criticismSchema,
  rectificationOrderSchema,
  rectificationReportSchema,
  replySchema,
} from '../../../domain/supervision.ts';
import { extensionOpinionSchema, extensionSchema, resumeSchema, suspendSchema } from '../../../domain/terms.ts';

export interface CommandForm {
  /** Path segment. */
  verb: string;
  /** Absent: a form of its own asks for it (see command-dialog.tsx). */
  schema?: z.ZodType;
  /** The first click does it: nothing to fill in, and the case type's own way leads on from it. */
  atOnce?: true;
  /** A field whose choice alone is a whole answer; `fuller` lists the choices that want the form. */
  quick?: { field: string; fuller: readonly string[] };
}

const suspension = {
  suspend: { verb: 'suspend', schema: suspendSchema },
  resume: { verb: 'resume', schema: resumeSchema },
} as const;

const extension = (limitId: LimitId) =>
  ({
    requestExtension: { verb: 'request-extension', schema: extensionSchema(limitId) },
    approveExtension: { verb: 'approve-extension', schema: extensionOpinionSchema },
    refuseExtension: { verb: 'refuse-extension', schema: extensionOpinionSchema },
  }) as const;

export const COMMANDS: Record<CaseType, Record<string, CommandForm>> = {
  registrationPush: {
    claim: { verb: 'claim', schema: claimPushSchema, atOnce: true },
    feedBack: { verb: 'feedback', schema: feedbackSchema, quick: { field: 'outcome', fuller: ['permit-granted'] } },
    return: { verb: 'return', schema: returnPushSchema },
    ...suspension,
    ...extension('registrationPush.feedback'),
  },
  rollback: {
    rule: { verb: 'rule', schema: rulingSchema },
    arbitrate: { verb: 'arbitrate', schema: rulingSchema },
  },
  poolEntry: {
    claim: { verb: 'claim', schema: claimPoolEntrySchema },
    withdraw: { verb: 'withdraw', schema: withdrawPoolEntrySchema },
  },
  supervision: {
    accept: { verb: 'accept', schema: acceptSupervisionSchema, atOnce: true },
    reply: { verb: 'reply', schema: replySchema },
    orderRectification: { verb: 'order-rectification', schema: rectificationOrderSchema },
    reportRectification: { verb: 'report-rectification', schema: rectificationReportSchema },
    criticise: { verb: 'criticise', schema: criticismSchema },
    close: { verb: 'close', schema: closeSupervisionSchema },
    ...extension('supervision.reply'),
  },
  listing: {
    appeal: { verb: 'appeal', schema: appealSchema },
    rejectAppeal: { verb: 'reject-appeal', schema: appealDecisionSchema },
    upholdAppeal: { verb: 'uphold-appeal', schema: appealDecisionSchema },
    remove: { verb: 'remove', schema: removalSchema },
  },
  sanctionNotice: {
    fetch: { verb: 'fetch', schema: fetchSchema, atOnce: true },
    decide: { verb: 'decide', schema: decisionSchema },
    decline: { verb: 'decline', schema: declineSchema },
    execute: { verb: 'execute', schema: executionSchema },
    feedBack: { verb: 'feedback', schema: sanctionFeedbackSchema },
    ...suspension,
  },
  sanctionLifting: { confirm: { verb: 'confirm', schema: confirmLiftingSchema } },
  publication: {
    publish: { verb: 'publish', schema: publishSchema },
    return: { verb: 'return', schema: returnRecordSchema },
    // A whole record, not a field or two.
    resubmit: { verb: 'resubmit' },
  },
  correction: {
    confirm: { verb: 'confirm', schema: confirmErrorSchema },
    reject: { verb: 'reject', schema: rejectErrorSchema },
    apply: { verb: 'apply' },
    approve: { verb: 'approve', schema: approveCorrectionSchema },
    sendBack: { verb: 'send-back', schema: sendBackSchema },
    execute: { verb: 'execute', schema: executeSchema },
    ...extension('correction.verification'),
  },
};

export const commandForm = (caseType: string, action: string): CommandForm | undefined =>
  COMMANDS[caseType as CaseType]?.[action];
