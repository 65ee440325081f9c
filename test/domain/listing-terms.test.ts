/** 名单条目 (第九条第一款): its organ, ground, severity and days; who may end it. */
import { describe, expect, it, test } from 'vitest';
import { readNewestCalendar } from '../../data/calendar-files.ts';
import { completedDates, contradictionIn, removableOnlyFrom } from '../../domain/case-types/listing/dates.ts';
import { listingEntrySchema } from '../../domain/case-types/listing/entry.ts';
import { openedListing } from '../../domain/case-types/listing/opening.ts';
import { planListing } from '../../domain/case-types/listing/plan.ts';
import { refuseTransition } from '../../domain/case-types/transitions.ts';
import { endOfDay } from '../../domain/clock/calendar.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { SPREAD_MS } from '../../domain/clock/spread.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { courtReviewOf } from '../../domain/rule-sets/list-objections.ts';
import { groundFault, groundIn } from '../../domain/rule-sets/listing-rules.ts';
import { AUTHORITY, COUNTY, NOW, reference, USCC } from '../support/reference.ts';
import { thrownRefusal } from '../support/thrown-refusal.ts';

const ENTRY = {
  list: 'serious-dishonest',
  documentNo: '列字〔2026〕1号',
  uscc: USCC,
  name: '某公司',
  authority: '天心区市场监督管理局',
  grounds: '侵害消费者权益',
  listedOn: '2026-06-01',
};
const parsed = (more: object = {}) => listingEntrySchema.safeParse({ ...ENTRY, ...more });
const planned = (more: object = {}) =>
  planListing(
    reference,
    AUTHORITY,
    listingEntrySchema.parse({ ...ENTRY, ...more }),
    {},
    {
      now: NOW,
      clock: realClock,
    },
  );
const faultOf = (more: object) => parsed(more).error?.issues.map(({ path, message }) => [path.join('.'), message])[0];

describe('the days of an entry (第九条第一款)', () => {
  test.each([
    [{ listedUntil: '2026-05-31' }, 'listedUntil', '早于列入之日2026-06-01'],
    [{ minimumPublicUntil: '2026-05-31' }, 'minimumPublicUntil', '早于列入之日2026-06-01'],
    [{ listedUntil: '2026-07-01', minimumPublicUntil: '2026-07-02' }, 'minimumPublicUntil', '晚于列入期限2026-07-01'],
  ])('%j contradict each other', (days, field, words) => {
    expect(faultOf(days)).toEqual([field, expect.stringContaining(words)]);
    expect(contradictionIn({ listedOn: ENTRY.listedOn, ...days })?.field).toBe(field);
  });

  test('may be one and the same', () => {
    expect(parsed({ listedUntil: '2026-06-01', minimumPublicUntil: '2026-06-01' }).success).toBe(true);
  });

  test('the severity gives the least publicity where none is stated (国办发〔2025〕22号), and no shorter one is taken', () => {
    const of = (severity: 'minor' | 'general' | 'serious', until?: string) =>
      completedDates({ listedOn: '2026-06-01', minimumPublicUntil: until }, severity, '2026-06-15');
    expect(of('minor').dates.minimumPublicUntil).toBeUndefined();
    expect(of('general').dates.minimumPublicUntil).toBe('2026-09-01');
    expect(of('serious').dates.minimumPublicUntil).toBe('2027-06-01');
    expect(of('serious', '2028-06-01')).toEqual({
      dates: { listedOn: '2026-06-01', listedUntil: undefined, minimumPublicUntil: '2028-06-01' },
    });
    expect(of('serious', '2027-05-31').fault).toContain('最短公示期为12个月');
    expect(
      completedDates({ listedOn: '2020-06-01' }, 'serious', '2020-06-02').dates.minimumPublicUntil,
    ).toBeUndefined();
  });

  test('a term shorter than the least publicity of the severity is refused', () => {
    const refused = thrownRefusal(() => planned({ severity: 'general', listedUntil: '2026-07-01' }));
    expect([refused.code, refused.message]).toEqual(['input.invalid', expect.stringContaining('晚于列入期限')]);
  });

  test('a term that is over is refused; one that ends today runs to the end of the day', () => {
    expect(thrownRefusal(() => planned({ listedUntil: '2026-06-14' })).message).toContain('已于2026-06-14届满');
    const { input } = planned({ listedUntil: '2026-06-15' });
    expect(input.term).toEqual({ listedUntil: '2026-06-15', expiresAt: endOfDay('2026-06-15'), spread: SPREAD_MS });
    expect(openedListing(input).facts).toMatchObject({ listedUntil: '2026-06-15' });
    expect(planned().input).not.toHaveProperty('term');
  });

  test.each(['2026-06-10', '2020-01-01'])(
    'a court’s entry until %s is taken in: its timer asks, and ends nothing',
    (day) => {
      const court = { list: 'court-debtor', listedOn: '2019-01-05', listedUntil: day };
      const { input, dates } = planned(court);
      expect(input.term).toMatchObject({ listedUntil: day });
      expect(dates.listedUntil).toBe(day);
    },
  );

  test('repair may come from the day after the least publicity', () => {
    expect(removableOnlyFrom('2026-02-28', 'credit-repaired', '2026-02-28')).toBe('2026-03-01');
    expect(removableOnlyFrom('2026-02-28', 'obligation-performed', '2026-03-01')).toBeUndefined();
    expect(removableOnlyFrom('2026-02-28', 'revoked', '2026-02-01')).toBeUndefined();
    expect(removableOnlyFrom(null, 'credit-repaired', '2026-02-01')).toBeUndefined();
  });
});

describe('the ground of an entry, closed for each list (第九条第一款)', () => {
  test.each([
    [{ ground: 'consumer-rights' }, undefined],
    [{ ground: '侵害消费者权益的严重违法行为' }, undefined],
    [{ ground: 'property-report' }, '应为严重违法失信名单的法定事由'],
    [{ ground: 'abnormal-three-years' }, '的规定于2026-06-01不施行'],
    [{ ground: 'abnormal-three-years', listedOn: '2021-08-31' }, undefined],
    [{ ground: '随便' }, '列入事由类别应为'],
    [{ list: 'abnormal-operation', ground: 'unreachable' }, undefined],
  ])('%j: %s', (more, words) => {
    expect(faultOf(more)).toEqual(words && ['ground', expect.stringContaining(words)]);
  });

  it('is told by the words of the source, where they are the rule’s', () => {
    expect(groundIn('违反财产报告制度的。', 'court-debtor', '2026-06-01')).toBe('property-report');
    expect(groundIn('违反财产报告制度', 'serious-dishonest', '2026-06-01')).toBeUndefined();
    expect(planned({ list: 'court-debtor', grounds: '违反限制消费令' }).ground).toBe('consumption-limit');
    expect(planned({ ground: 'food-safety' }).ground).toBe('food-safety');
    expect(planned().ground).toBeNull();
    expect(groundFault('nothing', 'court-debtor', '2013-01-01')).toContain('无');
  });

  test('a severity by its word or code, and no other', () => {
    expect(parsed({ severity: '严重' }).data?.severity).toBe('serious');
    expect(faultOf({ severity: 'grave' })).toEqual(['severity', expect.stringContaining('失信严重程度应为')]);
  });
});

describe('the organ that decided an entry (第九条第一款)', () => {
  it('is the registering authority of the enterprise, or the department that is named', () => {
    expect(planned().input.departmentCode).toBe(`${COUNTY}-registration`);
    expect(planned({ authorityCode: `${COUNTY}-market-regulation` }).input.departmentCode).toBe(
      `${COUNTY}-market-regulation`,
    );
    expect(planned({ authorityCode: '430000-drug' }).input.departmentCode).toBe('430000-drug');
  });

  test.each([
    [{ authorityCode: '430103-nothing' }, 'department.unknown', '不是对企业登记地有管辖权的在用部门'],
    [{ authorityCode: '430104-health' }, 'department.unknown', '不是对企业登记地有管辖权的在用部门'],
    [{ list: 'court-debtor', authorityCode: '430103-health' }, 'input.invalid', '法院没有部门代码'],
  ])('%j is refused: %s', (more, code, words) => {
    const refused = thrownRefusal(() => planned(more));
    expect([refused.code, refused.message]).toEqual([code, expect.stringContaining(words)]);
  });

  const standing = (list: string, appeal = 'pending') => ({
    caseType: 'listing' as const,
    stage: 'listed',
    departmentCode: `${COUNTY}-registration`,
    regionCode: COUNTY,
    facts: { list, appeal: { state: appeal } },
  });
  const officer = (departmentCode: string): Actor => ({
    username: 'officer',
    role: 'department-officer',
    regionCode: COUNTY,
    departmentCode,
  });

  it('alone removes it and judges an objection: no organ above, no other department', () => {
    const entry = standing('serious-dishonest');
    const above = { ...AUTHORITY, regionCode: '430000', departmentCode: '430000-registration' };
    for (const action of ['remove', 'upholdAppeal', 'rejectAppeal']) {
      expect(refuseTransition(entry, action, AUTHORITY)).toBeUndefined();
      for (const other of [above, officer(`${COUNTY}-health`)]) {
        expect(refuseTransition(entry, action, other)).toMatchObject({
          code: 'access.denied',
          message: expect.stringContaining('只有做出列入决定的机关'),
          remedy: expect.stringContaining('列入机关'),
          article: '第九条第一款',
        });
      }
    }
    const byHealth = { ...entry, departmentCode: `${COUNTY}-health` };
    expect(refuseTransition(byHealth, 'remove', officer(`${COUNTY}-health`))).toBeUndefined();
    expect(refuseTransition(byHealth, 'remove', AUTHORITY)?.code).toBe('access.denied');
  });

  it('of a court’s entry is the court: nobody here ends it or judges; its answer is entered (法释〔2013〕17号)', () => {
    const entry = standing('court-debtor');
    for (const action of ['remove', 'upholdAppeal', 'rejectAppeal']) {
      expect(refuseTransition(entry, action, AUTHORITY)).toMatchObject({
        code: 'listing.court-only',
        remedy: expect.stringContaining('向执行法院申请'),
        article: '第九条第一款',
      });
    }
    expect(refuseTransition(entry, 'recordCourtRejection', AUTHORITY)).toBeUndefined();
    expect(refuseTransition(standing('court-debtor', 'rejected'), 'recordCourtRejection', AUTHORITY)?.code).toBe(
      'appeal.not-pending',
    );
    expect(refuseTransition(standing('serious-dishonest'), 'recordCourtRejection', AUTHORITY)?.code).toBe(
      'transition.refused',
    );
  });
});

describe('a court’s review of an objection (法释〔2013〕17号第十二条)', () => {
  const calendar = readNewestCalendar();
  test.each([
    ['2026-06-15', '2026-06-30'],
    // The fifteenth day is a Sunday, and lies in the holidays of October.
    ['2026-06-13', '2026-06-29'],
    ['2026-09-18', '2026-10-08'],
  ])('of %s: within fifteen days, to %s', (receivedOn, reviewBy) => {
    const review = courtReviewOf(calendar, receivedOn);
    expect(review).toEqual({ reviewBy, basis: expect.stringContaining('法释〔2013〕17号') });
  });

  test('before the rule holds there is none', () => {
    expect(courtReviewOf(calendar, '2017-04-30')).toBeUndefined();
  });
});
