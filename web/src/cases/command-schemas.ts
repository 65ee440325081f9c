/** What a command asks for: the schema that the workflow judges it with. Fetched with the first dialog. */
import type { z } from 'zod';
import type { CaseType } from '../../../domain/case-id.ts';
import {
  acceptComplaintSchema,
  declineComplaintSchema,
  handleComplaintSchema,
  transferComplaintSchema,
} from '../../../domain/complaint.ts';
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

const suspension = { suspend: suspendSchema, resume: resumeSchema };

const extension = (limitId: LimitId) => ({
  requestExtension: extensionSchema(limitId),
  approveExtension: extensionOpinionSchema,
  refuseExtension: extensionOpinionSchema,
});

export const SCHEMAS: Record<CaseType, Record<string, z.ZodType>> = {
  registrationPush: {
    claim: claimPushSchema,
    feedBack: feedbackSchema,
    return: returnPushSchema,
    ...suspension,
    ...extension('registrationPush.feedback'),
  },
  rollback: { rule: rulingSchema, arbitrate: rulingSchema },
  poolEntry: { claim: claimPoolEntrySchema, withdraw: withdrawPoolEntrySchema },
  supervision: {
    accept: acceptSupervisionSchema,
    reply: replySchema,
    orderRectification: rectificationOrderSchema,
    reportRectification: rectificationReportSchema,
    criticise: criticismSchema,
    close: closeSupervisionSchema,
    ...extension('supervision.reply'),
  },
  listing: {
    appeal: appealSchema,
    rejectAppeal: appealDecisionSchema,
    upholdAppeal: appealDecisionSchema,
    remove: removalSchema,
  },
  sanctionNotice: {
    fetch: fetchSchema,
    decide: decisionSchema,
    decline: declineSchema,
    execute: executionSchema,
    feedBack: sanctionFeedbackSchema,
    ...suspension,
  },
  sanctionLifting: { confirm: confirmLiftingSchema },
  publication: { publish: publishSchema, return: returnRecordSchema },
  correction: {
    confirm: confirmErrorSchema,
    reject: rejectErrorSchema,
    approve: approveCorrectionSchema,
    sendBack: sendBackSchema,
    execute: executeSchema,
    ...extension('correction.verification'),
  },
  complaint: {
    accept: acceptComplaintSchema,
    decline: declineComplaintSchema,
    transfer: transferComplaintSchema,
    handle: handleComplaintSchema,
    ...extension('complaint.handling'),
  },
};
