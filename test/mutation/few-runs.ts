/**
 * Stands in for fast-check: few runs, of the same values for every mutant, or what one run kills would survive the next.
 * No smaller counterexample is searched for, because a failure is all that is asked for.
 */
// oxlint-disable-next-line import/no-relative-packages -- its own name leads here (vitest.config.ts)
import * as fc from '../../node_modules/fast-check/lib/fast-check.js';

export * from '../../node_modules/fast-check/lib/fast-check.js';

const MOST_RUNS = 10;
const SEED = 20160307;

const few = <T>(parameters: fc.Parameters<T> = {}): fc.Parameters<T> => ({
  ...parameters,
  seed: parameters.seed ?? SEED,
  numRuns: Math.min(parameters.numRuns ?? MOST_RUNS, MOST_RUNS),
  endOnFailure: true,
});

export const assert = ((property: fc.IProperty<unknown>, parameters?: fc.Parameters<unknown>) =>
  fc.assert(property, few(parameters))) as typeof fc.assert;

/** Examples are as many as the test asks for: it says which it needs among them. */
export const sample = ((generator: fc.Arbitrary<unknown>, parameters?: fc.Parameters<unknown> | number) =>
  fc.sample(generator, {
    seed: SEED,
    ...(typeof parameters === 'number' ? { numRuns: parameters } : parameters),
  })) as typeof fc.sample;
