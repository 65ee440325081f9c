/**
 * The facts that a case is told, used by the workflow that hears them and whoever sends them. Nobody can refuse a fact, so
 * they are Signals, which may be repeated. Commands, which may be refused, are Updates: lib/updates.ts.
 */
import { defineSignal } from '@temporalio/workflow';
import type { LegalDate } from '../domain/clock/calendar.ts';

/**
 * The enterprise was cancelled, so what is open of its earlier registrations is moot: a fact that nobody can refuse, keyed by
 * the number of the registration that says so. Told again, as the outbox may, it changes nothing.
 */
export const enterpriseCancelled = defineSignal<[registrationNo: string]>('enterpriseCancelled');

/** The listing was lifted, so the notice is moot: a fact, keyed by the lifting that says so. */
export const withdrawNotice = defineSignal<[liftingId: string]>('withdrawNotice');

/** A department confirmed its lifting: a fact for the listing, keyed by the department. */
export const liftingConfirmed = defineSignal<[departmentCode: string]>('liftingConfirmed');

/**
 * A calendar was loaded. A signal, because it is a fact; sent to every running case by Temporal's batch operation.
 * `from`: the first day that it counts differently, which lies behind the limits of most cases; left out, the case looks.
 */
export const calendarChanged = defineSignal<[version: string, from?: LegalDate]>('calendarChanged');
