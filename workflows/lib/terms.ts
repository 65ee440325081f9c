/** 中止与延期 of a case's main limit: the same commands wherever a case type's table has their rows. */
import type { LimitId } from '../../domain/limits.ts';
import {
  extensionOpinionSchema,
  extensionSchema,
  resumeSchema,
  suspendSchema,
  type TermFacts,
} from '../../domain/terms.ts';
import { approveExtension, refuseExtension, requestExtension, resumeLimit, suspendLimit } from '../messages.ts';
import type { CaseFile } from './case-file.ts';

export function handleTerms(file: CaseFile, limitId: LimitId): void {
  file.handle(suspendLimit, 'suspend', suspendSchema, (body) => ({
    facts: { suspended: limitId, suspension: body },
    limits: [{ limitId, change: 'suspend' }],
    notify: [{ topic: 'limit.suspended', to: 'supervisor' }],
  }));
  file.handle(resumeLimit, 'resume', resumeSchema, () => ({
    facts: { suspended: null },
    limits: [{ limitId, change: 'resume' }],
  }));
  file.handle(requestExtension, 'requestExtension', extensionSchema(limitId), ({ workingDays, reason }, actor) => ({
    facts: { extension: { state: 'requested', workingDays, reason, requestedBy: actor.username } },
    notify: [{ topic: 'extension.requested', to: 'holder' }],
  }));
  const decided = (state: 'approved' | 'refused', opinion: string) => {
    const { extension } = file.facts as TermFacts;
    return { facts: { extension: { ...extension, state, opinion } }, workingDays: extension?.workingDays ?? 0 };
  };
  file.handle(approveExtension, 'approveExtension', extensionOpinionSchema, ({ opinion }) => {
    const { facts, workingDays } = decided('approved', opinion);
    return {
      facts,
      limits: [{ limitId, change: 'extend', workingDays }],
      notify: [{ topic: 'extension.approved', to: 'holder' }],
    };
  });
  file.handle(refuseExtension, 'refuseExtension', extensionOpinionSchema, ({ opinion }) => ({
    facts: decided('refused', opinion).facts,
    notify: [{ topic: 'extension.refused', to: 'holder' }],
  }));
}
