/** Applies what a step changes besides its own case, in the step's transaction. */
import { handOver } from '../db/cases/attachments.ts';
import { acceptDraft } from '../db/intake/record-drafts.ts';
import { tellLater } from '../db/cases/told.ts';
import { publishRegistration } from '../db/intake/published.ts';
import type { CaseEffect } from '../domain/case/effects.ts';
import { receiveRecord, showRecord, takeUpVersion, withdrawRecord } from './records.ts';
import {
  decideRestriction,
  executeRestriction,
  expireRestrictions,
  handOverListing,
  liftRestrictions,
  removeListing,
} from './restrictions.ts';
import type { EffectContext } from './effect-context.ts';

export async function applyEffects(context: EffectContext, effects: readonly CaseEffect[]): Promise<void> {
  for (const effect of effects) await applyEffect(context, effect);
}

async function applyEffect(context: EffectContext, effect: CaseEffect): Promise<void> {
  // Exhaustive: a new kind does not compile until it is applied here.
  switch (effect.kind) {
    case 'version.takeUp':
      return takeUpVersion(context, effect);
    case 'record.accept':
      return acceptDraft(context.tx, context.clock, { ...context, now: context.doneAt }, effect.draftId);
    case 'record.receive':
      return receiveRecord(context, effect);
    case 'record.show':
      return showRecord(context, effect);
    case 'record.withdraw':
      return withdrawRecord(context, effect);
    case 'restriction.decide':
      return decideRestriction(context, effect);
    case 'restriction.execute':
      return executeRestriction(context);
    case 'restriction.expire':
      return expireRestrictions(context, effect);
    case 'restriction.lift':
      return liftRestrictions(context, effect);
    case 'listing.remove':
      return removeListing(context, effect);
    case 'listing.handOver':
      return handOverListing(context, effect);
    case 'registration.publish':
      return publishRegistration(context.tx, effect.registrationNo);
    case 'attachments.handOver':
      return handOver(context.tx, context.row.caseId, effect.caseId);
    case 'case.tell':
      return tellLater(context.tx, [effect]);
  }
}
