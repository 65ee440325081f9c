/** How `npm run mutate` runs the tests of the rules: once to learn what each reaches, then for every mutant. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import type { Plan } from '../../scripts/lib/mutation/plan.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const TESTS = fileURLToPath(new URL('../', import.meta.url));
const STAND_INS: Record<string, string> = {
  vitest: 'collected.ts',
  'fast-check': 'few-runs.ts',
  'node:child_process': 'no-process.ts',
};
const isRuleTest = (file: string) => file.startsWith(TESTS) && !file.startsWith(here('.'));
const plan = JSON.parse(readFileSync(process.env['MUTATION_PLAN'] ?? '', 'utf8')) as Plan;

const mutants: Plugin = {
  name: 'mutants',
  enforce: 'pre',
  resolveId(id, importer = '') {
    const standIn = STAND_INS[id];
    return standIn !== undefined && isRuleTest(importer) ? here(standIn) : null;
  },
  load(id) {
    return id.startsWith(ROOT) ? plan.code[id.slice(ROOT.length)] : null;
  },
};

export default defineConfig({
  root: ROOT,
  plugins: [mutants],
  test: {
    include: ['test/mutation/sweep.test.ts'],
    pool: 'threads',
    maxWorkers: 1,
    // A mutant that never comes back is ended from outside (scripts/lib/mutation/sweep.ts).
    testTimeout: 0,
    disableConsoleIntercept: true,
  },
});
