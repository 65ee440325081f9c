/** Runs the tests that reach a mutant until one of them fails. */
import { forgetModules, load, NEVER, type LoadedFile, type Reached } from './reach.ts';
import { switchOff, switchOn } from './stryker.ts';

async function fails(run: () => unknown): Promise<boolean> {
  try {
    await run();
    return false;
  } catch {
    return true;
  }
}

/** In the code as it is loaded. @returns the test that fails */
export async function isKilledAlive(mutantId: string, reached: readonly Reached[]): Promise<string | undefined> {
  for (const { loaded, tests, hits } of reached) {
    for (const index of tests) {
      switchOn(mutantId, hits);
      const failed = await fails(loaded.tests[index]!.run);
      switchOff();
      if (failed && (await passesWithout(loaded, index, mutantId, hits)))
        return `${loaded.file}: ${loaded.tests[index]!.name}`;
    }
  }
  return undefined;
}

/**
 * Whether the failure is the mutant's own. Code may keep what an earlier mutant made of it: then the test fails without
 * any mutant, too, and is asked again in code loaded afresh.
 */
async function passesWithout(loaded: LoadedFile, index: number, mutantId: string, hits: number): Promise<boolean> {
  if (!(await fails(loaded.tests[index]!.run))) return true;
  forgetModules();
  loaded.tests = await load(loaded.file);
  for (const { run } of loaded.tests.filter((_, at) => loaded.durations[at] !== NEVER)) await run();
  switchOn(mutantId, hits);
  const failed = await fails(loaded.tests[index]!.run);
  switchOff();
  return failed;
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
    switchOn(mutantId, one.hits);
    try {
      const by = await failsInFile(one, placeOf(one) < far);
      if (by !== undefined) return by;
    } finally {
      switchOff();
    }
  }
  return undefined;
}

async function failsInFile({ loaded, tests, atLoading }: Reached, isNear: boolean): Promise<string | undefined> {
  const { file, durations } = loaded;
  const anew = await load(file).catch(() => undefined);
  // A table that cannot even be read.
  if (anew === undefined) return `${file} cannot be loaded`;
  const rest = atLoading && isNear ? [...anew.keys()] : [];
  const others = rest.filter((index) => !tests.includes(index) && durations[index] !== NEVER);
  const cheapest = others.sort((a, b) => (durations[a] ?? 0) - (durations[b] ?? 0));
  for (const index of [...tests, ...cheapest]) {
    const test = anew[index];
    // Where tests are made from the rows of a table that lost one, the others pass: that kills nothing.
    if (test !== undefined && (await fails(test.run))) return `${file}: ${test.name}`;
  }
  return undefined;
}
