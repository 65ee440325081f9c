/**
 * Rule set of a later year than the measures: which article of the regulations on registration an event is made by. The
 * measures of 2016 stay the basis of the push (第七条); this says only what the event itself is.
 */
import type { LegalDate } from '../clock/calendar.ts';
import type { RegistrationEvent } from '../registration/words.ts';

interface EventRules {
  source: string;
  /** The day from which they hold. */
  from: LegalDate;
  articles: Readonly<Record<RegistrationEvent, string>>;
}

const RULES: EventRules = {
  source: '市场主体登记管理条例（国务院令第746号）',
  from: '2022-03-01',
  articles: {
    establish: '第二十一条',
    change: '第二十四条',
    cancel: '第三十一条',
    revoke: '第四十四条、第四十六条',
    annul: '第四十条',
    dormant: '第三十条',
    resume: '第三十条',
    moveIn: '第二十七条',
    moveOut: '第二十七条',
    filing: '第二十九条',
  },
};

/** @returns source and article of an event of that day; undefined before the rules hold. */
export function registrationRuleOn(event: RegistrationEvent, day: LegalDate) {
  const { source, from, articles } = RULES;
  return day < from ? undefined : { source, from, article: articles[event] };
}
