/** The words of notices, by topic. Notices of a ladder's rungs are worded in notices.ts. */
import { CREDIT_REPAIR_TOPICS } from '../case-types/credit-repair/notices.ts';
import { SUPPORT_MEASURE_TOPICS } from '../case-types/support-measure/notices.ts';
import { OVERSIGHT_TOPICS } from './topics-oversight.ts';
import { REGISTRATION_TOPICS } from './topics-registration.ts';
import { SANCTION_TOPICS } from './topics-sanction.ts';

export const TOPICS = {
  ...REGISTRATION_TOPICS,
  ...OVERSIGHT_TOPICS,
  ...SANCTION_TOPICS,
  ...SUPPORT_MEASURE_TOPICS,
  ...CREDIT_REPAIR_TOPICS,
};

export type Topic = keyof typeof TOPICS;

/** Topics about one limit; their notices cite the article of that limit's row. */
export type TermTopic = { [T in Topic]: (typeof TOPICS)[T]['article'] extends string ? never : T }[Topic];
