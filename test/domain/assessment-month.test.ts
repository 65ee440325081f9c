import { describe, expect, test } from 'vitest';
import { factsOfCase, type AuditRow } from '../../domain/oversight/assessment-facts.ts';
import { assessmentRow, ASSESSMENT_COLUMNS } from '../../domain/oversight/assessment-table.ts';
import { assess } from '../../domain/oversight/assessment.ts';
import { endOfDay, startOfDay } from '../../domain/clock/calendar.ts';

const OWN = '430103-agriculture';
const OTHER = '430103-health';
const LIMIT = { limitId: 'registrationPush.feedback', kind: 'statutory', workingDays: 7, dueDate: '2026-11-18' };
const noon = (date: string) => startOfDay(date) + 12 * 3_600_000;
const row = (
  step: number,
  date: string,
  action: string,
  after: object | null | undefined,
  actorDepartment: string | null = OWN,
): AuditRow => ({
  caseId: 'case',
  step,
  at: noon(date),
  action,
  // What the column may hold, and what a test wants to see survived.
  after: after as AuditRow['after'],
  actorDepartment,
});
const open = (caseType: string, more: object = {}) =>
  row(1, '2026-11-09', 'open', { caseType, departmentCode: OWN, ...more });
const armed = (more: object = {}) => open('registrationPush', { limits: [{ ...LIMIT, change: 'arm', ...more }] });
const limits = (change: string, more: object = {}) => ({ limits: [{ ...LIMIT, change, answering: OWN, ...more }] });
const breach = (step: number, date: string, more: object = {}, action = 'rung:due') =>
  row(step, date, action, { limitId: LIMIT.limitId, answering: OWN, ...more }, null);
const settled = (step: number, date: string, more: object = {}) =>
  row(step, date, 'feedBack', limits('settle', { usedDays: 5, ...more }));
const judged = (rows: AuditRow[]) =>
  factsOfCase(rows).map((fact) =>
    'late' in fact ? [fact.departmentCode, fact.month, fact.late ? 'late' : 'in time'] : fact,
  );

describe('what a case adds to a department’s month (第十六条)', () => {
  test('a case without a type or a holder adds nothing of itself', () => {
    expect(factsOfCase([row(1, '2026-11-09', 'open', {}), row(2, '2026-11-10', 'criticise', {})])).toEqual([]);
    expect(factsOfCase([row(1, '2026-11-09', 'open', null)])).toEqual([]);
    expect(factsOfCase([row(1, '2026-11-09', 'criticise', undefined)])).toEqual([]);
  });

  test.each([
    ['supervision', 'open', ['supervised']],
    ['supervision', 'criticise', ['supervised', 'criticised']],
    ['supervision', 'recordCriticism', ['supervised', 'criticised']],
    ['supervision', 'proposeCriticism', ['supervised']],
    ['supervision', 'declineCriticism', ['supervised']],
    ['supervision', 'reply', ['supervised']],
    ['correction', 'open', ['corrected']],
    ['correction', 'criticise', ['corrected']],
    ['correction', 'reply', ['corrected']],
    ['registrationPush', 'open', []],
    ['registrationPush', 'criticise', []],
  ])('%s, after %s: %j', (caseType, action, expected) => {
    const rows = [open(caseType), ...(action === 'open' ? [] : [row(2, '2026-12-01', action, {})])];
    const facts = factsOfCase(rows);
    expect(facts.map(({ fact }) => fact)).toEqual(expected);
    expect(facts.map(({ month }) => month)).toEqual(['2026-11', '2026-12'].slice(0, expected.length));
    for (const { departmentCode } of facts) expect(departmentCode).toBe(OWN);
  });

  test('a case that nobody holds is nobody’s supervision or correction', () => {
    for (const caseType of ['supervision', 'correction']) {
      expect(factsOfCase([open(caseType, { departmentCode: null })])).toEqual([]);
    }
  });

  test('whoever takes a case over answers for what comes after, but an order names another department', () => {
    const criticised = row(3, '2026-11-12', 'criticise', {});
    const whose = (action: string, departmentCode: string | null = OTHER) =>
      factsOfCase([open('supervision'), row(2, '2026-11-11', action, { departmentCode }), criticised]).at(-1)
        ?.departmentCode;
    expect(whose('transfer')).toBe(OTHER);
    expect(whose('order')).toBe(OWN);
    expect(whose('transfer', null)).toBe(OWN);
  });

  test.each([
    [OTHER, 'same', [{ fact: 'return', departmentCode: OTHER, month: '2026-11', wrong: true }]],
    [OTHER, 'other', [{ fact: 'return', departmentCode: OTHER, month: '2026-11', wrong: false }]],
    [OTHER, undefined, []],
    [7, 'same', []],
  ])('a return by %s that was ruled %s: %j', (returnedBy, decision, facts) => {
    const ruled = row(2, '2026-11-10', 'rule', { ruling: { decision } });
    expect(factsOfCase([open('rollback', { returnedBy }), ruled])).toEqual(facts);
    expect(factsOfCase([open('registrationPush', { returnedBy }), ruled])).toEqual([]);
  });

  test('a row without a ruling is no return that was ruled upon', () => {
    expect(factsOfCase([open('rollback', { returnedBy: OTHER }), row(2, '2026-11-10', 'note', {})])).toEqual([]);
  });
});

describe('a duty is judged once', () => {
  test.each([
    ['in time where it is done by its last day', [armed(), settled(2, '2026-11-18')], [[OWN, '2026-11', 'in time']]],
    ['late where it is done after it', [armed(), settled(2, '2026-11-19')], [[OWN, '2026-11', 'late']]],
    [
      'late where its breach fired, whatever comes after',
      [armed(), breach(2, '2026-11-19'), settled(3, '2026-12-01')],
      [[OWN, '2026-11', 'late']],
    ],
    [
      'once, though its breach is told twice',
      [armed(), breach(2, '2026-11-19'), breach(3, '2026-11-20')],
      [[OWN, '2026-11', 'late']],
    ],
    ['not by a reminder', [armed(), breach(2, '2026-11-16', {}, 'rung:due-2')], []],
    ['not by a rung of no name', [armed(), breach(2, '2026-11-16', {}, 'rung:other')], []],
    ['not by supervision', [armed(), breach(2, '2026-11-25', {}, 'rung:due+3')], []],
    ['not by the breach of another limit', [armed(), breach(2, '2026-11-19', { limitId: 'x' })], []],
    ['not by a breach of no limit', [armed(), breach(2, '2026-11-19', { limitId: undefined })], []],
    ['not where nobody answers for it', [armed(), breach(2, '2026-11-19', { answering: null })], []],
    ['not where it was never begun', [settled(2, '2026-11-18')], []],
    [
      'not late while it stands still',
      [armed(), row(2, '2026-11-12', 'suspend', limits('suspend')), settled(3, '2026-11-30')],
      [[OWN, '2026-11', 'in time']],
    ],
    [
      'late again once it runs',
      [
        armed(),
        row(2, '2026-11-12', 'suspend', limits('suspend')),
        row(3, '2026-11-13', 'resume', limits('resume')),
        settled(4, '2026-11-30'),
      ],
      [[OWN, '2026-11', 'late']],
    ],
    [
      'by its new last day where it was extended',
      [armed(), row(2, '2026-11-12', 'extend', limits('extend', { dueDate: '2026-12-02' })), settled(3, '2026-12-02')],
      [[OWN, '2026-12', 'in time']],
    ],
    [
      'anew where it begins again',
      [
        armed(),
        breach(2, '2026-11-19'),
        row(3, '2026-11-20', 'again', limits('arm', { dueDate: '2026-12-02' })),
        settled(4, '2026-12-01'),
      ],
      [
        [OWN, '2026-11', 'late'],
        [OWN, '2026-12', 'in time'],
      ],
    ],
    [
      'not again where it goes on after its breach',
      [
        armed(),
        breach(2, '2026-11-19'),
        row(3, '2026-11-20', 'extend', limits('extend', { dueDate: '2026-12-02' })),
        settled(4, '2026-12-01'),
      ],
      [[OWN, '2026-11', 'late']],
    ],
    [
      'not as merit where another brought it to rest',
      [armed(), row(2, '2026-11-12', 'withdraw', limits('settle', { usedDays: 3 }), OTHER)],
      [],
    ],
    [
      'late all the same where another did',
      [armed(), row(2, '2026-11-20', 'withdraw', limits('settle'), OTHER)],
      [[OWN, '2026-11', 'late']],
    ],
    [
      'as merit of the department that handed it over',
      [
        open('publication', {
          limits: [
            { ...LIMIT, change: 'arm' },
            { ...LIMIT, change: 'settle', answering: OTHER },
          ],
        }),
      ],
      [[OTHER, '2026-11', 'in time']],
    ],
    [
      'as merit of any registering authority for another',
      [
        armed(),
        row(2, '2026-11-12', 'publish', limits('settle', { answering: '430000-registration' }), '430103-registration'),
      ],
      [['430000-registration', '2026-11', 'in time']],
    ],
    [
      'not of a registering authority for a department',
      [armed(), row(2, '2026-11-12', 'publish', limits('settle'), '430103-registration')],
      [],
    ],
    [
      'not of a department for a registering authority',
      [armed(), row(2, '2026-11-12', 'publish', limits('settle', { answering: '430000-registration' }), OWN)],
      [],
    ],
  ])('%s', (_, rows, facts) => {
    expect(judged(rows)).toEqual(facts);
    expect(judged(rows.toReversed())).toEqual(facts);
  });

  test('days used are those that the log names, none where it names none', () => {
    const used = (usedDays?: number) => factsOfCase([armed(), settled(2, '2026-11-12', { usedDays })]);
    expect(used(5)).toMatchObject([{ usedDays: 5, workingDays: 7, kind: 'statutory', limitId: LIMIT.limitId }]);
    expect(used()).toMatchObject([{ usedDays: null }]);
  });

  test('a breach belongs to the month of its last day, unless that had passed before the duty came to light', () => {
    const month = (dueDate: string) =>
      factsOfCase([armed({ dueDate }), breach(2, '2026-12-01')]).map((fact) => fact.month);
    expect(month('2026-11-30')).toEqual(['2026-11']);
    expect(month('2026-10-30')).toEqual(['2026-11']);
    const midnight = { ...armed({ dueDate: '2026-10-31' }), at: endOfDay('2026-10-31') };
    expect(factsOfCase([midnight, breach(2, '2026-12-01')]).map((fact) => fact.month)).toEqual(['2026-11']);
  });

  test('a breach that a new calendar takes back is none, and its new last day judges it', () => {
    const withdrawn = row(3, '2026-11-20', 'breach.withdrawn', { limitId: LIMIT.limitId });
    const moved = row(4, '2026-11-20', 'deadline.reprojected', { [LIMIT.limitId]: { dueDate: '2026-12-02' } });
    const rows = [armed(), breach(2, '2026-11-19'), withdrawn, moved];
    expect(judged(rows)).toEqual([]);
    expect(judged([...rows, settled(5, '2026-12-02')])).toEqual([[OWN, '2026-12', 'in time']]);
    expect(judged([...rows, breach(5, '2026-12-03')])).toEqual([[OWN, '2026-12', 'late']]);
  });

  test('another row that names a limit takes nothing back, and one of no known limit neither', () => {
    const noted = row(3, '2026-11-20', 'note', { limitId: LIMIT.limitId });
    const unknown = (after: object) => row(3, '2026-11-20', 'breach.withdrawn', after);
    for (const third of [noted, unknown({}), unknown({ limitId: 'x' })]) {
      expect(judged([armed(), breach(2, '2026-11-19'), third])).toEqual([[OWN, '2026-11', 'late']]);
    }
    expect(judged([armed(), unknown({ limitId: LIMIT.limitId }), breach(4, '2026-11-19')])).toEqual([
      [OWN, '2026-11', 'late'],
    ]);
  });

  test.each([
    [{ [LIMIT.limitId]: { dueDate: '2026-12-02' } }, 'in time'],
    [{ [LIMIT.limitId]: { dueDate: 7 } }, 'late'],
    [{ [LIMIT.limitId]: { day: '2026-12-02' } }, 'late'],
    [{ [LIMIT.limitId]: null }, 'late'],
    [{ [LIMIT.limitId]: '2026-12-02' }, 'late'],
    [{ another: { dueDate: '2026-12-02' } }, 'late'],
  ])('a limit that was counted anew as %j is %s', (after, how) => {
    const moved = row(2, '2026-11-12', 'deadline.reprojected', after);
    expect(judged([armed(), moved, settled(3, '2026-12-01')])).toEqual([[OWN, '2026-12', how]]);
  });

  test('only a new count moves a last day', () => {
    const noted = row(2, '2026-11-12', 'note', { [LIMIT.limitId]: { dueDate: '2026-12-02' } });
    expect(judged([armed(), noted, settled(3, '2026-12-01')])).toEqual([[OWN, '2026-12', 'late']]);
  });
});

describe('a month’s score', () => {
  const duty = { fact: 'duty', month: '2026-11', kind: 'norm', workingDays: 5, limitId: 'rollback.ruling' } as const;
  const inTime = { ...duty, departmentCode: OWN, late: false, usedDays: 2 };

  test('counts facts of the month alone', () => {
    const { departments } = assess('2026-11', [inTime, { ...inTime, month: '2026-10' }]);
    expect(departments.map(({ shares }) => shares.norm)).toEqual([{ total: 1, good: 1 }]);
  });

  test('a duty of which no days are known adds none', () => {
    const [department] = assess('2026-11', [inTime, { ...inTime, usedDays: null }]).departments;
    expect(department).toMatchObject({ usedDays: 2, allowedDays: 5, shares: { norm: { total: 2, good: 2 } } });
  });

  test('a supervision’s own limits are counted apart; a wrong return is no good one', () => {
    const facts = [
      { ...inTime, limitId: 'supervision.reply' },
      { fact: 'return', departmentCode: OWN, month: '2026-11', wrong: true } as const,
      { fact: 'return', departmentCode: OWN, month: '2026-11', wrong: false } as const,
      { fact: 'return', departmentCode: OWN, month: '2026-11', wrong: false } as const,
    ];
    expect(assess('2026-11', facts).departments[0]?.shares).toMatchObject({
      norm: { total: 0, good: 0 },
      supervision: { total: 1, good: 1 },
      returns: { total: 3, good: 2 },
    });
  });

  test('a region’s is the mean of those that have one, and none where no department has', () => {
    const corrected = { fact: 'corrected', departmentCode: OTHER, month: '2026-11' } as const;
    const late = { ...duty, departmentCode: '430103-water', late: true, usedDays: null };
    expect(assess('2026-11', [inTime, corrected]).regions).toEqual([
      { regionCode: '430103', departments: 2, breaches: 0, score: 100 },
    ]);
    expect(assess('2026-11', [inTime, late, corrected]).regions).toEqual([
      { regionCode: '430103', departments: 3, breaches: 1, score: 50 },
    ]);
    expect(assess('2026-11', [corrected]).regions).toEqual([
      { regionCode: '430103', departments: 1, breaches: 0, score: null },
    ]);
  });

  test('is shown with its shares and its days, a dash where there was nothing to judge', () => {
    const facts = [
      inTime,
      { ...inTime, usedDays: 3 },
      { ...inTime, kind: 'statutory', limitId: 'registrationPush.feedback', usedDays: 4, workingDays: 7 },
      { ...inTime, limitId: 'supervision.reply', usedDays: 1 },
      { ...inTime, late: true, usedDays: null },
      { fact: 'supervised', departmentCode: OWN, month: '2026-11' } as const,
      { fact: 'corrected', departmentCode: OTHER, month: '2026-11' } as const,
    ];
    const [own, other] = assess('2026-11', facts).departments;
    const named = (one: typeof own) => assessmentRow({ ...one!, departmentName: '某部门' });
    expect(named(own)).toEqual([
      OWN, '某部门', own!.score!.toFixed(1), '1/1', '2/3', '1/1', '—', 1, '2.5/5.5', 1, 0, 0,
    ]); // prettier-ignore
    expect(named(other)).toEqual([OTHER, '某部门', '—', '—', '—', '—', '—', 0, '—', 0, 0, 1]);
    expect(ASSESSMENT_COLUMNS).toHaveLength(12);
  });
});
