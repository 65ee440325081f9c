/** 惩戒措施目录 (第九条): what its file must say, and whom a listing concerns. */
import { describe, expect, test } from 'vitest';
import { concernedDepartments, sanctionMeasuresSchema, type Measure } from '../../domain/organs/sanction-measures.ts';
import type { Router } from '../../domain/organs/departments.ts';

const MEASURE: Measure = {
  id: 'ZB01',
  lists: ['court-debtor'],
  domain: '招标投标',
  sector: 'development-reform',
  measure: '限制参加投标',
  basis: '法释〔2013〕17号第六条',
};
const TABLE = { version: '2026.1', source: '汇编', standing: '重构' };
const messages = (measures: object[]) =>
  sanctionMeasuresSchema.safeParse({ ...TABLE, measures }).error?.issues.map(({ message }) => message) ?? [];

describe('the file of measures', () => {
  test('names each measure in any writing, each by another', () => {
    expect(messages([MEASURE, { ...MEASURE, id: 'ZB02' }])).toEqual([]);
    expect(messages([MEASURE, MEASURE])).toEqual(['措施编号重复']);
    for (const id of ['ZB1', 'zb01', '0101', '湘惩-3', '(一)1']) expect(messages([{ ...MEASURE, id }])).toEqual([]);
    // Several numbers stand in one line of a table, and in an id of a case.
    for (const id of ['', 'ZB 01', 'ZB01、ZB02', 'ZB01；', 'a~b', 'a'.repeat(51)])
      expect(messages([{ ...MEASURE, id }])).not.toEqual([]);
  });

  test.each(['lists', 'domain', 'sector', 'measure', 'basis'])('says of each measure its %s', (field) => {
    expect(messages([{ ...MEASURE, [field]: field === 'lists' ? [] : '' }])).toHaveLength(1);
  });
});

describe('a listing', () => {
  const router: Pick<Router, 'route'> = {
    route: (sector, regionCode) =>
      sector === 'nowhere'
        ? undefined
        : {
            department: { code: `${regionCode}-${sector}`, sector, regionCode, name: sector },
            fallback: false,
            tried: [],
          },
  };
  const concerned = (...measures: Measure[]) => concernedDepartments(measures, router, 'court-debtor', '430103');

  test('concerns a department once, with all its measures against this list', () => {
    const others = { ...MEASURE, id: 'ZB02', lists: ['serious-dishonest' as const] };
    const again = { ...MEASURE, id: 'ZB03' };
    const health = { ...MEASURE, id: 'XK01', sector: 'health' };
    expect(concerned(MEASURE, others, again, health)).toEqual([
      { departmentCode: '430103-development-reform', measureIds: ['ZB01', 'ZB03'] },
      { departmentCode: '430103-health', measureIds: ['XK01'] },
    ]);
  });

  test('concerns nobody by a measure whose sector has no department there', () => {
    expect(concerned({ ...MEASURE, sector: 'nowhere' }, MEASURE)).toEqual([
      { departmentCode: '430103-development-reform', measureIds: ['ZB01'] },
    ]);
  });
});
