import { supervisionBodies } from '../domain/case-types/supervision/commands.ts';
import { CRITICISM_ARTICLE, type Criticism } from '../domain/case-types/supervision/criticism.ts';
import { CaseFile } from './lib/case-file.ts';
import type { Effects } from './lib/effects.ts';
import { actWhenPassed } from './lib/passing.ts';
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
  handleCriticism(file);
  file.handle(supervisionBodies, 'close', ({ finding }) => ({
    facts: { finding },
    notify: [{ topic: 'supervision.closed', to: 'holder' }],
  }));

  return file.live();
}

/**
 * A supervisor proposes; the department's lead states its opinion, or the term for it ends; then the government of the same
 * level decides (第十六条).
 */
function handleCriticism(file: CaseFile): void {
  const standing = () => (file.facts as SupervisionFacts).criticism;
  const as = (state: Criticism['state']) => ({ ...standing(), state });
  const heard = (said: object = {}): Effects => ({
    facts: { criticism: as('heard'), ...said },
    arm: ['supervision.criticism'],
    notify: [{ topic: 'supervision.criticismHeard', to: 'government' }],
  });
  const given = (criticised: object): Effects => ({
    facts: { criticism: as('given'), criticised: { ...criticised, article: CRITICISM_ARTICLE } },
    notify: [
      { topic: 'supervision.criticised', to: 'holder' },
      { topic: 'supervision.criticised', to: 'supervisor' },
      { topic: 'supervision.criticismCirculated', to: 'peers' },
    ],
  });

  file.handle(supervisionBodies, 'proposeCriticism', ({ reason, grounds }) => {
    const { declinedGrounds = [], grounds: last = [] } = standing() ?? {};
    const criticism: Criticism = { state: 'proposed', reason, grounds, declinedGrounds: [...declinedGrounds, ...last] };
    return {
      facts: { criticism, opinion: null, criticismDeclined: null },
      arm: ['supervision.statement'],
      notify: [
        { topic: 'supervision.criticismProposed', to: 'holder' },
        { topic: 'supervision.criticismProposed', to: 'government' },
      ],
    };
  });
  file.handle(supervisionBodies, 'stateOpinion', (opinion) => heard({ opinion }));
  file.handle(supervisionBodies, 'criticise', given);
  file.handle(supervisionBodies, 'recordCriticism', given);
  file.handle(supervisionBodies, 'declineCriticism', (criticismDeclined) => ({
    facts: { criticism: as('declined'), criticismDeclined },
    notify: [
      { topic: 'supervision.criticismDeclined', to: 'holder' },
      { topic: 'supervision.criticismDeclined', to: 'supervisor' },
    ],
  }));
  const isSilent = () => standing()?.state === 'proposed';
  // A step that cannot be recorded fails the case in `live`; here it has nobody else to tell.
  actWhenPassed(file, 'supervision.statement', 'endHearing', isSilent, heard).catch(() => undefined);
}
