/** The audit log is read in Chinese: every action that the product writes has a title, and every matter a word. */
import { expect, it } from 'vitest';
import { SYSTEM_ACTIONS, titleOf } from '../../api/cases/detail.ts';
import { CASE_TYPE_IDS, TRANSITIONS } from '../../domain/case-types/case-types.ts';
import { parseCaseId } from '../../domain/case/id.ts';
import { RUNGS } from '../../domain/clock/limits.ts';
import { ACCEPTED } from '../../web/src/cases/accepted-matters.ts';
import { EN } from '../../web/src/i18n/en.ts';
import { SOURCES, text } from '../support/repository.ts';

const writing = SOURCES.filter((file) => /^(db|activities|outbox|workflows)\//.test(file));
const matches = (pattern: RegExp) => [
  ...new Set(writing.flatMap((file) => [...text(file).matchAll(pattern)].map((match) => match[1]!))),
];

/** Actions that the code names itself; all others are rows of the tables. */
const named = matches(/\baction: '([\w.]+)'/g);
/** Before a case exists, an entry stands under `registration~…` and the like. */
const beginnings = matches(/\bcaseId: `(\w+)~/g);

it('every action has its title', () => {
  expect(named).toEqual(expect.arrayContaining(['submitEvent', 'claimPublished', 'enter', 'deadline.reprojected']));
  const rungs = Object.keys(RUNGS).map((rung) => `rung:${rung}`);
  const untitled = [...named, ...rungs, 'open'].filter(
    (action) =>
      !(action in SYSTEM_ACTIONS) && !beginnings.some((beginning) => `${beginning}.${action}` in SYSTEM_ACTIONS),
  );
  expect(untitled).toEqual([]);
  const rows = CASE_TYPE_IDS.flatMap((type) => Object.keys(TRANSITIONS[type]).map((action) => titleOf(type, action)));
  expect(rows.filter((title) => !/^\p{Script=Han}/u.test(title))).toEqual([]);
});

it('every matter has its word', () => {
  expect(beginnings).toEqual(expect.arrayContaining(['record', 'registration', 'report']));
  expect(Object.keys(ACCEPTED).sort()).toEqual(beginnings.sort());
  // What was reported is told by its case.
  expect(parseCaseId('report~complaint~R1')).toBeUndefined();
  expect(Object.values(ACCEPTED).filter((word) => !(word in EN))).toEqual([]);
});
