/**
 * Every message that a case takes, used by the workflow that handles it and the client that sends it.
 * Commands are Updates: an official waits for the answer, and the workflow's validator may refuse. Facts that nobody can
 * refuse are Signals.
 */
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { LegalDate } from '../domain/clock/calendar.ts';
import type { Command, CommandResult } from '../domain/case/case.ts';
import type { Appeal, AppealDecision, Removal } from '../domain/case-types/listing/commands.ts';
import type {
  AcceptComplaint,
  DeclineComplaint,
  HandleComplaint,
  TransferComplaint,
} from '../domain/case-types/complaint/commands.ts';
import type {
  Apply,
  ApplyWithdrawal,
  ApproveCorrection,
  ConcludeCorrection,
  ConfirmError,
  Execute,
  RejectError,
  ReturnCorrection,
  SendBack,
} from '../domain/case-types/correction/commands.ts';
import type { ClaimPoolEntry, WithdrawPoolEntry } from '../domain/case-types/pool-entry/commands.ts';
import type { Publish, Resubmit, ReturnRecord } from '../domain/case-types/publication/commands.ts';
import type { ClaimPush, Feedback, ReturnPush } from '../domain/case-types/registration-push/commands.ts';
import type { Ruling } from '../domain/case-types/rollback/commands.ts';
import type { ExtensionOpinion, ExtensionRequest, Resume, Suspend } from '../domain/case-types/terms.ts';
import type { ConfirmLifting } from '../domain/case-types/sanction-lifting/commands.ts';
import type {
  Decision,
  Decline,
  Execution,
  Fetch,
  SanctionFeedback,
} from '../domain/case-types/sanction-notice/commands.ts';
import type {
  AcceptSupervision,
  CloseSupervision,
  Criticism,
  RectificationOrder,
  RectificationReport,
  SupervisionReply,
} from '../domain/case-types/supervision/commands.ts';

const command = <Body>(name: string) => defineUpdate<CommandResult, [Command<Body>]>(name);

export const claimPush = command<ClaimPush>('claim');
export const returnPush = command<ReturnPush>('return');
export const feedBack = command<Feedback>('feedBack');

/* 中止与延期, of every case type that has such a limit. */
export const suspendLimit = command<Suspend>('suspend');
export const resumeLimit = command<Resume>('resume');
export const requestExtension = command<ExtensionRequest>('requestExtension');
export const approveExtension = command<ExtensionOpinion>('approveExtension');
export const refuseExtension = command<ExtensionOpinion>('refuseExtension');

export const rule = command<Ruling>('rule');
export const arbitrate = command<Ruling>('arbitrate');

export const claimPoolEntry = command<ClaimPoolEntry>('claim');
export const withdrawPoolEntry = command<WithdrawPoolEntry>('withdraw');

export const publishRecord = command<Publish>('publish');
export const returnRecord = command<ReturnRecord>('return');
export const resubmitRecord = command<Resubmit>('resubmit');

export const acceptSupervision = command<AcceptSupervision>('accept');
export const replySupervision = command<SupervisionReply>('reply');
export const orderRectification = command<RectificationOrder>('orderRectification');
export const reportRectification = command<RectificationReport>('reportRectification');
export const criticise = command<Criticism>('criticise');
export const closeSupervision = command<CloseSupervision>('close');

export const appealListing = command<Appeal>('appeal');
export const rejectAppeal = command<AppealDecision>('rejectAppeal');
export const upholdAppeal = command<AppealDecision>('upholdAppeal');
export const removeListing = command<Removal>('remove');

export const fetchNotice = command<Fetch>('fetch');
export const decideRestriction = command<Decision>('decide');
export const declineRestriction = command<Decline>('decline');
export const executeRestriction = command<Execution>('execute');
export const feedBackRestriction = command<SanctionFeedback>('feedBack');

/**
 * The enterprise was cancelled, so what is open of its earlier registrations is moot: a fact that nobody can refuse, keyed by
 * the number of the registration that says so. Told again, as the outbox may, it changes nothing.
 */
export const enterpriseCancelled = defineSignal<[registrationNo: string]>('enterpriseCancelled');

export const confirmLifting = command<ConfirmLifting>('confirm');

/** The listing was lifted, so the notice is moot: a fact, keyed by the lifting that says so. */
export const withdrawNotice = defineSignal<[liftingId: string]>('withdrawNotice');

/** A department confirmed its lifting: a fact for the listing, keyed by the department. */
export const liftingConfirmed = defineSignal<[departmentCode: string]>('liftingConfirmed');

export const confirmError = command<ConfirmError>('confirm');
export const rejectError = command<RejectError>('reject');
export const applyForCorrection = command<Apply>('apply');
export const applyForWithdrawal = command<ApplyWithdrawal>('applyWithdrawal');
export const approveCorrection = command<ApproveCorrection>('approve');
export const sendBackCorrection = command<SendBack>('sendBack');
export const returnCorrection = command<ReturnCorrection>('return');
export const executeCorrection = command<Execute>('execute');
export const concludeCorrection = command<ConcludeCorrection>('conclude');

export const acceptComplaint = command<AcceptComplaint>('accept');
export const declineComplaint = command<DeclineComplaint>('decline');
export const transferComplaint = command<TransferComplaint>('transfer');
export const handleComplaint = command<HandleComplaint>('handle');

/**
 * A calendar was loaded. A signal, because it is a fact; sent to every running case by Temporal's batch operation.
 * `from`: the first day that it counts differently, which lies behind the limits of most cases; left out, the case looks.
 */
export const calendarChanged = defineSignal<[version: string, from?: LegalDate]>('calendarChanged');
