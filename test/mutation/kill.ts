/** Runs the tests that reach a mutant until one of them fails. */
import { forgetModules, load, NEVER, type LoadedFile, type Reached } from './reach.ts';
import { withMutant } from './stryker.ts';

/** Generous: a catalogue is read while its tests are loaded. */
const STEPS_OF_LOADING = 50_000_000;

async function fails(run: () => unknown): Promise<boolean> {
  try {
    await run();
    return false;
  } catch {
    return true;
  }
}

const stepsOf = ({ steps }: LoadedFile, index: number) => steps[index] ?? 0;

/** In the code as it is loaded. @returns the test that fails */
export async function isKilledAlive(mutantId: string, reached: readonly Reached[]): Promise<string | undefined> {
  for (const { loaded, tests } of reached) {
    for (const index of tests) {
      if (await failsWith(mutantId, loaded, index)) return `${loaded.file}: ${loaded.tests[index]!.name}`;
    }
  }
  return undefined;
}

/**
 * Whether the mutant, and nothing else, makes the test fail. Code may keep what an earlier mutant made of it: then the test
 * fails without any mutant, too, and is asked again in code loaded afresh.
 */
async function failsWith(mutantId: string, loaded: LoadedFile, index: number): Promise<boolean> {
  const run = () => fails(loaded.tests[index]!.run);
  const steps = stepsOf(loaded, index);
  if (!(await withMutant(mutantId, steps, run))) return false;
  if (!(await withMutant(undefined, steps, run))) return true;
  forgetModules();
  loaded.tests = await load(loaded.file);
  for (const [at, one] of loaded.tests.entries()) if (loaded.durations[at] !== NEVER) await one.run();
  return withMutant(mutantId, steps, run);
}

/**
 * In code that is loaded with the mutant in it.
 * @param nearest the files whose every test is run; of others only what reaches the mutant.
 * @returns the test that fails
 */
export async function isKilledAnew(
  mutantId: string,
  reached: readonly Reached[],
  nearest: readonly string[],
): Promise<string | undefined> {
  forgetModules();
  const far = nearest.length;
  const placeOf = ({ loaded: { file } }: Reached) => (nearest.includes(file) ? nearest.indexOf(file) : far);
  const near = reached.filter((one) => one.tests.length > 0 || placeOf(one) < far);
  for (const one of near.sort((a, b) => placeOf(a) - placeOf(b))) {
    const by = await failsInFile(mutantId, one, placeOf(one) < far);
    if (by !== undefined) return by;
  }
  return undefined;
}

async function failsInFile(
  mutantId: string,
  { loaded, tests, atLoading }: Reached,
  isNear: boolean,
): Promise<string | undefined> {
  const { file, durations } = loaded;
  const anew = await withMutant(mutantId, STEPS_OF_LOADING, () => load(file).catch(() => undefined));
  // A table that cannot even be read.
  if (anew === undefined) return `${file} cannot be loaded`;
  const rest = atLoading && isNear ? [...anew.keys()] : [];
  const others = rest.filter((index) => !tests.includes(index) && durations[index] !== NEVER);
  const cheapest = others.sort((a, b) => (durations[a] ?? 0) - (durations[b] ?? 0));
  for (const index of [...tests, ...cheapest]) {
    const test = anew[index];
    // Where tests are made from the rows of a table that lost one, the others pass: that kills nothing.
    if (test === undefined) continue;
    if (await withMutant(mutantId, stepsOf(loaded, index), () => fails(test.run))) return `${file}: ${test.name}`;
  }
  return undefined;
}
