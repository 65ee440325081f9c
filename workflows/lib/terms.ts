/** 中止与延期 of a case's main limit: the same handlers for every case type whose table has these rows. The rows name the limit. */
import type { Recipient, TermTopic } from '../../domain/notices/notices.ts';
import {
  approvedSuspensionBodies,
  extensionBodies,
  suspensionBodies,
  type TermFacts,
} from '../../domain/case-types/terms.ts';
import type { CaseFile } from './case-file.ts';
import type { Effects } from './effects.ts';
import { resumedWithin, termIn } from './rules.ts';

export function handleSuspension(file: CaseFile, topic: TermTopic = 'limit.suspended'): void {
  file.handle(suspensionBodies, 'suspend', (body) => suspended(file, body, topic));
  handleResumption(file);
}

/** 中止 that a lead approves. */
function handleApprovedSuspension(file: CaseFile): void {
  const limitId = termIn(file.opened.caseType);
  const bodies = approvedSuspensionBodies(limitId);
  file.handle(bodies, 'requestSuspension', (body, actor) => ({
    facts: { suspension: { state: 'requested', ...body, requestedBy: actor.username } },
    notify: [{ topic: 'suspension.requested', to: 'holder', concerns: limitId }],
  }));
  file.handle(bodies, 'suspend', ({ opinion }) => {
    const { suspension } = file.facts as TermFacts;
    return suspended(file, { ...suspension, state: 'approved', opinion }, 'limit.suspended');
  });
  file.handle(bodies, 'refuseSuspension', ({ opinion }) => {
    const { suspension } = file.facts as TermFacts;
    return {
      facts: { suspension: { ...suspension, state: 'refused', opinion } },
      notify: [{ topic: 'suspension.refused', to: 'holder', concerns: limitId }],
    };
  });
  handleResumption(file);
}

function suspended(file: CaseFile, suspension: object, topic: TermTopic): Effects {
  const limitId = termIn(file.opened.caseType);
  return {
    facts: { suspended: limitId, suspension, suspensions: ((file.facts as TermFacts).suspensions ?? 0) + 1 },
    limits: [{ limitId, change: 'suspend' }],
    arm: resumedWithin(limitId),
    notify: [{ topic, to: 'supervisor', concerns: limitId }],
  };
}

function handleResumption(file: CaseFile): void {
  const limitId = termIn(file.opened.caseType);
  file.handle(suspensionBodies, 'resume', () => ({
    facts: { suspended: null },
    limits: [{ limitId, change: 'resume' }],
  }));
}

/** Who is told of each step of an extension. */
interface ExtensionNotices {
  requested: TermNotice;
  approved: TermNotice;
  refused: TermNotice;
}

interface TermNotice {
  topic: TermTopic;
  to: Recipient;
}

const OWN_LEAD_DECIDES: ExtensionNotices = {
  requested: { topic: 'extension.requested', to: 'holder' },
  approved: { topic: 'extension.approved', to: 'holder' },
  refused: { topic: 'extension.refused', to: 'holder' },
};

export function handleExtension(file: CaseFile, notices = OWN_LEAD_DECIDES): void {
  const limitId = (file.opened.facts as TermFacts).term ?? termIn(file.opened.caseType);
  const bodies = extensionBodies(limitId);
  file.handle(bodies, 'requestExtension', (body, actor) => ({
    facts: { extension: { state: 'requested', ...body, requestedBy: actor.username } },
    notify: [{ ...notices.requested, concerns: limitId }],
  }));
  const decided = (state: 'approved' | 'refused', opinion: string) => {
    const { extension } = file.facts as TermFacts;
    return { facts: { extension: { ...extension, state, opinion } }, workingDays: extension?.workingDays ?? 0 };
  };
  file.handle(bodies, 'approveExtension', ({ opinion }) => {
    const { facts, workingDays } = decided('approved', opinion);
    return {
      facts,
      limits: [{ limitId, change: 'extend', workingDays }],
      notify: [{ ...notices.approved, concerns: limitId }],
    };
  });
  file.handle(bodies, 'refuseExtension', ({ opinion }) => ({
    facts: decided('refused', opinion).facts,
    notify: [{ ...notices.refused, concerns: limitId }],
  }));
}

/** 中止 and 延期 of a norm, each by a lead's approval. */
export function handleApprovedTerms(file: CaseFile): void {
  handleApprovedSuspension(file);
  handleExtension(file);
}
