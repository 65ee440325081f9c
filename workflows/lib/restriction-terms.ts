/**
 * 限制期: a listing ends the restrictions that rest on it when their terms end. A notice is closed by its feedback, long before;
 * the listing is open as long as anything can be restricted because of it.
 */
import { CancellationScope, condition, setHandler } from '@temporalio/workflow';
import type { ListingFacts, RestrictionTerm } from '../../domain/case-types/listing/opening.ts';
import { parseCaseId } from '../../domain/case/id.ts';
import { delayOf } from '../../domain/clock/spread.ts';
import { restrictionDecided } from '../messages.ts';
import type { CaseFile } from './case-file.ts';
import type { Effects } from './effects.ts';

type Terms = Record<string, RestrictionTerm>;

const termsOf = (file: CaseFile): Terms => (file.facts as ListingFacts).restrictionTerms ?? {};

const running = (file: CaseFile) =>
  Object.entries(termsOf(file))
    .filter(([, { expired }]) => !expired)
    .toSorted(([, a], [, b]) => a.expiresAt - b.expiresAt);

/** Call it before `live`. Terms are facts, so the next run and a restored case go on with them. */
export function keepRestrictionTerms(file: CaseFile): void {
  setHandler(restrictionDecided, (noticeId, validUntil, expiresAt, spread) => {
    // Told before: the outbox repeats what a restored case may have missed.
    if (termsOf(file)[noticeId]) return undefined;
    const term = { validUntil, expiresAt: Number(expiresAt), spread: Number(spread) };
    return file.act('recordTerm', () => ({ facts: { restrictionTerms: { ...termsOf(file), [noticeId]: term } } }));
  });
  // A step that cannot be recorded fails the case in `live`; here it has nobody else to tell.
  CancellationScope.nonCancellable(() => expireInTurn(file)).catch(() => undefined);
}

async function expireInTurn(file: CaseFile): Promise<void> {
  while (!file.isClosed) {
    const [first] = running(file);
    const isAnother = () => file.isClosed || running(file)[0]?.[0] !== first?.[0];
    if (!first) {
      await condition(isAnother);
      continue;
    }
    const [, { expiresAt, spread, validUntil }] = first;
    const runsAt = expiresAt + delayOf(file.opened.caseId, spread);
    const options = { summary: `限制期满（${validUntil}）` };
    if (await condition(isAnother, Math.max(runsAt - Date.now(), 1), options)) continue;
    await file.act('expireRestrictions', () => expiry(file, expiresAt), expiresAt);
  }
}

/** Ends every term that ends at this instant, and tells the departments. */
function expiry(file: CaseFile, at: number): Effects {
  const ended = running(file).filter(([, { expiresAt }]) => expiresAt <= at);
  const marked = ended.map(([noticeId, term]): [string, RestrictionTerm] => [noticeId, { ...term, expired: true }]);
  return {
    facts: { restrictionTerms: { ...termsOf(file), ...Object.fromEntries(marked) } },
    effects: ended.map(([caseId, { validUntil }]) => ({ kind: 'restriction.expire', caseId, validUntil })),
    notify: ended.flatMap(([noticeId]) => {
      const key = parseCaseId(noticeId);
      if (key?.type !== 'sanctionNotice') return [];
      return [{ topic: 'sanction.expired', to: `department:${key.departmentCode}` } as const];
    }),
  };
}
