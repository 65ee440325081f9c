/** An event of a published record, reviewed by a second person before it is handed over. */
import { publicationBodies } from '../../../domain/case-types/publication/commands.ts';
import { addDays, legalDateOf } from '../../../domain/clock/calendar.ts';
import { updateOf } from '../../../workflows/lib/updates.ts';
import { AUTHORITY, LEAD, OFFICER, type Scenario } from './player.ts';

const approveRecord = updateOf(publicationBodies, 'approve');
const publishRecord = updateOf(publicationBodies, 'publish');
const reviseRecord = updateOf(publicationBodies, 'revise');
const sendRecordBack = updateOf(publicationBodies, 'sendBack');

const daysAgo = (days: number) => addDays(legalDateOf(Date.now()), -days);

export const RECORD_EVENT_SCENARIOS: Scenario[] = [
  {
    // A penalty is annulled: an event, which a second person sends back once before it is handed over.
    name: 'publication-event-reviewed',
    async play(player, documentNo) {
      const annulled = { event: 'annul', eventId: '0123456789abcdef', version: 2, withdrawsDecision: true } as const;
      const more = { event: annulled, reviewOf: OFFICER.username };
      const publication = await player.hand(documentNo, daysAgo(1), false, more);
      await player.command(publication, sendRecordBack, LEAD, { reason: '理由不完整' });
      await player.command(publication, reviseRecord, OFFICER, { version: 3 });
      await player.command(publication, approveRecord, LEAD, { opinion: '同意' });
      await player.command(publication, publishRecord, AUTHORITY, {});
      return player.ended(publication);
    },
  },
];
