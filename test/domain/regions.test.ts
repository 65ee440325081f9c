import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isWithin } from '../../domain/organs/region-code.ts';
import { createRegionTree, divisionsSchema, regionSchema } from '../../domain/organs/regions.ts';

const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));
const divisions = divisionsSchema.parse(read(new URL('../../data/divisions/430000.json', import.meta.url)));
const tree = createRegionTree(divisions.regions, divisions.formerCodes);
const anyRegion = fc.constantFrom(...divisions.regions);

describe('the regions of Hunan', () => {
  test('are one province, 14 prefectures and 122 counties', () => {
    const count = (level: string) => divisions.regions.filter((region) => region.level === level).length;
    expect([count('province'), count('prefecture'), count('county')]).toEqual([1, 14, 122]);
  });

  test('are told by their codes alone as by the tree', () => {
    const { regions } = divisions;
    for (const outer of regions) {
      const inside = regions.filter((region) => isWithin(region.code, outer.code)).map((region) => region.code);
      expect(new Set(inside)).toEqual(new Set(tree.subtreeCodes(outer.code)));
    }
  });

  test.each([
    ['430124', '430182', '宁乡市'],
    ['430221', '430212', '渌口区'],
    ['430521', '430582', '邵东市'],
    ['431121', '431181', '祁阳市'],
  ])('the former code %s is understood as %s %s', (former, code, name) => {
    expect(tree.resolve(former)).toMatchObject({ code, name });
    expect(tree.ancestors(former)[0]?.code).toBe(code);
    expect(tree.subtreeCodes(former)).toEqual([code]);
    expect(tree.contains('430000', former)).toBe(true);
    expect(tree.contains(former, code)).toBe(true);
  });

  test('ancestors go from the region itself up to the province', () => {
    expect(tree.ancestors('430103').map((region) => region.name)).toEqual(['天心区', '长沙市', '湖南省']);
  });

  test('a region contains another exactly where it is among its ancestors, and then holds it in its subtree', () => {
    fc.assert(
      fc.property(anyRegion, anyRegion, (outer, inner) => {
        const isAncestor = tree.ancestors(inner.code).some((region) => region.code === outer.code);
        expect(tree.contains(outer.code, inner.code)).toBe(isAncestor);
        expect(tree.subtreeCodes(outer.code).includes(inner.code)).toBe(isAncestor);
      }),
    );
  });

  test.each(['110101', '430199', '43', '', '__proto__', 'constructor'])(
    'a code that no edition knows, %j, is nowhere',
    (code) => {
      expect(tree.resolve(code)).toBeUndefined();
      expect(tree.levelOf(code)).toBeUndefined();
      expect(tree.ancestors(code)).toEqual([]);
      expect(tree.subtreeCodes(code)).toEqual([]);
      expect(tree.contains('430000', code)).toBe(false);
      expect(tree.contains(code, '430000')).toBe(false);
      expect(tree.contains(code, code)).toBe(false);
    },
  );

  test('are listed by code, each behind the one that it lies in, in whatever order they were read', () => {
    const codes = (regions: typeof divisions.regions) => createRegionTree(regions, {}).all.map(({ code }) => code);
    const sorted = divisions.regions.map(({ code }) => code).toSorted();
    expect(codes(divisions.regions)).toEqual(sorted);
    expect(codes(divisions.regions.toReversed())).toEqual(sorted);
  });

  test('levels are told apart', () => {
    expect(['430000', '430100', '430103'].map((code) => tree.levelOf(code))).toEqual([
      'province',
      'prefecture',
      'county',
    ]);
  });
});

describe('a divisions file is refused', () => {
  const province = { code: '430000', name: '湖南省', level: 'province', parent: null };
  const county = { code: '430103', name: '天心区', level: 'county', parent: '430000' };
  test.each([
    ['where a level is skipped', [province, county], {}],
    ['where a parent is missing', [province, { ...county, level: 'prefecture', parent: '430200' }], {}],
    ['where regions go round in a circle', [{ ...province, level: 'prefecture', parent: '430000' }], {}],
    ['where a code stands twice', [province, province], {}],
    ['where a former code leads nowhere', [province], { '430124': '430182' }],
    ['where a former code is in force', [province], { '430000': '430000' }],
  ])('%s', (_, regions, formerCodes) => {
    expect(divisionsSchema.safeParse({ source: 'test', regions, formerCodes }).success).toBe(false);
  });

  // GB/T 2260: six digits.
  test.each(['43000', '4300000', 'a430000', '430000a', 'x'])('where a code is %j', (code) => {
    const accepts = (regions: object[], formerCodes: object) =>
      divisionsSchema.safeParse({ source: 'test', regions, formerCodes }).success;
    expect(accepts([province], { '430124': '430000' })).toBe(true);
    expect(accepts([{ ...province, code }], {})).toBe(false);
    expect(accepts([province], { [code]: '430000' })).toBe(false);
    expect(accepts([province, { ...province, code }], { '430124': code })).toBe(false);
  });

  test('with the reason, so that whoever maintains it can mend it', () => {
    const messages = (regions: object[], formerCodes: object = {}) =>
      divisionsSchema.safeParse({ source: 'test', regions, formerCodes }).error?.issues.map(({ message }) => message);
    expect(messages([province, { ...county, parent: '430200' }])).toEqual(['430103的上级430200不存在或级别不符']);
    expect(messages([{ ...province, level: 'prefecture' }])).toEqual(['430000的上级（空）不存在或级别不符']);
    expect(messages([province], { '430124': '430182' })).toEqual(['旧代码430124对应的430182不是现行代码']);
  });
});

test('every code of the 2016 edition is understood, as the region that carries its name or the name’s stem today', () => {
  const edition = z.record(z.string(), z.string());
  const codes = edition.parse(createRequire(import.meta.url)('gb2260/lib/201607.json'));
  // 市辖区 is a heading of the old lists, not a region.
  const ofHunan = Object.entries(codes).filter(([code, name]) => code.startsWith('43') && name !== '市辖区');
  expect(ofHunan).toHaveLength(137);
  // 株洲县 became 渌口区.
  const unlike = ofHunan.filter(([code, name]) => tree.resolve(code)?.name.slice(0, 2) !== name.slice(0, 2));
  expect(unlike).toEqual([['430221', '株洲县']]);
  expect(ofHunan.filter(([code]) => tree.resolve(code)?.code.slice(0, 4) !== code.slice(0, 4))).toEqual([]);
});

const SHARED = new URL('../../../shared/data/hunan-divisions.json', import.meta.url);

// If a reference table lies beside the checkout, made from the same sources by others, it must agree.
test.each([SHARED].filter((file) => existsSync(file)))(
  'the file is the reference’s current edition, row for row, and every code of its 2016 resolves (%s)',
  (file) => {
    const edition = z.object({ rows: z.array(regionSchema) });
    const { editions } = z.object({ editions: z.object({ '2016-07': edition, current: edition }) }).parse(read(file));
    const inOrder = editions.current.rows.toSorted((a, b) => a.code.localeCompare(b.code));
    expect(divisions.regions).toEqual(inOrder);
    expect(editions['2016-07'].rows.filter(({ code }) => !tree.resolve(code))).toEqual([]);
  },
);
