/** 信息归集公示 (第五条第一款、第六条): submitted by the department within 7 working days, published within 20. */
import { publicationBodies } from '../domain/case-types/publication/commands.ts';
import { CaseFile } from './lib/case-file.ts';
import { openedPublication, type PublicationInput } from '../domain/case-types/publication/opening.ts';

/**
 * The registering authority publishes the record that it received, or returns it for correction. The 7 days for submission
 * are part of the 20 for publication, and neither limit stops while a record is returned. Whoever held the record longer
 * than its share answers for the delay (domain/oversight/answering.ts).
 */
export async function publication(input: PublicationInput): Promise<string> {
  const file = new CaseFile(openedPublication(input), input);
  const { recordId } = input;
  const version = () => Number(file.facts['version']);

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
    facts: { version: body.version },
    effects: [{ kind: 'version.takeUp', recordId, version: body.version }],
    notify: [{ topic: 'publication.resubmitted', to: 'registering-authority' }],
  }));

  return file.live();
}
