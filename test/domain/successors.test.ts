import { expect, it } from 'vitest';
import { successorsOf } from '../../domain/case-types/sanction-lifting/successors.ts';
import { createRouter, type Department } from '../../domain/organs/departments.ts';
import { createRegionTree } from '../../domain/organs/regions.ts';

const LEVELS = [
  { code: '430000', name: '湖南省', level: 'province', parent: null },
  { code: '430100', name: '长沙市', level: 'prefecture', parent: '430000' },
  { code: '430103', name: '天心区', level: 'county', parent: '430100' },
] as const;
const COUNTY = '430103';
const tree = createRegionTree([...LEVELS], {});

/** What stands where these departments are retired. */
function reference(...retired: string[]) {
  const all = LEVELS.flatMap(({ code: regionCode }) =>
    ['health', 'registration'].map((sector): Department => {
      const code = `${regionCode}-${sector}`;
      return { code, sector, regionCode, name: code, retiredAt: retired.includes(code) ? new Date(0) : null };
    }),
  );
  const standing = all.filter(({ retiredAt }) => !retiredAt);
  return { departments: new Map(all.map((one) => [one.code, one])), router: createRouter(standing, tree) };
}

const HEALTH = LEVELS.map(({ code }) => `${code}-health`).toReversed();

it.each([
  ['none where it stands', [], {}],
  ['the next level above', HEALTH.slice(0, 1), { '430103-health': '430100-health' }],
  ['the level above that, where the next is retired too', HEALTH.slice(0, 2), { '430103-health': '430000-health' }],
  ['the authority, where no level has one', HEALTH, { '430103-health': '430103-registration' }],
  [
    'the authority above, where the authority is retired too',
    [...HEALTH, '430103-registration'],
    { '430103-health': '430100-registration' },
  ],
])('a department has as its successor %s', (_, retired, expected) => {
  expect(successorsOf(reference(...retired), ['430103-health'], COUNTY)).toEqual(expected);
});

it('where nobody is left, not even an authority, there is no successor', () => {
  const all = LEVELS.flatMap(({ code }) => [`${code}-health`, `${code}-registration`]);
  expect(successorsOf(reference(...all), ['430103-health'], COUNTY)).toStrictEqual({});
});

it('a department that is not known any more is succeeded by the authority', () => {
  expect(successorsOf(reference(), ['430103-salt'], COUNTY)).toEqual({ '430103-salt': '430103-registration' });
});
