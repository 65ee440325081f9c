import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressees, endsEarlier, lastTold, occasionOf, type HeldPush } from '../../domain/registration/changes.ts';

const FARM = '430103-agriculture';
const FOOD = '430103-market-regulation';
const push = (
  registrationNo: string,
  departmentCode: string,
  itemIds: string[],
  event: HeldPush['event'],
): HeldPush => ({
  registrationNo,
  departmentCode,
  itemIds,
  event,
});

describe('what a department was told last', () => {
  test('is what its last registration named, from whichever chain it came', () => {
    const held = [
      push('R1', FARM, ['PA1', 'PA2'], 'establish'),
      push('R1', FOOD, ['PA9'], 'establish'),
      push('R2', FARM, ['PA2'], 'change'),
      push('R2', FARM, ['PA3'], 'change'),
    ];
    expect(lastTold(held)).toEqual(
      new Map([
        [FARM, ['PA2', 'PA3']],
        [FOOD, ['PA9']],
      ]),
    );
  });

  test('is nothing after a cancellation, but the department still counts as told', () => {
    const held = [push('R1', FARM, ['PA1'], 'establish'), push('R2', FARM, ['PA1'], 'cancel')];
    expect(lastTold(held)).toEqual(new Map([[FARM, []]]));
  });
});

describe('who is told', () => {
  test('of an establishment: the departments of its scope, whoever was told of the enterprise before', () => {
    expect(addressees('establish', new Map([[FARM, ['PA2', 'PA1']]]), new Map([[FOOD, ['PA9']]]))).toEqual([
      { departmentCode: FARM, itemIds: ['PA1', 'PA2'], event: 'establish' },
    ]);
  });

  test('of a change: also who supervised what is dropped, each with what is added and removed for it', () => {
    const told = new Map([
      [FARM, ['PA1', 'PA2']],
      [FOOD, ['PA9']],
    ]);
    expect(addressees('change', new Map([[FARM, ['PA2', 'PA3']]]), told)).toEqual([
      {
        departmentCode: FARM,
        itemIds: ['PA2', 'PA3'],
        event: 'change',
        addedItemIds: ['PA3'],
        removedItemIds: ['PA1'],
      },
      { departmentCode: FOOD, itemIds: [], event: 'change', addedItemIds: [], removedItemIds: ['PA9'] },
    ]);
  });

  test('of a change: a department that the new scope names for the first time, to which everything is new', () => {
    expect(addressees('change', new Map([[FARM, ['PA2', 'PA3']]]), new Map())).toEqual([
      {
        departmentCode: FARM,
        itemIds: ['PA2', 'PA3'],
        event: 'change',
        addedItemIds: ['PA2', 'PA3'],
        removedItemIds: [],
      },
    ]);
  });

  test('of a cancellation: all of them, and nothing stays', () => {
    expect(
      addressees(
        'cancel',
        new Map([[FARM, ['PA2']]]),
        new Map([
          [FARM, ['PA1']],
          [FOOD, []],
        ]),
      ),
    ).toEqual([
      { departmentCode: FARM, itemIds: ['PA2'], event: 'cancel', addedItemIds: [], removedItemIds: ['PA1', 'PA2'] },
      { departmentCode: FOOD, itemIds: [], event: 'cancel', addedItemIds: [], removedItemIds: [] },
    ]);
  });

  const items = fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.array(fc.constantFrom('1', '2', '3', '4')));
  test('what is added and removed leads from what was told to what is named now', () => {
    fc.assert(
      fc.property(items, items, (now, before) => {
        const [named, told] = [new Map(Object.entries(now)), new Map(Object.entries(before))];
        const all = addressees('change', named, told);
        expect(all.map((one) => one.departmentCode).sort()).toEqual(
          [...new Set([...named.keys(), ...told.keys()])].sort(),
        );
        for (const { departmentCode, itemIds, addedItemIds, removedItemIds } of all) {
          const then = new Set([...(told.get(departmentCode) ?? []), ...addedItemIds!]);
          for (const id of removedItemIds!) then.delete(id);
          expect([...then].sort()).toEqual(itemIds);
        }
      }),
    );
  });
});

test.each([
  ['2026-03-01', 'establish', true],
  ['2026-03-01', 'cancel', true],
  ['2026-03-02', 'change', true],
  ['2026-03-02', 'cancel', false],
  ['2026-03-03', 'establish', false],
])('a cancellation of 2026-03-02 ends what is open of %s (%s): %s', (registeredOn, event, ends) => {
  expect(endsEarlier({ registeredOn: '2026-03-02' }, { registeredOn, event })).toBe(ends);
});

test('an occasion omits what older cases did not carry', () => {
  expect(occasionOf({})).toEqual({});
  expect(occasionOf({ event: 'cancel', addedItemIds: [], removedItemIds: ['PA1'] })).toEqual({
    event: 'cancel',
    addedItemIds: [],
    removedItemIds: ['PA1'],
  });
});
