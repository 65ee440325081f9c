/** Learns, without any mutant, which tests reach which mutant, and whether it can be switched on in code that is loaded. */
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { collect, type CollectedTest } from './collected.ts';
import { countSteps, stryker, type Hits } from './stryker.ts';

/** A test file with its own copy of all that it imports. */
export interface LoadedFile {
  file: string;
  tests: CollectedTest[];
  /** How long each takes, in milliseconds. */
  durations: number[];
  /** How many switches each passes. */
  steps: number[];
}

export interface Reached {
  loaded: LoadedFile;
  /** Indices of the tests that reach the mutant themselves, the quickest first. */
  tests: number[];
  /** It is evaluated while the file is loaded: any of its tests may meet it. */
  atLoading: boolean;
}

export interface Reach {
  of(mutantId: string): Reached[];
  /** Evaluated anew whenever a test runs: needs no loading. */
  isLive(mutantId: string): boolean;
}

/** Tests that start processes are left out. */
export const NEVER = Infinity;

/** What is loaded after it is evaluated anew. */
export const forgetModules = (): void => void vi.resetModules();

export async function load(file: string): Promise<CollectedTest[]> {
  const url = pathToFileURL(file).pathname;
  return collect(() => import(/* @vite-ignore */ url));
}

const hitsOf = (): { static: Hits; perTest: Record<string, Hits> } =>
  (stryker.mutantCoverage ??= { static: {}, perTest: {} });

async function runAll(loaded: LoadedFile, round: string): Promise<void> {
  for (const [index, { name, run }] of loaded.tests.entries()) {
    stryker.currentTestId = `${round}${index}`;
    const begun = performance.now();
    globalThis.startsProcess = false;
    try {
      loaded.steps[index] = await countSteps(run);
    } catch (error) {
      if (globalThis.startsProcess) {
        loaded.durations[index] = NEVER;
        continue;
      }
      throw new Error(`${loaded.file}: ${name} fails without any mutant`, { cause: error });
    }
    loaded.durations[index] = performance.now() - begun;
  }
  stryker.currentTestId = undefined;
}

export async function learn(files: readonly string[], tell: (file: string) => void): Promise<Reach> {
  const reached = new Map<string, Reached[]>();
  const needLoading = new Set<string>();
  for (const file of files) {
    tell(file);
    stryker.mutantCoverage = undefined;
    stryker.currentTestId = undefined;
    hitsOf();
    forgetModules();
    const loaded: LoadedFile = { file, tests: await load(file), durations: [], steps: [] };
    // What only the first round reaches is kept for later (a schema built when first needed, a table of characters).
    await runAll(loaded, 'first ');
    await runAll(loaded, 'again ');
    addReached(reached, needLoading, loaded);
  }
  const cost = ({ loaded: { durations } }: Reached) =>
    durations.reduce((sum, one) => sum + (one === NEVER ? 0 : one), 0);
  for (const list of reached.values()) list.sort((a, b) => cost(a) - cost(b));
  return { of: (id) => reached.get(id) ?? [], isLive: (id) => !needLoading.has(id) };
}

function addReached(reached: Map<string, Reached[]>, needLoading: Set<string>, loaded: LoadedFile): void {
  const hits = hitsOf();
  const here = new Map<string, Reached>();
  const entry = (id: string): Reached => {
    const known = here.get(id);
    if (known) return known;
    const fresh = { loaded, tests: [], atLoading: false };
    here.set(id, fresh);
    reached.set(id, [...(reached.get(id) ?? []), fresh]);
    return fresh;
  };
  for (const id of Object.keys(hits.static)) {
    entry(id).atLoading = true;
    needLoading.add(id);
  }
  for (const index of loaded.tests.keys()) {
    const first = hits.perTest[`first ${index}`] ?? {};
    const again = hits.perTest[`again ${index}`] ?? {};
    if (loaded.durations[index] === NEVER) continue;
    for (const id of Object.keys(first)) {
      const one = entry(id);
      one.tests.push(index);
      if (again[id] === undefined) {
        needLoading.add(id);
        one.atLoading = true;
      }
    }
  }
  const quickest = (a: number, b: number) => loaded.durations[a]! - loaded.durations[b]!;
  for (const { tests } of here.values()) tests.sort(quickest);
}
