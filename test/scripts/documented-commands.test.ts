/** Every command in a document is run by a test or has a reason: test/support/documented-commands.ts lists them. */
import { expect, test } from 'vitest';
import { COMMANDS, DOCUMENTED, SCRIPTS } from '../support/documented-commands.ts';
import { FILES, json } from '../support/repository.ts';

const shown = DOCUMENTED.filter((each) => !SCRIPTS.includes(each));
const inBlocks = shown.filter(({ inBlock }) => inBlock).map(({ command }) => command);

test('every command of a document is run by a test, or has its reason', () => {
  // A sentence may name a command from a block without its arguments.
  const isShort = (command: string) => inBlocks.some((long) => long.startsWith(`${command} `));
  const unknown = shown.filter(
    ({ command, inBlock }) => !Object.hasOwn(COMMANDS, command) && (inBlock || !isShort(command)),
  );
  expect(unknown.map(({ file, command }) => `${file}: ${command}`)).toEqual([]);
});

test('every row is about a command that a document shows', () => {
  const commands = new Set(shown.map(({ command }) => command));
  expect(Object.keys(COMMANDS).filter((command) => !commands.has(command))).toEqual([]);
});

test('a reason names tests that exist', () => {
  const reasons = Object.values(COMMANDS).filter((entry) => typeof entry === 'string');
  const named = reasons.flatMap((reason) => reason.match(/\b[\w/.-]+\.ts\b/g) ?? []);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((file) => !FILES.includes(file))).toEqual([]);
});

test('every script that is named is one of package.json', () => {
  const { scripts } = json('package.json') as { scripts: Record<string, string> };
  const named = shown.flatMap(({ command }) =>
    [...command.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name!),
  );
  expect(named).toContain('match');
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

test('what the documents show is read: blocks of commands, a script, sentences', () => {
  expect(inBlocks).toEqual(expect.arrayContaining(['npm ci && npm start', 'npm run demo', 'npm run check']));
  expect(SCRIPTS.map(({ file }) => file)).toEqual(['README.zh-CN.md']);
  expect(shown).toContainEqual(expect.objectContaining({ file: 'docs/operations.md', command: 'npm run worker' }));
});
