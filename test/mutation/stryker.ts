/** The global by which Stryker's instrumented code is told which mutant is on, and tells what was reached. */
export interface Hits {
  [mutantId: string]: number;
}

interface Stryker {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Hits; perTest: Record<string, Hits> } | undefined;
  /** How many switches may still be passed (scripts/lib/mutation/plan.ts): a test that takes far more than usual loops for ever. */
  stepsLeft?: number | undefined;
}

declare global {
  // oxlint-disable-next-line no-underscore-dangle -- Stryker's own name for it
  var __stryker__: Stryker | undefined;
}

// oxlint-disable-next-line no-underscore-dangle -- as above
export const stryker: Stryker = (globalThis.__stryker__ ??= {});

const WITHOUT_END = 1e12;

/** @returns how many switches were passed */
export async function countSteps(run: () => unknown): Promise<number> {
  stryker.stepsLeft = WITHOUT_END;
  try {
    await run();
    return WITHOUT_END - stryker.stepsLeft;
  } finally {
    stryker.stepsLeft = undefined;
  }
}

/** What a mutant may take of what is usual. */
const MORE = 5;
const AT_LEAST = 500_000;

/** With a mutant on, or none. */
export async function withMutant<T>(
  mutantId: string | undefined,
  usualSteps: number,
  run: () => Promise<T>,
): Promise<T> {
  stryker.activeMutant = mutantId;
  stryker.stepsLeft = usualSteps * MORE + AT_LEAST;
  try {
    return await run();
  } finally {
    stryker.activeMutant = undefined;
    stryker.stepsLeft = undefined;
  }
}
