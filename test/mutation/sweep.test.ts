/** Runs the tests of the rules against the mutants of the plan, and writes a line of JSON for each (npm run mutate). */
import { appendFileSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Mutant, Plan } from '../../scripts/lib/mutation/plan.ts';
import { isKilledAlive, isKilledAnew } from './kill.ts';
import { learn } from './reach.ts';

const { MUTATION_PLAN = '', MUTATION_JOURNAL = '', MUTATION_TODO = '' } = process.env;
const note = (entry: object) => appendFileSync(MUTATION_JOURNAL, `${JSON.stringify(entry)}\n`);

test('the mutants of the plan', async () => {
  const plan = JSON.parse(readFileSync(MUTATION_PLAN, 'utf8')) as Plan;
  const todo = new Set(JSON.parse(readFileSync(MUTATION_TODO, 'utf8')) as string[]);
  note({ learning: true });
  const reach = await learn(plan.tests, (file) => note({ learning: file }));
  const judge = async ({ id, file }: Mutant) => {
    const reached = reach.of(id);
    if (reached.length === 0) return { status: 'not reached' };
    note({ id, status: 'begun' });
    const by = reach.isLive(id)
      ? await isKilledAlive(id, reached)
      : await isKilledAnew(id, reached, plan.nearest[file] ?? []);
    return by === undefined ? { status: 'survived' } : { status: 'killed', by };
  };
  for (const mutant of plan.mutants) {
    if (todo.has(mutant.id)) note({ id: mutant.id, ...(await judge(mutant)) });
  }
  expect(todo.size).toBeGreaterThan(0);
});
