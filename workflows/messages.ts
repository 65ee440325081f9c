/**
 * The facts that a case is told, for the workflow that hears them and the code that sends them. They are Signals, because
 * nobody can refuse a fact. A Signal may be repeated. Commands, which may be refused, are Updates (lib/updates.ts).
 */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { RecordedSteps } from '../domain/case/recorded-step.ts';
import type { LegalDate } from '../domain/clock/calendar.ts';

/**
 * The enterprise was cancelled, so the open cases of its earlier registrations are moot. Carries the number of the
 * cancelling registration. The outbox may repeat it; the repetition changes nothing.
 */
export const enterpriseCancelled = defineSignal<[registrationNo: string]>('enterpriseCancelled');

/** The listing was lifted, so the notice is moot. Carries the id of the lifting case. */
export const withdrawNotice = defineSignal<[liftingId: string]>('withdrawNotice');

/**
 * Tells the listing until when a department restricts because of it. Carries the notice's case id, the last day, and when
 * and how spread its timer runs: engine time and ms, as text.
 */
export const restrictionDecided =
  defineSignal<[noticeId: string, validUntil: LegalDate, expiresAt: string, spread: string]>('restrictionDecided');

/**
 * The organ that listed has taken the entry off its list, or granted its repair. Carries the ground, the day, the number of the decision, and by
 * what and whom it was told; texts may be empty.
 */
export const listingEnded =
  defineSignal<[ground: string, endedOn: LegalDate, documentNo: string, source: string, by: string]>('listingEnded');

/** The entry is missing in its organ's list of a day: the organ is asked whether it stands. */
export const listingQuestioned = defineSignal<[day: LegalDate]>('listingQuestioned');

/** An entry about which was asked stands in its organ's list of a day. */
export const listingConfirmed = defineSignal<[day: LegalDate]>('listingConfirmed');

/** The department that decided was retired. Carries its code. */
export const deciderRetired = defineSignal<[departmentCode: string]>('deciderRetired');

/** The entry left its list otherwise, so an application for its repair is moot. */
export const entryRemoved = defineSignal<[listingId: string]>('entryRemoved');

/** Tells the listing that a department has confirmed its lifting. Carries the department's code. */
export const liftingConfirmed = defineSignal<[departmentCode: string]>('liftingConfirmed');

/** A record of the enterprise came from the department that holds the push: what was to be brought onto the platform is there. */
export const recordAggregated = defineSignal<[recordId: string, generatedOn: LegalDate]>('recordAggregated');

/**
 * A calendar was loaded. Sent to every running case by Temporal's batch operation.
 * `from`: the first day that the new calendar counts differently. A case whose limits end before it does nothing; without
 * `from` every case asks the database.
 */
export const calendarChanged = defineSignal<[version: string, from?: LegalDate]>('calendarChanged');

/** Which steps the case knows to be in the record: compared with it after a backup was put back (outbox/compare-case.ts). */
export const recordedSteps = defineQuery<RecordedSteps>('recordedSteps');
