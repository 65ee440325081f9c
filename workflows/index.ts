/** Every workflow that a worker runs. All but `calendarRollout` are named after the case types of domain/case/id.ts. */
export { complaint } from './complaint.ts';
export { correction } from './correction.ts';
export { calendarRollout } from './calendar-rollout.ts';
export { listing } from './listing.ts';
export { poolEntry } from './pool-entry.ts';
export { publication } from './publication.ts';
export { registrationPush } from './registration-push.ts';
export { rollback } from './rollback.ts';
export { sanctionLifting } from './sanction-lifting.ts';
export { sanctionNotice } from './sanction-notice.ts';
export { creditRepair } from './credit-repair.ts';
export { supervision } from './supervision.ts';
export { supportMeasure } from './support-measure.ts';
