/**
 * The whole demonstration, scene by scene. @returns what each scene played, so that the end-to-end test can check audit
 * log and inbox.
 */
import { playCalendar } from './scenes/calendar.ts';
import { playComplaint } from './scenes/complaint.ts';
import { playCorrection } from './scenes/correction.ts';
import { playPoolEntry } from './scenes/pool-entry.ts';
import { playPublication } from './scenes/publication.ts';
import { playPublished } from './scenes/published.ts';
import { playRegistrationEvents } from './scenes/registration-events.ts';
import { playRegistrationPush, playTerms } from './scenes/registration-push.ts';
import { playSanction } from './scenes/sanction.ts';
import { playSupervision } from './scenes/supervision.ts';
import type { Story } from './story.ts';

export async function playAll(story: Story) {
  return {
    registrationPush: await playRegistrationPush(story),
    registrationEvents: await playRegistrationEvents(story),
    poolEntry: await playPoolEntry(story),
    published: await playPublished(story),
    terms: await playTerms(story),
    sanction: await playSanction(story),
    publication: await playPublication(story),
    correction: await playCorrection(story),
    complaint: await playComplaint(story),
    supervision: await playSupervision(story),
    calendar: await playCalendar(story),
  };
}
