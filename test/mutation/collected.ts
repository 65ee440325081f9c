/** Stands in for vitest in the tests of the rules: they are collected instead of run, so that each can be run per mutant. */
import { expect } from 'vitest';

export { expect };

type Body = (...args: never[]) => unknown;

export interface CollectedTest {
  name: string;
  run: () => unknown;
}

declare global {
  /** Each test file is loaded with a copy of this module of its own. */
  var collectedTests: { tests: CollectedTest[]; path: string[] } | undefined;
}

/** Loads a test file and gives its tests. */
export async function collect(load: () => Promise<unknown>): Promise<CollectedTest[]> {
  const tests: CollectedTest[] = [];
  globalThis.collectedTests = { tests, path: [] };
  await load();
  return tests;
}

const now = () => globalThis.collectedTests ?? { tests: [], path: [] };
const call = (body: Body, args: readonly unknown[]): unknown =>
  (body as (...given: readonly unknown[]) => unknown)(...args);

/** Of speed nothing can be said: code with its mutants in it is slow. */
const IS_ABOUT_SPEED = /in linear time/;

function add(name: string, body: Body, args: readonly unknown[] = []): void {
  if (IS_ABOUT_SPEED.test(name)) return;
  const { tests, path } = now();
  tests.push({ name: [...path, name].join(' > '), run: () => call(body, args) });
}

function enter(name: string, body: Body, args: readonly unknown[] = []): void {
  const { path } = now();
  path.push(name);
  call(body, args);
  path.pop();
}

type Declare = (name: string, body: Body, args?: readonly unknown[]) => void;

/** As vitest: rows that are all arrays are spread. */
const eachOf = (declare: Declare) => (rows: readonly unknown[]) => (name: string, body: Body) => {
  const spread = rows.every((row) => Array.isArray(row));
  for (const [index, row] of rows.entries()) {
    declare(`${name} [${index}]`, body, spread ? (row as readonly unknown[]) : [row]);
  }
};

const nothing = () => undefined;
const declaring = (declare: Declare) =>
  Object.assign((name: string, body: Body) => declare(name, body), {
    each: eachOf(declare),
    skipIf: (condition: unknown) => (condition ? nothing : (name: string, body: Body) => declare(name, body)),
  });

export const test = declaring(add);
export const it = declaring(add);
export const describe = declaring(enter);
