/** How the pushes of the last registrations would change: computed beside people's requests, for a bounded time. */
import { lastRegistrations } from '../../db/queries/last-registrations.ts';
import { EffectTally, type Effect } from '../../domain/reference-data/effect.ts';
import { createReference, type ReferenceData } from '../../domain/reference.ts';
import type { ApiContext } from '../context.ts';
import { oneAtATime } from '../http/one-at-a-time.ts';

/** In ms. What is not compared by then is left out, and the answer says so. */
const TIME = 20_000;
/** Between two looks at the clock and at people: some ms of work. */
const STEP = 20;

const inTurn = oneAtATime();

/**
 * @param giveWay waits while people are served, for some ms at most.
 * @param most registrations to compare.
 */
export function effectOf(
  { db }: Pick<ApiContext, 'db'>,
  { was, will }: { was: ReferenceData; will: ReferenceData },
  most: number,
  giveWay: (atMost: number) => Promise<void>,
): Promise<Effect> {
  return inTurn('effect', async () => {
    const tally = new EffectTally(createReference(was), createReference(will));
    const end = performance.now() + TIME;
    for await (const page of lastRegistrations(db, most)) {
      for (let from = 0; from < page.length; from += STEP) {
        const began = performance.now();
        if (began > end) return tally.result(false);
        for (const registration of page.slice(from, from + STEP)) tally.add(registration);
        await giveWay(2 * (performance.now() - began));
        await new Promise(setImmediate);
      }
    }
    return tally.result(true);
  });
}
