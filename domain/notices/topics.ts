/** The words of every notice but a ladder's, by topic. */
import { SUPPORT_MEASURE_TOPICS } from '../case-types/support-measure/notices.ts';
import { OVERSIGHT_TOPICS } from './topics-oversight.ts';
import { REGISTRATION_TOPICS } from './topics-registration.ts';
import { SANCTION_TOPICS } from './topics-sanction.ts';

export const TOPICS = {
  ...REGISTRATION_TOPICS,
  ...OVERSIGHT_TOPICS,
  ...SANCTION_TOPICS,
  ...SUPPORT_MEASURE_TOPICS,
};

export type Topic = keyof typeof TOPICS;

/** Topics that are worded for a limit, and cite its row. */
export type TermTopic = { [T in Topic]: (typeof TOPICS)[T]['article'] extends string ? never : T }[Topic];
