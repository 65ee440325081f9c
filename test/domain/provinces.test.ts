/** Every province has its regions and departments; what is said of Hunan is said in data alone. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PROVINCE, divisionsOf, isProvince, provinceOf } from '../../data/provinces.ts';
import { readReferenceFiles } from '../../data/reference-files.ts';
import { registeringAuthorityOf } from '../../domain/organs/registering-authority.ts';
import { createReference } from '../../domain/reference.ts';

const CODES = readdirSync(new URL('../../data/divisions/', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, 6));

test('are the 31 of the mainland, and nothing else is one', () => {
  expect(CODES).toHaveLength(31);
  expect(CODES.filter(isProvince)).toEqual(CODES);
  for (const other of ['440100', '990000', '43', '', '../430000', '430000.json']) expect(isProvince(other)).toBe(false);
});

test('Hunan has the profile that ships', () => {
  expect(provinceOf(DEFAULT_PROVINCE)).toMatchObject({
    name: '湖南省',
    platform: '湖南省部门协同监管平台',
    legalBasis: '湘商改〔2016〕7号',
    samples: true,
  });
});

test('another province is known by its regions, and has no samples', () => {
  expect(provinceOf('330000')).toEqual({
    code: '330000',
    name: '浙江省',
    platform: '浙江省部门协同监管平台',
    legalBasis: '湘商改〔2016〕7号',
    demoCounty: '330102',
    samples: false,
  });
  const reference = createReference(readReferenceFiles('330000'));
  expect(reference.province.name).toBe('浙江省');
  expect(reference.regions.resolve('430103')).toBeUndefined();
  expect(reference.router.route('agriculture', '330102')?.department.code).toBe('330102-agriculture');
});

describe.each(CODES)('%s', (code) => {
  const { regions } = divisionsOf(code);
  const { departments } = readReferenceFiles(code);
  const known = new Set(departments.map((department) => department.code));

  test('has one province, and a registering authority wherever there is an organ', () => {
    expect(regions.filter(({ level }) => level === 'province').map((region) => region.code)).toEqual([code]);
    const without = regions.filter((region) => !known.has(registeringAuthorityOf(region.code)));
    // Headings of the list: between a province and counties of no prefecture.
    for (const { name, level } of without)
      expect([name, level]).toEqual([expect.stringMatching(/^(市辖区|县|.+直辖县级行政区划)$/), 'prefecture']);
  });

  test('has its demonstration in one of its counties', () => {
    const { demoCounty } = provinceOf(code);
    expect(regions.find((region) => region.code === demoCounty)?.level).toBe('county');
    for (const sector of ['market-regulation', 'agriculture', 'health'])
      expect(known).toContain(`${demoCounty}-${sector}`);
  });
});
