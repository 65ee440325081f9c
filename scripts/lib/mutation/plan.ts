/** What is to be tested: the mutants of some files, and the tests that can reach them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { wording } from './wording.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Tests of the rules alone. What starts processes, or reads files in their thousands, tests commands and not rules. */
const TESTS = ['test/domain', 'test/web'];
const NOT_OF_THE_RULES =
  /(due-command|registration-file|registration-file-stream|matching-accuracy|articles|console-tables)\.test\.ts$/;

/** The matcher's Chinese words are its rules. */
const WORDS_ARE_RULES = /^domain\/scope/;

export interface Mutant {
  id: string;
  file: string;
  /** From 1. */
  line: number;
  mutator: string;
  /** The whole line on which it begins. */
  source: string;
  original: string;
  replacement: string;
}

/** As it is handed to the test runs. */
export interface Plan {
  mutants: Mutant[];
  /** Sources with all their mutants in them, each switched on by its id. */
  code: Record<string, string>;
  tests: string[];
}

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
    .filter((name) => name.endsWith('.ts'))
    .sort();
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Stryker leaves `as const` alone for the type checker's sake; nobody checks types here, and the tables are the rules. */
const withoutAsConst = (source: string) =>
  source.replaceAll(/ as const\b/g, (found) => ' '.repeat(found.length));

const IMPORT = /\bfrom\s+'(\.[^']+)'/g;

function importsOf(file: string): string[] {
  if (!file.endsWith('.ts')) return [];
  return [...read(file).matchAll(IMPORT)].map(([, target]) => path.posix.join(path.posix.dirname(file), target!));
}

/** Does a test import one of the files, at whatever remove? */
function reaches(test: string, files: ReadonlySet<string>): boolean {
  const seen = new Set([test]);
  for (const file of seen) {
    if (files.has(file)) return true;
    for (const target of importsOf(file)) seen.add(target);
  }
  return false;
}

const silent = () => undefined;
const no = () => false;
const LOGGER = {
  ...{ isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: no, isErrorEnabled: no },
  ...{ isFatalEnabled: no, trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
};

/** @param target a folder or file of domain/, from the root */
export async function planFor(target: string): Promise<Plan> {
  const files = target.endsWith('.ts') ? [target] : filesUnder(target);
  const plan: Plan = { mutants: [], code: {}, tests: [] };
  const instrumenter = new Instrumenter(LOGGER);
  for (const isMatcher of [false, true]) {
    const group = files.filter((file) => WORDS_ARE_RULES.test(file) === isMatcher);
    // oxlint-disable-next-line no-await-in-loop -- two groups
    await addMutants(plan, instrumenter, group, isMatcher);
  }
  const mutated = new Set(plan.mutants.map(({ file }) => file));
  const tests = TESTS.flatMap(filesUnder).filter((file) => file.endsWith('.test.ts') && !NOT_OF_THE_RULES.test(file));
  plan.tests = tests.filter((test) => reaches(test, mutated));
  return plan;
}

async function addMutants(plan: Plan, instrumenter: Instrumenter, files: string[], isMatcher: boolean): Promise<void> {
  for (const file of files) {
    const source = read(file);
    const lines = source.split('\n');
    const { files: written, mutants } = await instrumenter.instrument(
      [{ name: file, content: withoutAsConst(source), mutate: true }],
      { ignorers: isMatcher ? [] : [wording], excludedMutations: [], plugins: null },
    );
    const named = (id: string) => `${file}#${id}`;
    let code = written[0]!.content;
    // Ids begin anew in each file.
    code = code.replaceAll(/\bstry(MutAct|Cov)_9fa48\(("[\d", ]+)\)/g, (_, kind: string, ids: string) => {
      return `stry${kind}_9fa48(${ids.replaceAll(/"(\d+)"/g, (__, id: string) => JSON.stringify(named(id)))})`;
    });
    plan.code[file] = code;
    for (const { id, location, mutatorName, replacement, status } of mutants) {
      if (status === 'Ignored') continue;
      const { start, end } = location;
      plan.mutants.push({
        id: named(id),
        file,
        line: start.line + 1,
        mutator: mutatorName,
        source: lines[start.line]!.trim(),
        original: textBetween(lines, start, end),
        replacement,
      });
    }
  }
}

interface Position {
  line: number;
  column: number;
}

function textBetween(lines: readonly string[], start: Position, end: Position): string {
  if (start.line === end.line) return lines[start.line]!.slice(start.column, end.column);
  const between = lines.slice(start.line + 1, end.line);
  return [lines[start.line]!.slice(start.column), ...between, lines[end.line]!.slice(0, end.column)].join('\n');
}
