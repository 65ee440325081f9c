/** What is to be tested: the mutants of some files, and the tests that can reach them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Tests of the rules alone. What starts processes, or reads files in their thousands, tests commands and not rules. */
const TESTS = ['test/domain', 'test/web'];
const NOT_OF_THE_RULES =
  /(due-command|registration-file|registration-file-stream|matching-accuracy|articles|console-tables)\.test\.ts$/;

/** Chinese characters and their punctuation: what people read. No test of a rule should pin its wording. */
const TEXT = /[\p{Script=Han}、。，：；—“”（）]/u;
/** There, Chinese words are rules: the matcher's, and the names by which the columns of files are recognised. */
const WORDS_ARE_RULES = { files: /^domain\/scope\//, lines: /\blabels:/ };

/** An emptied text changes no rule. What decides something inside of a text is mutated all the same. */
const isWording = ({ file, mutator, original, source }: Mutant): boolean =>
  mutator === 'StringLiteral' &&
  TEXT.test(original) &&
  !WORDS_ARE_RULES.files.test(file) &&
  !WORDS_ARE_RULES.lines.test(source);

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
  /** Of each file, the tests that are nearest to it by imports: they answer for its constants. */
  nearest: Record<string, string[]>;
}

/** A constant is met by nearly every test, if only by being loaded: those nearest to it are to notice. */
const NEAREST = 6;

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
    .filter((name) => name.endsWith('.ts'))
    .sort();
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Stryker leaves `as const` alone for the type checker's sake; nobody checks types here, and the tables are the rules. */
const withoutAsConst = (source: string) => source.replaceAll(/ as const\b/g, (found) => ' '.repeat(found.length));

const IMPORT = /^(?:import|export)\s(?!type\b)[^;'"]*?\bfrom\s+'(\.[^']+)'/gm;

const imports = new Map<string, string[]>();

function importsOf(file: string): string[] {
  const known = imports.get(file);
  if (known) return known;
  const found = file.endsWith('.ts') ? [...read(file).matchAll(IMPORT)].map(([, target]) => target!) : [];
  const targets = found.map((target) => path.posix.join(path.posix.dirname(file), target));
  imports.set(file, targets);
  return targets;
}

/** How many imports away everything is that a test reaches. */
function distancesFrom(test: string): Map<string, number> {
  const distances = new Map([[test, 0]]);
  for (const [file, distance] of distances) {
    for (const target of importsOf(file)) if (!distances.has(target)) distances.set(target, distance + 1);
  }
  return distances;
}

const silent = () => undefined;
const no = () => false;
const LOGGER = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
};

/** @param target a folder or file of domain/, from the root */
export async function planFor(target: string): Promise<Plan> {
  const files = target.endsWith('.ts') ? [target] : filesUnder(target);
  const plan: Plan = { mutants: [], code: {}, tests: [], nearest: {} };
  const instrumenter = new Instrumenter(LOGGER);
  for (const file of files) await addMutants(plan, instrumenter, file);
  const mutated = new Set(plan.mutants.map(({ file }) => file));
  const tests = TESTS.flatMap(filesUnder).filter((file) => file.endsWith('.test.ts') && !NOT_OF_THE_RULES.test(file));
  const reach = tests.map((test) => ({ test, distances: distancesFrom(test) }));
  plan.tests = reach
    .filter(({ distances }) => [...mutated].some((file) => distances.has(file)))
    .map(({ test }) => test);
  for (const file of mutated) {
    const reaching = reach.flatMap(({ test, distances }) => {
      const distance = distances.get(file);
      return distance === undefined ? [] : [{ test, distance }];
    });
    const nearest = reaching.sort((a, b) => a.distance - b.distance).slice(0, NEAREST);
    plan.nearest[file] = nearest.map(({ test }) => test);
  }
  return plan;
}

const OPTIONS = { ignorers: [], excludedMutations: [], plugins: null };

async function addMutants(plan: Plan, instrumenter: Instrumenter, file: string): Promise<void> {
  const source = read(file);
  const lines = source.split('\n');
  const input = { name: file, content: withoutAsConst(source), mutate: true };
  const { files, mutants } = await instrumenter.instrument([input], OPTIONS);
  plan.code[file] = withNames(file, files[0]!.content);
  for (const { id, location, mutatorName, replacement } of mutants) {
    const { start, end } = location;
    const mutant: Mutant = {
      id: nameOf(file, id),
      file,
      line: start.line + 1,
      mutator: mutatorName,
      source: lines[start.line]!.trim(),
      original: textBetween(lines, start, end),
      replacement,
    };
    if (!isWording(mutant)) plan.mutants.push(mutant);
  }
}

const nameOf = (file: string, id: string) => `${file}#${id}`;

const SWITCH = 'function isActive(id) {';
/** Stryker ends a loop that its mutant stands in; by counting every switch that is passed, any loop that a mutant caused. */
const COUNTED = `${SWITCH} if (ns.stepsLeft !== undefined && --ns.stepsLeft < 0) throw new Error('endless');`;

/** Stryker numbers the mutants of each call from 0: here each file is a call. */
function withNames(file: string, code: string): string {
  return code
    .replace(SWITCH, COUNTED)
    .replaceAll(/\bstry(MutAct|Cov)_9fa48\(("[\d", ]+)\)/g, (_, kind: string, ids: string) => {
      const names = ids.replaceAll(/"(\d+)"/g, (__, id: string) => JSON.stringify(nameOf(file, id)));
      return `stry${kind}_9fa48(${names})`;
    });
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
