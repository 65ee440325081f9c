/** 名单核实: what makes an entry doubtful is asked of the organ that decided, and ends nothing (第九条第一款). */
import { setHandler } from '@temporalio/workflow';
import type { LegalDate } from '../../domain/clock/calendar.ts';
import { isOfCourt, type ListingFacts, type ListingInput } from '../../domain/case-types/listing/opening.ts';
import { isAnsweredBy, isToAsk, type QuestionGround } from '../../domain/case-types/listing/question.ts';
import { listingConfirmed, listingQuestioned } from '../messages.ts';
import type { CaseFile } from './case-file.ts';
import { afterTerm } from './listing-term.ts';

/** Call it before `live`. */
export function keepListingQuestions(file: CaseFile, { list, term, listedAt }: ListingInput): void {
  const ofCourt = isOfCourt(list);
  const facts = (): ListingFacts => file.facts;
  const ask = async (ground: QuestionGround, day: LegalDate, at?: number) => {
    if (file.stage !== 'listed' || !isToAsk(facts().question, ground, day)) return;
    const asked = { question: { state: 'pending', ground, day } };
    await file.act(
      'question',
      () => ({
        facts: ground === 'term-over' ? { ...asked, termQuestioned: true } : asked,
        // No clock is kept for a court.
        arm: ofCourt ? [] : ['listing.question'],
        notify: [{ topic: ground === 'term-over' ? 'listing.termOver' : 'listing.missing', to: 'holder' }],
      }),
      at,
    );
  };
  setHandler(listingQuestioned, (day) => ask('missing', day));
  setHandler(listingConfirmed, async (day) => {
    const { question } = facts();
    if (file.stage !== 'listed' || !isAnsweredBy(question, day)) return;
    await file.act('confirmListed', () => ({ facts: { question: { ...question, state: 'confirmed', day } } }));
  });
  if (ofCourt && term && !facts().termQuestioned) {
    // An entry may come after its term: the question is not older than the entry.
    afterTerm(file, term, (expiresAt) => ask('term-over', term.listedUntil, Math.max(expiresAt, listedAt)));
  }
}
