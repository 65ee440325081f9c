/** 信息归集公示 (第五条第一款、第六条): from the department, within seven working days, onto the enterprise's page, within twenty. */
import { publicationBodies } from '../domain/case-types/publication/commands.ts';
import { CaseFile } from './lib/case-file.ts';
import { openedPublication, type PublicationInput } from '../domain/case-types/publication/opening.ts';

/**
 * The registering authority publishes what it received, or returns it for correction. The seven days to the platform lie
 * inside the twenty to publication, and neither stops while a record is returned: whoever held it longer than his part
 * answers (domain/oversight/answering.ts).
 */
export async function publication(input: PublicationInput): Promise<string> {
  const file = new CaseFile(openedPublication(input), input);
  const { recordId, generatedOn } = input;
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
    notify: [{ topic: 'publication.resubmitted', to: 'registering-authority' }],
  }));

  return file.live(
    '第五条第一款',
    [{ topic: 'publication.received', to: 'registering-authority' }],
    [
      { limitId: 'publication.submission', from: generatedOn, atRest: true },
      { limitId: 'publication.publication', from: generatedOn },
    ],
  );
}
