/** 信息归集公示 (第五条第一款、第六条): submitted by the department within 7 working days, published within 20. */
import { publicationBodies } from '../domain/case-types/publication/commands.ts';
import { CaseFile } from './lib/case-file.ts';
import type { Effects } from './lib/effects.ts';
import { openedPublication, type PublicationInput } from '../domain/case-types/publication/opening.ts';

/**
 * A record, or an event of a published one. Where the department's lead asks for it, a second person of the department
 * reviews it first (第十九条第一款); it has been handed over when that person lets it go. The registering authority publishes
 * what it received, or returns it for correction. The 7 days for submission are part of the 20 for publication, and no limit
 * stops while a record is reviewed or returned. Whoever held the record longer than its share answers for the delay
 * (domain/oversight/answering.ts).
 */
export async function publication(input: PublicationInput): Promise<string> {
  const file = new CaseFile(openedPublication(input), input);
  const { recordId, event } = input;
  const version = () => Number(file.facts['version']);
  const brought = (number: number): Effects => ({
    facts: { version: number },
    effects: [{ kind: 'version.takeUp', recordId, version: number }],
  });

  file.handle(publicationBodies, 'approve', (review) => ({
    facts: { review },
    effects: event ? [] : [{ kind: 'record.receive', recordId }],
    notify: [{ topic: 'publication.received', to: 'registering-authority' }],
  }));
  file.handle(publicationBodies, 'sendBack', (sentBack) => ({
    facts: { sentBack },
    notify: [{ topic: 'publication.sentBack', to: 'holder' }],
  }));
  file.handle(publicationBodies, 'revise', (body, { username }) => {
    const revised = brought(body.version);
    return {
      ...revised,
      facts: { ...revised.facts, appliedBy: username },
      arm: ['publication.internalReview'],
      notify: [{ topic: 'publication.toReview', to: 'holder' }],
    };
  });
  file.handle(publicationBodies, 'publish', () => ({
    effects: [{ kind: 'record.show', recordId, version: version() }],
    notify: [{ topic: 'publication.published', to: 'holder' }],
  }));
  file.handle(publicationBodies, 'return', ({ reason }) => ({
    facts: { returnReason: reason },
    arm: ['publication.resubmission'],
    notify: [{ topic: 'publication.returned', to: 'holder' }],
  }));
  file.handle(publicationBodies, 'resubmit', (body) => ({
    ...brought(body.version),
    notify: [{ topic: 'publication.resubmitted', to: 'registering-authority' }],
  }));
  file.handle(publicationBodies, 'conclude', (conclusion) => ({ facts: { conclusion } }));

  return file.live();
}
