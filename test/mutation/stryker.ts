/** The global by which Stryker's instrumented code is told which mutant is on, and tells what was reached. */
export interface Hits {
  [mutantId: string]: number;
}

interface Stryker {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Hits; perTest: Record<string, Hits> } | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

declare global {
  // oxlint-disable-next-line no-underscore-dangle -- Stryker's own name for it
  var __stryker__: Stryker | undefined;
}

// oxlint-disable-next-line no-underscore-dangle -- as above
export const stryker: Stryker = (globalThis.__stryker__ ??= {});

/** A mutant that is met far more often than its original loops for ever. */
export function switchOn(mutantId: string, usualHits: number): void {
  stryker.activeMutant = mutantId;
  stryker.hitCount = 0;
  stryker.hitLimit = usualHits * 2 + 5000;
}

export function switchOff(): void {
  stryker.activeMutant = undefined;
  stryker.hitCount = undefined;
}
