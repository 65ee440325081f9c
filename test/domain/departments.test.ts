import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { buildDepartments, createRouter, sectorsSchema } from '../../domain/organs/departments.ts';
import { isProvince } from '../../domain/organs/region-code.ts';
import { createRegionTree, divisionsSchema } from '../../domain/organs/regions.ts';
import { registeringAuthorityOf } from '../../domain/organs/registering-authority.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/${path}`, import.meta.url), 'utf8'));
const { regions, formerCodes } = divisionsSchema.parse(read('divisions/430000.json'));
const { sectors } = sectorsSchema.parse(read('departments/sectors.json'));
const departments = buildDepartments(sectors, regions);
const tree = createRegionTree(regions, formerCodes);
const router = createRouter(departments, tree);

describe('departments', () => {
  test('are one for each sector and region of its levels, with a code and name of their own', () => {
    expect(new Set(departments.map((d) => d.code)).size).toBe(departments.length);
    expect(new Set(departments.map((d) => d.name)).size).toBe(departments.length);
    expect(departments).toContainEqual({
      code: '430103-agriculture',
      sector: 'agriculture',
      regionCode: '430103',
      name: '天心区农业农村主管部门',
    });
  });

  test('every region has one registering authority', () => {
    for (const { code, name } of regions) {
      expect(router.registeringAuthority(code)).toMatchObject({
        code: registeringAuthorityOf(code),
        name: `${name}登记机关`,
      });
    }
    expect(router.registeringAuthority('110101')).toBeUndefined();
  });
});

test('a code tells by itself whether it is that of the whole province', () => {
  expect(regions.filter(({ code }) => isProvince(code)).map(({ level }) => level)).toEqual(['province']);
});

describe('routing (第七条第二款)', () => {
  test('the same level is told where it has the department', () => {
    expect(router.route('agriculture', '430103')).toMatchObject({
      department: { code: '430103-agriculture' },
      fallback: false,
      tried: [],
    });
  });

  test('where the same level has none, the nearest above is told, and those looked for are named', () => {
    expect(router.route('ecology', '430103')).toMatchObject({
      department: { code: '430100-ecology' },
      fallback: true,
      tried: ['430103-ecology'],
    });
    expect(router.route('communications', '430103')).toMatchObject({
      department: { code: '430000-communications' },
      fallback: true,
      tried: ['430103-communications', '430100-communications'],
    });
  });

  test('a former region code goes to today’s department', () => {
    expect(router.route('agriculture', '430124')?.department.code).toBe('430182-agriculture');
  });

  test('the department found stands in the region or above it, at the lowest level that the sector has', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sectors), fc.constantFrom(...regions), (sector, region) => {
        const route = router.route(sector.id, region.code);
        const levels = tree.ancestors(region.code).map(({ level }) => level);
        expect(tree.contains(route!.department.regionCode, region.code)).toBe(true);
        expect(tree.levelOf(route!.department.regionCode)).toBe(levels.find((level) => sector.levels.includes(level)));
      }),
    );
  });

  test('an unknown sector or region has no department', () => {
    expect(router.route('astrology', '430103')).toBeUndefined();
    expect(router.route('agriculture', '110101')).toBeUndefined();
  });

  test('every item of the catalogue reaches a department from every region', () => {
    const unreached = loadCatalogue().items.flatMap(({ id, sector }) =>
      regions.filter(({ code }) => !router.route(sector, code)).map(({ code }) => `${id} ${code}`),
    );
    expect(unreached).toEqual([]);
  });
});

describe('a sectors file is refused', () => {
  const row = { id: 'registration', name: '登记机关', levels: ['county'], basis: 'test' };
  test.each([
    ['where a sector stands twice', [row, row]],
    ['where registering authorities are missing', [{ ...row, id: 'health' }]],
    ['where a row does not say why', [{ ...row, basis: '' }]],
    ['where a sector has no level', [{ ...row, levels: [] }]],
  ])('%s', (_, rows) => {
    expect(sectorsSchema.safeParse({ source: 'test', sectors: rows }).success).toBe(false);
  });

  // Ids are parts of department codes, and these of case ids.
  test.each(['Health', 'health1', '1health', 'health-', '-health', 'health--care', 'health~care', ''])(
    'where a sector’s id is %j',
    (id) => {
      expect(sectorsSchema.safeParse({ source: 'test', sectors: [row, { ...row, id }] }).success).toBe(false);
    },
  );

  test('with the reason, so that whoever maintains it can mend it', () => {
    const messages = (rows: object[]) =>
      sectorsSchema.safeParse({ source: 'test', sectors: rows }).error?.issues.map(({ message }) => message);
    expect(messages([row, row])).toEqual(['部门类别重复']);
    expect(messages([{ ...row, id: 'health' }])).toEqual(['缺少登记机关（registration）']);
  });
});
