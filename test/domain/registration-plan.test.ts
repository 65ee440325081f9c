/** What follows from a registration is planned before anything is written (第七条第二款). */
import { describe, expect, it, test } from 'vitest';
import {
  inOrderOfEvents,
  isPublishedAtOnce,
  matchRegistration,
  planRegistrations,
  refuseRegistration,
  type Matched,
} from '../../domain/case-types/registration-push/plan.ts';
import type { Reference } from '../../domain/reference.ts';
import type { HeldPush } from '../../domain/registration/changes.ts';
import { registrationInputSchema } from '../../domain/registration/registration.ts';
import type { RegistrationEvent } from '../../domain/registration/words.ts';
import { AUTHORITY, COUNTY, files, NOW, reference, TODAY, USCC, without } from '../support/reference.ts';
import { thrownRefusal } from '../support/thrown-refusal.ts';

const registration = (more: Record<string, unknown> = {}) =>
  registrationInputSchema.parse({
    registrationNo: '登记-1',
    uscc: USCC,
    name: '天心区农资店',
    regionCode: COUNTY,
    scope: '农药零售',
    event: 'establish',
    ...more,
  });

describe('a registration is refused', () => {
  test.each([
    ['region.unknown', { regionCode: '999999' }, '行政区划代码999999不在'],
    ['access.denied', { regionCode: '430102' }, '不在本登记机关的管辖区域内'],
    ['input.invalid', { registeredOn: '2026-06-16' }, '登记日期2026-06-16尚未到来（今日为2026-06-15）'],
  ])('%s for %o', (code, more, words) => {
    const refused = thrownRefusal(() => refuseRegistration(reference, AUTHORITY, registration(more), TODAY));
    expect([refused.code, refused.message]).toEqual([code, expect.stringContaining(words)]);
  });

  it('not for its own region, on a day that has begun, or without a day', () => {
    for (const more of [{}, { registeredOn: TODAY }, { registeredOn: '2026-06-01' }])
      expect(() => refuseRegistration(reference, AUTHORITY, registration(more), TODAY)).not.toThrow();
    const province = { ...AUTHORITY, regionCode: '430000' };
    expect(() => refuseRegistration(reference, province, registration({ regionCode: '430102' }), TODAY)).not.toThrow();
  });
});

describe('matching', () => {
  it('routes each hit to the department of the region, and keeps the items and the day', () => {
    const matched = matchRegistration(reference, registration(), TODAY);
    expect(matched).toMatchObject({ regionCode: COUNTY, registeredOn: TODAY });
    expect(matched.hits.map(({ departmentCode }) => departmentCode)).toEqual([`${COUNTY}-agriculture`]);
    expect(matched.items).toEqual(matched.hits.map(({ itemId }) => itemId));
    expect(matchRegistration(reference, registration({ registeredOn: '2026-06-01' }), TODAY).registeredOn).toBe(
      '2026-06-01',
    );
  });

  it('says which departments were tried, and none where no level has one', () => {
    const noCounty = without((code) => (code === `${COUNTY}-agriculture` ? 'retired' : 'kept'));
    const [above] = matchRegistration(noCounty, registration(), TODAY).hits;
    expect(above).toMatchObject({ departmentCode: '430100-agriculture', tried: [`${COUNTY}-agriculture`] });
    const nowhere = without((code) => (code.endsWith('-agriculture') ? 'gone' : 'kept'));
    const [none] = matchRegistration(nowhere, registration(), TODAY).hits;
    expect([none!.departmentCode, none!.tried]).toEqual([null, []]);
  });

  it('follows a former region code', () => {
    const former = Object.keys(files.formerCodes).find((code) => code !== files.formerCodes[code])!;
    expect(matchRegistration(reference, registration({ regionCode: former }), TODAY).regionCode).toBe(
      files.formerCodes[former],
    );
  });
});

it('events are in the order of their days; a cancellation is the last of its day, and equals keep their order', () => {
  const row = (no: string, registeredOn: string, event: RegistrationEvent): Matched => ({
    input: registration({ registrationNo: no, event }),
    regionCode: COUNTY,
    registeredOn,
    hits: [],
    items: [],
    isUnclear: false,
  });
  const given = [
    row('撤', '2026-06-02', 'cancel'),
    row('后', '2026-06-03', 'establish'),
    row('甲', '2026-06-02', 'change'),
    row('乙', '2026-06-02', 'establish'),
    row('先', '2026-06-01', 'cancel'),
  ];
  const sorted = inOrderOfEvents(given).map(({ input }) => input.registrationNo);
  expect(sorted).toEqual(['先', '甲', '乙', '撤', '后']);
  expect(given[0]!.input.registrationNo).toBe('撤');
});

describe('what opens', () => {
  const plan = (more: Record<string, unknown>[], held: [string, HeldPush[]][] = [], by: Reference = reference) => {
    const before = new Map(held);
    const matched = more.map((one) => matchRegistration(by, registration(one), TODAY));
    return { planned: planRegistrations(by, matched, before, NOW), held: before };
  };
  const opens = ({ starts }: { starts: { workflow: string; opened: { caseId: string } }[] }) =>
    starts.map(({ workflow, opened }) => [workflow, opened.caseId]);
  const pushed = (departmentCode: string, itemIds: string[], event: RegistrationEvent = 'establish'): HeldPush => ({
    registrationNo: '登记-0',
    event,
    departmentCode,
    itemIds,
  });
  const [item] = matchRegistration(reference, registration(), TODAY).items;

  it('a push to each department of the scope, with the case’s row and the workflow’s input', () => {
    const [one] = plan([{ scope: '农药零售；餐饮服务' }]).planned;
    expect(opens(one!).map(([workflow]) => workflow)).toEqual(['registrationPush', 'registrationPush']);
    const [start] = one!.starts;
    expect(start!.input).toEqual({
      registrationNo: '登记-1',
      uscc: USCC,
      chain: `${COUNTY}-agriculture`,
      round: 1,
      regionCode: COUNTY,
      departmentCode: `${COUNTY}-agriculture`,
      itemIds: [item],
      event: 'establish',
      pushedAt: NOW,
      claimedFromPool: false,
      returnedBy: [],
      finalRuling: false,
      parentCaseId: null,
    });
    expect(start!.opened).toMatchObject({ caseType: 'registrationPush', departmentCode: `${COUNTY}-agriculture` });
  });

  it('one push of all the items that a department is in charge of', () => {
    const { items } = matchRegistration(reference, registration({ scope: '农药零售；兽药经营' }), TODAY);
    const [one] = plan([{ scope: '农药零售；兽药经营' }]).planned;
    expect(items).toHaveLength(2);
    expect(opens(one!)).toEqual([['registrationPush', expect.stringContaining(`${COUNTY}-agriculture`)]]);
    expect(one!.starts[0]!.input).toMatchObject({ itemIds: items.toSorted() });
  });

  it('nothing where no approval is touched: it is published without a case (第七条第二款)', () => {
    for (const event of ['establish', 'change', 'cancel']) {
      const [one] = plan([{ scope: '一般项目：企业管理咨询', event }]).planned;
      expect([event, opens(one!), one!.isPublished, isPublishedAtOnce(one!)]).toEqual([
        event,
        [],
        true,
        event === 'establish',
      ]);
    }
  });

  it.each([
    ['许可项目 that the catalogue does not know', '许可项目：星际航行服务。一般项目：企业管理咨询'],
    ['no scope', ''],
  ])('a pool entry where the department is unclear: %s (第七条第二款)', (_, scope) => {
    const [one] = plan([{ scope }]).planned;
    expect([one!.isPublished, isPublishedAtOnce(one!)]).toEqual([false, false]);
    expect(opens(one!).map(([workflow]) => workflow)).toEqual(['poolEntry']);
    expect(one!.starts[0]!.input).toEqual({
      registrationNo: '登记-1',
      uscc: USCC,
      chain: 'pool',
      round: 1,
      regionCode: COUNTY,
      itemIds: [],
      event: 'establish',
      returnedBy: [],
      publishedAt: NOW,
      parentCaseId: null,
    });
  });

  it('beside the pushes, a pool entry with the items that have no department, each once', () => {
    const nowhere = without((code) => (code.endsWith('-agriculture') ? 'gone' : 'kept'));
    const [one] = plan([{ scope: '农药零售；农药批发；餐饮服务' }], [], nowhere).planned;
    expect(opens(one!).map(([workflow]) => workflow)).toEqual(['registrationPush', 'poolEntry']);
    const { itemIds } = one!.starts[1]!.input as { itemIds: string[] };
    expect(itemIds).toContain(item);
    expect(new Set(itemIds).size).toBe(itemIds.length);
  });

  it('beside the pushes, a pool entry for 许可项目 that no item explains; no scope is unclear only if nobody is told', () => {
    const [one] = plan([{ scope: '许可项目：星际航行服务。一般项目：农药零售' }]).planned;
    expect(opens(one!).map(([workflow]) => workflow)).toEqual(['registrationPush', 'poolEntry']);
    const held: [string, HeldPush[]][] = [[USCC, [pushed(`${COUNTY}-agriculture`, [item!])]]];
    const [change] = plan([{ scope: '', event: 'change' }], held).planned;
    expect(opens(change!).map(([workflow]) => workflow)).toEqual(['registrationPush']);
  });

  it('no pool entry for unclear items of a cancellation, which is published if nobody is told of it', () => {
    const nowhere = without((code) => (code.endsWith('-agriculture') ? 'gone' : 'kept'));
    const [one] = plan([{ scope: '农药零售；餐饮服务', event: 'cancel' }], [], nowhere).planned;
    expect(opens(one!).map(([workflow]) => workflow)).toEqual(['registrationPush']);
    const [alone] = plan([{ scope: '农药零售', event: 'cancel' }], [], nowhere).planned;
    expect([opens(alone!), alone!.isPublished]).toEqual([[], true]);
  });

  it('a change is told to whoever was told before, with what is added and removed', () => {
    const held: [string, HeldPush[]][] = [[USCC, [pushed(`${COUNTY}-agriculture`, [item!])]]];
    const [one] = plan([{ scope: '餐饮服务', event: 'change' }], held).planned;
    const told = one!.starts.map(({ input }) => input as Record<string, unknown>);
    expect(told).toHaveLength(2);
    expect(told.find(({ departmentCode }) => departmentCode === `${COUNTY}-agriculture`)).toMatchObject({
      itemIds: [],
      addedItemIds: [],
      removedItemIds: [item],
    });
  });

  it('a later row of the same batch meets what an earlier one is about to open', () => {
    const rows = [{}, { registrationNo: '登记-2', scope: '企业管理咨询', event: 'cancel' }];
    const { planned, held } = plan(rows);
    expect(opens(planned[1]!)).toEqual([['registrationPush', expect.stringContaining(`${COUNTY}-agriculture`)]]);
    expect(planned[1]!.starts[0]!.input).toMatchObject({ removedItemIds: [item] });
    expect(held.get(USCC)).toEqual([
      { registrationNo: '登记-1', event: 'establish', departmentCode: `${COUNTY}-agriculture`, itemIds: [item] },
      { registrationNo: '登记-2', event: 'cancel', departmentCode: `${COUNTY}-agriculture`, itemIds: [] },
    ]);
  });

  it('instead of a retired department, the one to which its items route today is told; else it stays', () => {
    const retired = `${COUNTY}-agriculture`;
    const held: [string, HeldPush[]][] = [[USCC, [pushed(retired, [item!])]]];
    const change = [{ scope: '企业管理咨询', event: 'change' }];
    const departmentsOf = (by: Reference) =>
      plan(change, held, by).planned[0]!.starts.map(({ opened }) => opened.departmentCode);
    expect(departmentsOf(without((code) => (code === retired ? 'retired' : 'kept')))).toEqual(['430100-agriculture']);
    expect(departmentsOf(without((code) => (code === retired ? 'gone' : 'kept')))).toEqual(['430100-agriculture']);
    expect(departmentsOf(without((code) => (code.endsWith('-agriculture') ? 'retired' : 'kept')))).toEqual([retired]);
    expect(departmentsOf(reference)).toEqual([retired]);
  });

  it('a department that stands is told, wherever its items route today; of items that left the catalogue, too', () => {
    const told = (departmentCode: string, itemId: string, by: Reference) =>
      plan(
        [{ scope: '企业管理咨询', event: 'change' }],
        [[USCC, [pushed(departmentCode, [itemId])]]],
        by,
      ).planned[0]!.starts.map(({ opened }) => opened.departmentCode);
    expect(told(`${COUNTY}-health`, item!, reference)).toEqual([`${COUNTY}-health`]);
    const retired = `${COUNTY}-agriculture`;
    const withoutIt = without((code) => (code === retired ? 'retired' : 'kept'));
    expect(told(retired, 'an item of an earlier catalogue', withoutIt)).toEqual([retired]);
  });

  it('two retired departments with one successor: it is told once, of the items of both', () => {
    const gone = new Set([`${COUNTY}-agriculture`, '430100-agriculture']);
    const held: [string, HeldPush[]][] = [
      [USCC, [pushed(`${COUNTY}-agriculture`, [item!]), pushed('430100-agriculture', [item!])]],
    ];
    const by = without((code) => (gone.has(code) ? 'retired' : 'kept'));
    const [one] = plan([{ scope: '企业管理咨询', event: 'change' }], held, by).planned;
    expect(one!.starts.map(({ opened }) => opened.departmentCode)).toEqual(['430000-agriculture']);
    expect(one!.starts[0]!.input).toMatchObject({ removedItemIds: [item] });
  });
});
