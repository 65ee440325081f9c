import { supervisionBodies } from '../domain/case-types/supervision/commands.ts';
import { CaseFile } from './lib/case-file.ts';
import { handleExtension } from './lib/terms.ts';
import {
  openedSupervision,
  type SupervisionFacts,
  type SupervisionInput,
} from '../domain/case-types/supervision/opening.ts';

const REPLIED = [{ topic: 'supervision.replied', to: 'supervisor' } as const];

/**
 * The department's lead accepts and replies. The supervisor closes the case, or orders a rectification, which is reported
 * and reviewed again, as often as it takes. A department that stays idle can be criticised (通报批评).
 */
export async function supervision(input: SupervisionInput): Promise<string> {
  const file = new CaseFile(openedSupervision(input), input);
  const rounds = () => (file.facts as SupervisionFacts).rectifications ?? [];

  file.handle(supervisionBodies, 'accept', () => ({
    facts: { accepted: true },
    arm: ['supervision.reply'],
  }));
  file.handle(supervisionBodies, 'reply', (reply) => ({
    facts: { reply },
    arm: ['supervision.closing'],
    notify: REPLIED,
  }));
  handleExtension(file, {
    requested: { topic: 'supervision.extensionRequested', to: 'supervisor' },
    approved: { topic: 'supervision.extensionApproved', to: 'holder' },
    refused: { topic: 'supervision.extensionRefused', to: 'holder' },
  });
  file.handle(supervisionBodies, 'orderRectification', (order) => ({
    facts: { rectifications: [...rounds(), order] },
    arm: ['supervision.rectification'],
    notify: [{ topic: 'supervision.rectificationOrdered', to: 'holder' }],
  }));
  file.handle(supervisionBodies, 'reportRectification', (report) => ({
    facts: { rectifications: [...rounds().slice(0, -1), { ...rounds().at(-1), ...report }] },
    arm: ['supervision.closing'],
    notify: REPLIED,
  }));
  file.handle(supervisionBodies, 'criticise', (criticism) => ({
    facts: { criticised: { ...criticism, article: '第十六条' } },
    notify: [
      { topic: 'supervision.criticised', to: 'holder' },
      { topic: 'supervision.criticised', to: 'supervisor' },
      { topic: 'supervision.criticismCirculated', to: 'peers' },
    ],
  }));
  file.handle(supervisionBodies, 'close', ({ finding }) => ({
    facts: { finding },
    notify: [{ topic: 'supervision.closed', to: 'holder' }],
  }));

  return file.live();
}
