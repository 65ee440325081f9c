/** What follows from a list's entry and from a record is planned before anything is written (第五、九条). */
import { describe, expect, it, test } from 'vitest';
import { listingEntrySchema } from '../../domain/case-types/listing/entry.ts';
import { planListing } from '../../domain/case-types/listing/plan.ts';
import { submissionTerm, submittingDepartment } from '../../domain/case-types/publication/plan.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { endOfDay, startOfDay } from '../../domain/clock/calendar.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { createReference } from '../../domain/reference.ts';
import { AUTHORITY, COUNTY, files, NOW, reference, USCC, without } from '../support/reference.ts';
import { thrownRefusal } from '../support/thrown-refusal.ts';

describe('an entry of a list', () => {
  const AT = { now: NOW, clock: realClock };
  const entry = (more: Record<string, unknown> = {}) =>
    listingEntrySchema.parse({
      list: 'court-debtor',
      documentNo: '（2026）湘0103执1号',
      uscc: USCC,
      name: '某公司',
      grounds: '有履行能力而拒不履行',
      authority: '天心区人民法院',
      listedOn: '2026-06-01',
      ...more,
    });

  it('is held by the registering authority of its region, and concerns the departments with measures against its list', () => {
    const { input, caseId } = planListing(reference, AUTHORITY, entry(), {}, AT);
    expect(input).toMatchObject({
      uscc: USCC,
      regionCode: COUNTY,
      departmentCode: reference.router.registeringAuthority(COUNTY)!.code,
      measuresVersion: files.measures.version,
      listedAt: NOW,
    });
    expect(input.departments.length).toBeGreaterThan(1);
    expect(caseId).toContain(USCC);
  });

  it('is of the region of the registration, else of the one that it states, else of a list or record, else of the code', () => {
    const province = { ...AUTHORITY, regionCode: '430000' };
    const regionOf = (more: object, known: { registeredIn?: string; namedIn?: string } = {}) =>
      planListing(reference, province, entry({ ...more }), known, AT).input.regionCode;
    const stated = { regionCode: '430102' };
    expect(regionOf(stated, { registeredIn: '430104', namedIn: '430105' })).toBe('430104');
    expect(regionOf(stated, { namedIn: '430105' })).toBe('430102');
    expect(regionOf({}, { namedIn: '430105' })).toBe('430105');
    expect(regionOf({})).toBe(COUNTY);
    // Whoever states his own region for an enterprise that is registered elsewhere lists nothing.
    const county = () =>
      planListing(reference, AUTHORITY, entry({ regionCode: COUNTY }), { registeredIn: '430102' }, AT);
    expect(thrownRefusal(county).code).toBe('access.denied');
  });

  test.each([
    ['region.unknown', { regionCode: '999999' }, reference, '行政区划代码999999不在'],
    ['access.denied', { regionCode: '430102' }, reference, '不在本登记机关的管辖区域内'],
    [
      'department.unknown',
      {},
      createReference({ ...files, measures: { ...files.measures, measures: [] } }),
      `惩戒措施目录（${files.measures.version}）中没有针对`,
    ],
  ])('is refused: %s', (code, more, by, words) => {
    const refused = thrownRefusal(() => planListing(by, AUTHORITY, entry(more), {}, AT));
    expect([refused.code, refused.message]).toEqual([code, expect.stringContaining(words)]);
  });

  it('is refused where no registering authority could lift it', () => {
    const none = without((code) => (code.endsWith('-registration') ? 'gone' : 'kept'));
    expect(thrownRefusal(() => planListing(none, AUTHORITY, entry(), {}, AT)).code).toBe('department.unknown');
  });
});

describe('a submitted record', () => {
  const OFFICER: Actor = {
    username: 'nongye',
    role: 'department-officer',
    regionCode: COUNTY,
    departmentCode: `${COUNTY}-agriculture`,
  };
  const ADMINISTRATOR: Actor = { ...OFFICER, role: 'platform-administrator', departmentCode: null };
  const by = (actor: Actor, departmentCode?: string) =>
    submittingDepartment(reference, actor, departmentCode === undefined ? {} : { departmentCode });

  it('is the account’s department’s, whether it is named or not; an administrator names any', () => {
    expect(by(OFFICER).code).toBe(`${COUNTY}-agriculture`);
    expect(by(OFFICER, `${COUNTY}-agriculture`).code).toBe(`${COUNTY}-agriculture`);
    expect(by(ADMINISTRATOR, `${COUNTY}-health`).code).toBe(`${COUNTY}-health`);
  });

  test.each([
    ['access.denied', OFFICER, `${COUNTY}-health`, '只能以本部门的名义归集信息'],
    ['department.unknown', ADMINISTRATOR, undefined, '归集部门不存在'],
    ['department.unknown', ADMINISTRATOR, `${COUNTY}-magic`, '归集部门不存在'],
  ])('is refused: %s', (code, actor, departmentCode, words) => {
    const refused = thrownRefusal(() => by(actor, departmentCode));
    expect([refused.code, refused.message, refused.remedy !== undefined]).toEqual([code, words, true]);
  });

  it('is late from the end of its seventh working day', () => {
    // 5 June 2026 is a Friday; the seventh working day after it is Tuesday, 16 June.
    const at = (received: number) => submissionTerm(files.calendar, '2026-06-05', received);
    expect(at(startOfDay('2026-06-05'))).toEqual({ submissionDue: '2026-06-16', late: false });
    expect(at(endOfDay('2026-06-16') - 1).late).toBe(false);
    expect(at(endOfDay('2026-06-16')).late).toBe(true);
  });

  it('is refused for a day to come, by its title', () => {
    const refused = thrownRefusal(() => submissionTerm(files.calendar, '2026-06-16', NOW));
    expect([refused.code, refused.message]).toEqual(['input.invalid', expect.stringContaining('信息产生日期')]);
  });
});
