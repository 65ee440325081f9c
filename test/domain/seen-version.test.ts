/** What was seen is what is decided (第十九条第一款): a decision about another version than the case’s is none. */
import { expect, test } from 'vitest';
import { correctionBodies } from '../../domain/case-types/correction/commands.ts';
import { publicationBodies } from '../../domain/case-types/publication/commands.ts';
import { isAboutAnotherVersion, seenVersion } from '../../domain/case/seen-version.ts';

test.each<[unknown, boolean, string]>([
  [{ seenVersion: 2 }, false, 'the version that the case is about'],
  [{ seenVersion: 1 }, true, 'an earlier one'],
  [{ seenVersion: 3 }, true, 'a later one'],
  [{ reason: '理由' }, false, 'said nothing: not compared'],
  [{ seenVersion: undefined }, false, 'left empty: not compared'],
  [undefined, false, 'a command without a body'],
  [null, false, 'nothing'],
  ['seenVersion', false, 'a text'],
])('of a case about version 2, %j is about another: %s (%s)', (body, another) => {
  expect(isAboutAnotherVersion({ version: 2 }, body)).toBe(another);
});

test.each([
  ['publication.publish', publicationBodies.publish, {}],
  ['publication.return', publicationBodies.return, { reason: '不完整' }],
  ['correction.approve', correctionBodies.approve, { opinion: '同意' }],
  ['correction.sendBack', correctionBodies.sendBack, { reason: '材料不全' }],
  ['correction.return', correctionBodies.return, { reason: '不能执行' }],
  ['correction.execute', correctionBodies.execute, {}],
])('%s, which decides about a content, may say which version was seen', (_, schema, body) => {
  expect(schema.parse({ ...body, seenVersion: 2 })).toEqual({ ...body, seenVersion: 2 });
});

test('a case that has no version yet is not the one that was seen', () => {
  expect(isAboutAnotherVersion({}, { seenVersion: 1 })).toBe(true);
});

test.each([
  [undefined, true],
  [1, true],
  [7, true],
  [0, false],
  [1.5, false],
  ['1', false],
])('versions are counted from 1: %j may be named: %s', (version, may) => {
  expect(seenVersion().safeParse(version).success).toBe(may);
});
