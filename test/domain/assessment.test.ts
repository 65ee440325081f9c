import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess, formulaOf, FORMULAS, tallyFacts } from '../../domain/oversight/assessment.ts';
import { factsOfCase, type AssessedFact, type AuditRow } from '../../domain/oversight/assessment-facts.ts';
import { endOfDay } from '../../domain/clock/calendar.ts';
import {
  MONTH,
  OWN,
  OTHER,
  OWED,
  FEEDBACK,
  CLAIM,
  row,
  opened,
  claimed,
  fedBack,
  breached,
} from '../support/assessment-log.ts';

const duty = (late: boolean, departmentCode = OWN): AssessedFact => ({
  fact: 'duty',
  month: MONTH,
  departmentCode,
  limitId: FEEDBACK.limitId,
  kind: 'statutory',
  workingDays: 7,
  late,
  usedDays: late ? null : 5,
});

describe('facts of a case', () => {
  test('what was done in time is judged in the month in which it was done', () => {
    const facts = factsOfCase([opened(), claimed, fedBack(3, '2026-11-16')]);
    expect(facts).toMatchObject([
      { limitId: CLAIM.limitId, late: false, usedDays: 1 },
      { limitId: FEEDBACK.limitId, late: false, usedDays: 5 },
    ]);
  });

  test('a breach is judged once, in the month in which the limit ended, whenever it is made good', () => {
    const facts = factsOfCase([opened(), claimed, breached, fedBack(4, '2026-12-02')]);
    expect(facts.filter(({ fact, month }) => fact === 'duty' && month === MONTH)).toHaveLength(2);
    expect(facts.map((fact) => 'late' in fact && fact.late)).toEqual([false, true]);
  });

  test('a limit that ends with the month is that month’s breach, though its end is the next day’s first instant', () => {
    const dueDate = '2026-11-30';
    const begun = opened({ limits: [{ ...FEEDBACK, dueDate, change: 'arm' }] });
    const rung = { ...row(2, '2026-12-01', 'rung:due', { ...OWED, limitId: FEEDBACK.limitId }), at: endOfDay(dueDate) };
    expect(factsOfCase([begun, rung])).toMatchObject([{ month: MONTH, late: true }]);
  });

  test('a breach from before the case was opened counts in the month of its opening', () => {
    const begun = opened({ limits: [{ ...FEEDBACK, dueDate: '2026-10-30', change: 'arm' }] });
    const rung = row(2, '2026-11-09', 'rung:due', { ...OWED, limitId: FEEDBACK.limitId });
    expect(factsOfCase([begun, rung])).toMatchObject([{ month: MONTH, late: true }]);
  });

  test('the last moment of the last day is in time, the next is not', () => {
    const settle = (at: number) => ({ ...fedBack(2, '2026-11-18'), at });
    const late = (at: number) => factsOfCase([opened(), settle(at)]).map((fact) => 'late' in fact && fact.late);
    expect(late(endOfDay('2026-11-18') - 1)).toEqual([false]);
    expect(late(endOfDay('2026-11-18'))).toEqual([true]);
  });

  test('suspended days are not late, an extension and a new calendar move the end, a new term is judged anew', () => {
    const change = (step: number, kind: string, dueDate = FEEDBACK.dueDate) =>
      row(step, '2026-11-12', kind, { limits: [{ ...FEEDBACK, dueDate, change: kind }] }, OWN);
    const settled = fedBack(9, '2026-11-27');
    const late = (...between: AuditRow[]) =>
      factsOfCase([opened({ limits: [{ ...FEEDBACK, change: 'arm' }] }), ...between, settled]).map(
        (fact) => 'late' in fact && fact.late,
      );
    expect(late()).toEqual([true]);
    expect(late(change(2, 'suspend'))).toEqual([false]);
    expect(late(change(2, 'suspend'), change(3, 'resume', '2026-11-26'))).toEqual([true]);
    expect(late(change(2, 'extend', '2026-11-27'))).toEqual([false]);
    const moved = row(2, '2026-11-12', 'deadline.reprojected', { [FEEDBACK.limitId]: { dueDate: '2026-11-27' } });
    expect(late(moved)).toEqual([false]);
    expect(late(breached, change(4, 'arm', '2026-11-27'))).toEqual([true, false]);
  });

  test('a limit that another party settles is no merit, and an organ’s duty does not count for the department', () => {
    expect(factsOfCase([opened(), { ...fedBack(2, '2026-11-16'), actorDepartment: OTHER }])).toEqual([]);
    const review = { ...FEEDBACK, limitId: 'supervision.closing', kind: 'norm' };
    const begun = opened({ limits: [{ ...review, change: 'arm' }] });
    const rung = row(2, '2026-11-19', 'rung:due', { limitId: review.limitId, answering: null });
    expect(factsOfCase([begun, rung])).toEqual([]);
  });

  test('a duty counts for the department that the log names, whoever holds the case', () => {
    const province = '430000-registration';
    const shared = { ...FEEDBACK, limitId: 'publication.publication', answering: province };
    const begun = opened({ limits: [{ ...shared, change: 'arm' }] });
    const published = row(2, '2026-11-16', 'publish', { limits: [{ ...shared, change: 'settle', usedDays: 5 }] });
    // The registering authority below the province publishes for it.
    const done = factsOfCase([begun, { ...published, actorDepartment: '430103-registration' }]);
    expect(done).toMatchObject([{ departmentCode: province, late: false, usedDays: 5 }]);
    const breach = (answering: string) =>
      factsOfCase([begun, row(2, '2026-11-19', 'rung:due', { limitId: shared.limitId, answering })]);
    for (const code of [province, OWN]) expect(breach(code)).toMatchObject([{ departmentCode: code, late: true }]);
  });

  test('a hand-over in time counts as done at the opening, although the system wrote that entry', () => {
    const handed = { ...FEEDBACK, limitId: 'publication.submission' };
    const both = [
      { ...handed, change: 'arm' },
      { ...handed, change: 'settle', usedDays: 2 },
    ];
    expect(factsOfCase([opened({ limits: both })])).toMatchObject([{ departmentCode: OWN, late: false, usedDays: 2 }]);
  });

  test('a breach that a new calendar takes back is none, and the new last day judges', () => {
    const moved = row(4, '2026-11-19', 'deadline.reprojected', { [FEEDBACK.limitId]: { dueDate: '2026-11-20' } });
    const withdrawn = row(5, '2026-11-19', 'breach.withdrawn', { limitId: FEEDBACK.limitId });
    const begun = opened({ limits: [{ ...FEEDBACK, change: 'arm' }] });
    const late = (...rows: AuditRow[]) =>
      factsOfCase([begun, breached, ...rows]).map((fact) => 'late' in fact && fact.late);
    expect(late(moved)).toEqual([true]);
    expect(late(moved, withdrawn)).toEqual([]);
    // Its month is over: rows of later months are not read, except the one that withdraws the breach.
    expect(late(withdrawn)).toEqual([]);
    expect(late(moved, withdrawn, fedBack(6, '2026-11-20'))).toEqual([false]);
    const again = { ...breached, step: 6, at: endOfDay('2026-11-20') };
    expect(late(moved, withdrawn, again, fedBack(7, '2026-11-23'))).toEqual([true]);
  });

  test('supervision, criticism and a wrong return are facts of their own', () => {
    const own = { caseType: 'supervision', departmentCode: OWN };
    const facts = factsOfCase([row(1, '2026-11-02', 'open', own), row(2, '2026-11-03', 'criticise', {})]);
    expect(facts).toMatchObject([{ fact: 'supervised' }, { fact: 'criticised' }]);
    const rollback = { caseType: 'rollback', departmentCode: '430103-registration', returnedBy: OWN };
    const ruled = (decision: string) =>
      factsOfCase([row(1, '2026-11-02', 'open', rollback), row(2, '2026-11-03', 'rule', { ruling: { decision } })]);
    expect(ruled('same')).toEqual([{ fact: 'return', departmentCode: OWN, month: MONTH, wrong: true }]);
    expect(ruled('pool')).toMatchObject([{ wrong: false }]);
  });

  test('the order in which rows come does not matter', () => {
    const rows = [opened(), claimed, breached, fedBack(4, '2026-11-20')];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(factsOfCase(shuffled)).toEqual(factsOfCase(rows));
      }),
    );
  });
});

describe('the score', () => {
  const ownScore = (facts: AssessedFact[]) =>
    assess(MONTH, facts).departments.find((d) => d.departmentCode === OWN)!.score;
  const about = { departmentCode: OWN, month: MONTH };

  test('is what anyone computes by hand', () => {
    // Statutory 3 of 4, norms 1 of 2, one of two returns wrong; supervised once, criticised once.
    const norm = (late: boolean): AssessedFact => ({ ...(duty(late) as object), kind: 'norm' }) as AssessedFact;
    const facts: AssessedFact[] = [
      ...[false, false, false, true].map((late) => duty(late)),
      ...[false, true].map(norm),
      ...[true, false].map((wrong): AssessedFact => ({ ...about, fact: 'return', wrong })),
      { ...about, fact: 'supervised' },
      { ...about, fact: 'criticised' },
    ];
    // (50 × 3/4 + 20 × 1/2 + 10 × 1/2) / (50 + 20 + 10) = 52.5 / 80 = 65.625 %, less 2 and 10.
    expect(ownScore(facts)).toBe(53.6);
    expect(assess(MONTH, facts).departments[0]).toMatchObject({ breaches: 2, usedDays: 20, allowedDays: 28 });
  });

  test('without anything to judge there is no score; deductions are capped', () => {
    expect(ownScore([{ ...about, fact: 'corrected' }])).toBeNull();
    expect(ownScore(Array.from({ length: 40 }, () => ({ ...about, fact: 'supervised' as const })))).toBe(80);
    expect(ownScore(Array.from({ length: 40 }, () => ({ ...about, fact: 'criticised' as const })))).toBe(70);
  });

  test('of a region is the mean of its departments’', () => {
    const { regions } = assess(MONTH, [duty(false), duty(true, OTHER), duty(true, '430104-health')]);
    expect(regions).toEqual([
      { regionCode: '430103', departments: 2, breaches: 1, score: 50 },
      { regionCode: '430104', departments: 1, breaches: 1, score: 0 },
    ]);
  });

  const department = fc.constantFrom(OWN, OTHER, '430104-agriculture');
  const month = fc.constantFrom(MONTH, '2026-10');
  const fact = fc.oneof(
    fc.record({
      fact: fc.constant('duty' as const),
      departmentCode: department,
      month,
      limitId: fc.constantFrom('registrationPush.feedback', 'supervision.reply', 'registrationPush.claim'),
      kind: fc.constantFrom('statutory', 'norm'),
      late: fc.boolean(),
      usedDays: fc.option(fc.nat(9)),
      workingDays: fc.nat(9),
    }),
    fc.record({ fact: fc.constant('return' as const), departmentCode: department, month, wrong: fc.boolean() }),
    fc.record({ fact: fc.constantFrom('supervised', 'criticised', 'corrected'), departmentCode: department, month }),
  ) as fc.Arbitrary<AssessedFact>;
  const facts = fc.array(fact, { maxLength: 30 });

  test('a breach never raises it, be it one more or one instead of a duty done in time', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom('statutory', 'norm'), (known, kind) => {
        const breach = { ...duty(true), kind } as AssessedFact;
        const kept = { ...duty(false), kind } as AssessedFact;
        const before = assess(MONTH, known).departments.find((d) => d.departmentCode === OWN)?.score ?? 100;
        expect(ownScore([...known, breach])!).toBeLessThanOrEqual(before);
        expect(ownScore([...known, breach])!).toBeLessThanOrEqual(ownScore([...known, kept])!);
      }),
    );
  });

  test('neither the order of facts nor another department’s change it, and it stays between 0 and 100', () => {
    fc.assert(
      fc.property(facts, fc.infiniteStream(fc.nat()), (known, keys) => {
        const whole = assess(MONTH, known);
        const shuffled = known.map((one) => [keys.next().value as number, one] as const);
        expect(
          assess(
            MONTH,
            shuffled.toSorted(([a], [b]) => a - b).map(([, one]) => one),
          ),
        ).toEqual(whole);
        const alone = assess(
          MONTH,
          known.filter((one) => one.departmentCode === OWN),
        );
        expect(alone.departments).toEqual(whole.departments.filter((one) => one.departmentCode === OWN));
        for (const { score } of whole.departments) {
          if (score !== null) expect(score >= 0 && score <= 100).toBe(true);
        }
      }),
    );
  });
});

describe('the formula', () => {
  const text = readFileSync(new URL('../../docs/assessment.md', import.meta.url), 'utf8');

  test('is published: every weight, deduction and article is in docs/assessment.md', () => {
    const { version, components, deductions } = FORMULAS.at(-1)!;
    expect(text).toContain(version);
    const published = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    const line = (title: string) => published.find((cells) => cells[1] === title)?.slice(2, -1);
    for (const { title, weight, article } of Object.values(components)) {
      expect(line(title)).toEqual([String(weight), expect.any(String), article]);
    }
    for (const { title, points, most, article } of Object.values(deductions)) {
      expect(line(title)).toEqual([String(points), String(most), article]);
    }
  });

  test('of 2026-12 counts the answer to a push as a norm, also one that was armed before; earlier months keep theirs', () => {
    const met = { fact: 'duty', kind: 'statutory', late: false, usedDays: 3, workingDays: 7 } as const;
    const of = (month: string, limitId: string) =>
      tallyFacts(month, [{ ...met, limitId, month, departmentCode: '430103-agriculture' }])[0]!.shares;
    const one = { total: 1, good: 1 };
    expect(of('2026-12', 'registrationPush.feedback').norm).toEqual(one);
    expect(of('2026-11', 'registrationPush.feedback').statutory).toEqual(one);
    expect(of('2026-12', 'sanctionNotice.feedback').statutory).toEqual(one);
  });

  test('is in force from a month on', () => {
    expect(formulaOf('2016-11').version).toBe('2026.1');
    expect(formulaOf('2026-11').version).toBe('2026.1');
    expect(formulaOf('2026-12').version).toBe('2026.2');
    expect(() => formulaOf('2016-10')).toThrow('2016-10');
  });
});
