/**
 * The tables. Times are legal time (UTC+8 law read on the system's clock, see domain/clock/clock.ts), except those named
 * recordedAt, and those with which sessions, outbox and deliveries are compared: they are the database's own.
 */
export * from './schema/accounts.ts';
export * from './schema/attachments.ts';
export * from './schema/cases.ts';
export * from './schema/clock-readings.ts';
export * from './schema/complaints.ts';
export * from './schema/effects.ts';
export * from './schema/enterprises.ts';
export * from './schema/first-loads.ts';
export * from './schema/listings.ts';
export * from './schema/proposals.ts';
export * from './schema/records.ts';
export * from './schema/reference.ts';
export * from './schema/registrations.ts';
export * from './schema/settings.ts';
export * from './schema/submissions.ts';
export * from './schema/subscriptions.ts';
export * from './schema/tallies.ts';
