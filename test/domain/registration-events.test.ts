/** The events of a registration (第七条第一、二款): the words for them, who is told, and what the enterprise is afterwards. */
import { describe, expect, it, test } from 'vitest';
import { addressees } from '../../domain/registration/changes.ts';
import {
  isHandedOverLate,
  matchRegistration,
  planRegistrations,
} from '../../domain/case-types/registration-push/plan.ts';
import type { HeldPush } from '../../domain/registration/changes.ts';
import { EVENTS, eventOfWord, STANDING_EVENTS } from '../../domain/registration/events.ts';
import { registrationInputSchema } from '../../domain/registration/registration.ts';
import { REGISTRATION_EVENTS, type RegistrationEvent } from '../../domain/registration/words.ts';
import { registrationRuleOn } from '../../domain/rule-sets/registration-events.ts';
import { wordNotice } from '../../domain/notices/notices.ts';
import { firstStepOf } from '../../domain/case-types/first-steps.ts';
import { LIMITS } from '../../domain/clock/limits.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { COUNTY, NOW, reference, TODAY, USCC } from '../support/reference.ts';

const ALL = Object.keys(REGISTRATION_EVENTS) as RegistrationEvent[];
const registration = (more: Record<string, unknown>) =>
  registrationInputSchema.parse({
    registrationNo: '登记-2',
    uscc: USCC,
    name: '天心区农资店',
    regionCode: COUNTY,
    scope: '',
    ...more,
  });

describe('the words of registers', () => {
  test.each([
    ['设立登记', 'establish'],
    ['开业', 'establish'],
    ['变更（备案）', 'change'],
    ['变更(备案)登记', 'change'],
    ['变更（其他）', '变更（其他）'],
    ['变更备案', 'change'],
    ['撤销变更登记', 'change'],
    ['简易注销登记', 'cancel'],
    ['吊销营业执照', 'revoke'],
    ['吊销，未注销', '吊销，未注销'],
    ['撤销登记', 'annul'],
    ['撤销设立登记', 'annul'],
    ['歇业备案', 'dormant'],
    ['终止歇业', 'resume'],
    ['迁移（迁入）', 'moveIn'],
    ['迁出登记', 'moveOut'],
    ['备案登记', 'filing'],
    [' revoke ', 'revoke'],
    ['合并', '合并'],
  ])('%s is read as %s', (word, event) => expect(eventOfWord(word)).toBe(event));

  it('each title and word names its own event, and no word two', () => {
    const words = ALL.flatMap((event) => [REGISTRATION_EVENTS[event], ...EVENTS[event].words]);
    expect(new Set(words).size).toBe(words.length);
    for (const event of ALL) expect(registration({ event: `${REGISTRATION_EVENTS[event]}登记` }).event).toBe(event);
  });
});

describe('who is told', () => {
  const FARM = `${COUNTY}-agriculture`;
  const [item] = matchRegistration(reference, registration({ scope: '农药零售' }), TODAY).items;
  const held = (event: RegistrationEvent = 'establish', departmentCode = FARM): HeldPush => ({
    registrationNo: '登记-1',
    event,
    departmentCode,
    itemIds: [item!],
  });
  const plan = (more: Record<string, unknown>, before: HeldPush[] = [held()]) => {
    const [one] = planRegistrations(
      reference,
      [matchRegistration(reference, registration(more), TODAY)],
      new Map([[USCC, before]]),
      NOW,
    );
    return one!.starts.map(({ input }) => input as Record<string, unknown>);
  };

  test.each(['cancel', 'revoke', 'annul', 'moveOut'] as const)('%s: who was told before, of all that ends', (event) => {
    expect(plan({ event })).toMatchObject([
      { departmentCode: FARM, event, itemIds: [], addedItemIds: [], removedItemIds: [item] },
    ]);
  });

  test.each(['dormant', 'resume', 'filing'] as const)(
    '%s: who was told before, and nothing is added or ends',
    (event) => {
      expect(plan({ event })).toMatchObject([
        { departmentCode: FARM, event, itemIds: [item], addedItemIds: [], removedItemIds: [] },
      ]);
    },
  );

  it('every event but an establishment: the newly touched, too', () => {
    const named = new Map([['b', ['2']]]);
    const told = new Map([['a', ['1']]]);
    for (const event of ALL.filter((one) => one !== 'establish'))
      expect(addressees(event, named, told).map(({ departmentCode }) => departmentCode)).toEqual(['b', 'a']);
    expect(addressees('establish', named, told).map(({ departmentCode }) => departmentCode)).toEqual(['b']);
  });

  it('迁出 concerns departments of the place that is left, and none that 迁入 told of the new one', () => {
    expect(plan({ event: 'moveOut' }, [held(), held('moveIn', '430104-agriculture')])).toMatchObject([
      { departmentCode: FARM },
    ]);
    expect(plan({ event: 'moveOut' }, [held('moveIn', '430100-agriculture')])).toEqual([]);
  });

  it('what has no scope of its own is never unclear', () => {
    for (const event of ALL) {
      const pools = plan({ event, scope: '' }, []).length;
      expect([event, pools]).toEqual([event, EVENTS[event].items === 'scope' ? 1 : 0]);
    }
  });

  test.each(ALL)('%s: the notice says what the department has to do, with its article', (event) => {
    const input = plan({ event, scope: '农药零售' }).find(({ departmentCode }) => departmentCode === FARM)!;
    const { notify } = firstStepOf({ workflow: 'registrationPush', input }, NOW);
    const facts = { enterpriseName: '甲', uscc: USCC, departmentName: '农业', dueDate: null };
    const { body, article } = wordNotice(notify[0]!, facts);
    expect(article).toBe('第七条第二款');
    if (event !== 'establish') expect(body).toContain(EVENTS[event].task);
  });
});

it('吊销 and 撤销登记 do not end the enterprise as 注销 does (市场主体登记管理条例第三十一条)', () => {
  const standings = Object.fromEntries(STANDING_EVENTS.map((event) => [event, EVENTS[event].standing]));
  expect(standings).toEqual({
    establish: 'active',
    cancel: 'cancelled',
    revoke: 'revoked',
    annul: 'annulled',
    dormant: 'dormant',
    resume: 'active',
    moveIn: 'active',
    moveOut: 'movedOut',
  });
});

it('the regulations of 2022 are told with source and article from their day on', () => {
  expect(registrationRuleOn('dormant', '2022-02-28')).toBeUndefined();
  for (const event of ALL)
    expect(registrationRuleOn(event, '2022-03-01')).toEqual({
      source: '市场主体登记管理条例（国务院令第746号）',
      from: '2022-03-01',
      article: expect.stringMatching(/^第.+条/),
    });
  expect(registrationRuleOn('dormant', '2026-01-05')!.article).toBe('第三十条');
});

describe('handing over (第七条第一款, a norm)', () => {
  const calendar: WorkCalendar = {
    version: 'test',
    source: 'test',
    coveredFrom: '2026-01-01',
    validThrough: '2026-12-31',
    holidays: {},
    makeUpDays: [],
  };

  // 2026-06-12 is a Friday.
  test.each([
    ['2026-06-12', '2026-06-12', false],
    ['2026-06-12', '2026-06-15', false],
    ['2026-06-12', '2026-06-16', true],
    ['2026-06-13', '2026-06-15', false],
    ['2025-12-31', '2026-01-01', true],
  ])('registered on %s and handed over on %s: late is %s', (registeredOn, today, late) => {
    const { workingDays, kind } = LIMITS['registration.handOver'];
    expect([workingDays, kind]).toEqual([1, 'norm']);
    expect(isHandedOverLate(calendar, workingDays, registeredOn, today)).toBe(late);
  });
});
