import { describe, expect, test } from 'vitest';
import { judge, LEAST_SCORE, type Explanation } from '../../scripts/lib/mutation/explained.ts';
import { planFor } from '../../scripts/lib/mutation/plan.ts';
import { FILES } from '../support/repository.ts';
import type { Status, Verdict } from '../../scripts/lib/mutation/sweep.ts';

const verdict = (status: Status, more: Partial<Verdict['mutant']> = {}): Verdict => ({
  status,
  mutant: {
    id: 'domain/a.ts#1',
    file: 'domain/a.ts',
    line: 7,
    mutator: 'EqualityOperator',
    source: 'if (a < b) return;',
    original: 'a < b',
    replacement: 'a <= b',
    ...more,
  },
});
const explanation: Explanation = { file: 'domain/a.ts', line: 'a < b', reason: 'the same, because …' };
const many = (count: number, status: Status) => Array.from({ length: count }, () => verdict(status));

describe('a run of mutants is judged', () => {
  test('by the share that was noticed, endless ones among them', () => {
    const { score, killed, of } = judge([...many(2, 'killed'), verdict('endless'), verdict('survived')], []);
    expect([score, killed, of]).toEqual([75, 3, 4]);
    expect(LEAST_SCORE).toBe(85);
  });

  test.each(['survived', 'not reached'] as const)('one that %s wants an explanation', (status) => {
    const survivor = verdict(status);
    expect(judge([survivor], []).unexplained).toEqual([survivor]);
    expect(judge([survivor], [explanation]).unexplained).toEqual([]);
  });

  test.each([
    ['another file', { file: 'domain/b.ts' }],
    ['another line', { line: 'b < a' }],
    ['another mutation', { mutator: 'StringLiteral' }],
    ['another outcome', { becomes: 'false' }],
  ])('an explanation of %s explains nothing', (_, more) => {
    expect(judge([verdict('survived')], [{ ...explanation, ...more }]).unexplained).toHaveLength(1);
  });

  test('an explanation of the same mutation holds wherever its line has moved', () => {
    const exact = { ...explanation, mutator: 'EqualityOperator', becomes: 'a <= b' };
    expect(judge([verdict('survived', { line: 99 })], [exact]).unexplained).toEqual([]);
  });

  test('an explanation is stale once its mutants are noticed, or its line is gone', () => {
    expect(judge([verdict('killed')], [explanation]).stale).toEqual([explanation]);
    expect(judge([verdict('survived')], [explanation]).stale).toEqual([]);
    expect(judge([verdict('survived', { source: 'else' })], [explanation]).stale).toEqual([explanation]);
  });

  test('of a file that was not run, nothing is said', () => {
    expect(judge([verdict('killed', { file: 'domain/b.ts' })], [explanation]).stale).toEqual([]);
  });
});

describe('what is mutated', () => {
  const find = (name: RegExp) => FILES.find((file) => file.startsWith('domain/') && name.test(file))!;
  const textsOf = async (name: RegExp) => (await planFor(find(name))).mutants.map(({ original }) => original);

  test('the rows of tables, though they are constants, by the tests that reach them', async () => {
    const { mutants, tests } = await planFor(find(/rollback\/table\.ts$|tables\/rollback\.ts$/));
    expect(mutants.map(({ original }) => original)).toContain("'rollback.ruling'");
    expect(tests).toContain('test/domain/transitions.test.ts');
    expect(tests).not.toContain('test/domain/due-command.test.ts');
  });

  test('no text that people read, but the words by which the system reads', async () => {
    expect(await textsOf(/\/roles\.ts$/)).not.toContain("'登记机关'");
    expect(await textsOf(/\/record-fields\.ts$/)).toContain("'许可内容'");
    expect(await textsOf(/scope\/trades\.ts$/)).toContain("'批发兼零售'");
  });
});
