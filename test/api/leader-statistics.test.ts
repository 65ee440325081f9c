/** Figures for leaders: each counts exactly the list behind it, for every reader. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CasePage } from '../../api/cases/list.ts';
import type { RegistrationPage } from '../../api/routes/registration-list.ts';
import type { Counties } from '../../api/statistics/counties.ts';
import type { Load } from '../../api/statistics/load.ts';
import type { RollbackReasons } from '../../api/statistics/rollback-reasons.ts';
import type { Timeliness } from '../../api/statistics/timeliness.ts';
import type { Figure } from '../../api/statistics/statistics.ts';
import { cases, enterprises, registrations, rungs } from '../../db/schema.ts';
import { addDays, legalDateOf } from '../../domain/clock/calendar.ts';
import { RETURN_REASONS } from '../../domain/case-types/registration-push/answers.ts';
import { onOneDay, today } from '../support/day.ts';
import { eventually, Product } from '../support/product.ts';
import { BREACHES, CASES, FROM, REGISTRATIONS, RUNGS, TO, type Breach } from './support/figure-cases.ts';
import { expectProblem, NOWHERE } from './support/requests.ts';

const STATISTICS = '/api/v1/statistics';
let product: Product;

beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  const { db } = product.handle;
  await db.insert(enterprises).values({
    uscc: 'FIGURES',
    name: '统计企业',
    kind: 'enterprise',
    regionCode: '430103',
    updatedAt: new Date(),
  });
  await db.insert(cases).values(CASES);
  await db.insert(rungs).values(RUNGS);
  await db.insert(registrations).values(REGISTRATIONS);
});
afterAll(() => product.close());
beforeEach(onOneDay);

const read = async <T>(as: string, path: string) => {
  const { status, body } = await product.get<T>(as, `${STATISTICS}/${path}`);
  expect([path, status]).toEqual([path, 200]);
  return body;
};

function figuresIn(value: unknown): Figure[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('list' in value && 'count' in value) return [value as Figure];
  return Object.values(value).flatMap(figuresIn);
}

async function lengthOf(as: string, { list }: Figure): Promise<number> {
  let length = 0;
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = new URLSearchParams({ ...list.query, limit: '200', ...(cursor && { cursor }) }).toString();
    const page = await product.get<CasePage | RegistrationPage>(as, `/api/v1/${list.noun}?${query}`);
    expect([query, page.status]).toEqual([query, 200]);
    length += page.body.items.length;
    cursor = page.body.nextCursor;
  }
  return length;
}

const PERIOD = `from=${FROM}&to=${TO}`;
const QUESTIONS = [
  'timeliness',
  `timeliness?${PERIOD}`,
  `timeliness?${PERIOD}&by=region`,
  `timeliness?${PERIOD}&by=caseType`,
  `timeliness?${PERIOD}&by=department&caseType=registrationPush&region=430103`,
  'load',
  `load?${PERIOD}&caseType=supervision`,
  'rollback-reasons',
  `rollback-reasons?${PERIOD}`,
  `counties?${PERIOD}`,
  `counties?${PERIOD}&caseType=publication&region=430103`,
];

describe.each(['ducha', 'shenji', 'shengju', 'nongye', 'nongye-lead'])('to %s', (as) => {
  it.each(QUESTIONS)('every figure of %s counts the list behind it', async (question) => {
    const figures = figuresIn(await read(as, question));
    expect(figures.length).toBeGreaterThan(0);
    // Most figures are zero; open some of those, too.
    const opened = figures.filter(({ count }, i) => count > 0 || i % 25 === 0);
    for (const figure of opened) {
      expect([figure.list, await lengthOf(as, figure)]).toEqual([figure.list, figure.count]);
    }
  });
});

it('of no days asked for are of the last thirty, and say so', async () => {
  for (const path of ['timeliness', 'load', 'rollback-reasons', 'counties']) {
    const { from, to } = await read<Timeliness>('shenji', path);
    expect([path, from, to]).toEqual([path, addDays(today(), -29), today()]);
  }
});

describe('the figures are right', () => {
  /** Computed in another way than the product does. */
  const inPeriod = (at: Date | null | undefined, from = FROM, to = TO) =>
    at != null && legalDateOf(at.getTime()) >= from && legalDateOf(at.getTime()) <= to;
  const breachedOn = (at: Date | null | undefined, from = FROM, to = TO) =>
    inPeriod(at && new Date(at.getTime() - 1), from, to);
  const countOf = (holds: (row: (typeof CASES)[number]) => unknown) => CASES.filter(holds).length;
  const late = (row: (typeof CASES)[number], holds: (breach: Breach) => boolean = () => true) =>
    BREACHES.some((breach) => breach.caseId === row.caseId && !breach.withdrawn && holds(breach));
  /** Late on limits that the case's own department answers for. */
  const isOwnLate = (row: (typeof CASES)[number], kinds = ['statutory', 'norm']) =>
    late(row, ({ answering, kind }) => answering === row.departmentCode && kinds.includes(kind));
  const counts = (figures: Record<string, Figure | null>) =>
    Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figure?.count]));

  it('on-time rate by department, with a total', async () => {
    const { rows, total, from, to } = await read<Timeliness>('shenji', `timeliness?${PERIOD}`);
    expect({ from, to }).toEqual({ from: FROM, to: TO });
    for (const { key, figures, onTimeRate, statutoryOnTimeRate } of [...rows, { key: undefined, ...total }]) {
      const isHis = (row: (typeof CASES)[number]) => key === undefined || (row.departmentCode ?? 'none') === key;
      const closed = countOf((row) => isHis(row) && inPeriod(row.closedAt));
      const closedOnTime = countOf((row) => isHis(row) && inPeriod(row.closedAt) && !isOwnLate(row));
      const lateByLaw = countOf((row) => isHis(row) && inPeriod(row.closedAt) && isOwnLate(row, ['statutory']));
      expect([key, counts(figures)]).toEqual([
        key,
        {
          opened: countOf((row) => isHis(row) && inPeriod(row.openedAt)),
          closed,
          closedOnTime,
          closedLate: closed - closedOnTime,
          closedLateStatutory: lateByLaw,
          running: countOf((row) => isHis(row) && row.status === 'open'),
          overdueNow: countOf((row) => isHis(row) && row.status === 'open' && row.dueAt && row.dueAt <= new Date()),
        },
      ]);
      expect(onTimeRate).toBe(closed === 0 ? null : closedOnTime / closed);
      expect(statutoryOnTimeRate).toBe(closed === 0 ? null : (closed - lateByLaw) / closed);
    }
    expect(rows.find(({ key }) => key === '430103-agriculture')?.title).toContain('天心区');
    expect(rows.find(({ key }) => key === 'none')?.title).toContain('没有承办部门');
  });

  it('on-time rate by page: the rows of all departments in order, the total of all', async () => {
    const all = await read<Timeliness>('shenji', `timeliness?${PERIOD}`);
    expect(all.rows.length).toBeGreaterThan(2);
    expect(all.rowCount).toBe(all.rows.length);
    const pages: Timeliness['rows'] = [];
    for (let page = 1; pages.length < all.rowCount; page++) {
      const { rows, rowCount, total } = await read<Timeliness>(
        'shenji',
        `timeliness?${PERIOD}&pageSize=2&page=${page}`,
      );
      expect({ rowCount, total }).toEqual({ rowCount: all.rowCount, total: all.total });
      expect(rows.length).toBe(Math.min(2, all.rowCount - pages.length));
      pages.push(...rows);
    }
    expect(pages).toEqual(all.rows);
  });

  it('on-time rate by region or type counts what organs answer for, too; and by department, what is another’s, not', async () => {
    const onTime = async (by: string) =>
      (await read<Timeliness>('shenji', `timeliness?${PERIOD}&by=${by}`)).total.figures.closedOnTime.count;
    const closed = CASES.filter((row) => inPeriod(row.closedAt));
    const none = closed.filter((row) => !late(row)).length;
    expect([await onTime('region'), await onTime('caseType')]).toEqual([none, none]);
    expect(await onTime('department')).toBe(closed.filter((row) => !isOwnLate(row)).length);
    expect(await onTime('department')).toBeGreaterThan(none);
  });

  it('load by day, each day of the period, whole days of UTC+8', async () => {
    const { rows, total } = await read<Load>('shenji', `load?${PERIOD}`);
    // A case that was late on two days is one late case.
    const days = rows.reduce((sum, { figures }) => sum + figures.breached.count, 0);
    expect(total.figures.breached.count).toBe(countOf((row) => late(row, ({ at }) => breachedOn(at))));
    expect(total.figures.breached.count).toBeLessThan(days);
    expect(rows.map(({ day }) => day)).toEqual(Array.from({ length: 18 }, (_, i) => addDays(FROM, i)));
    for (const { day, figures } of rows) {
      expect([day, counts(figures)]).toEqual([
        day,
        {
          opened: countOf((row) => inPeriod(row.openedAt, day, day)),
          closed: countOf((row) => inPeriod(row.closedAt, day, day)),
          breached: countOf((row) => late(row, ({ at }) => breachedOn(at, day, day))),
        },
      ]);
    }
  });

  it('reasons of returns, all of them, with their titles', async () => {
    const { rows, total } = await read<RollbackReasons>('shenji', `rollback-reasons?${PERIOD}`);
    const returned = CASES.filter((row) => row.caseType === 'registrationPush' && row.stage === 'returned');
    expect(rows.map(({ reasonCode, title, figures }) => [reasonCode, title, figures.returned.count])).toEqual(
      Object.entries(RETURN_REASONS).map(([code, title]) => [
        code,
        title,
        returned.filter(({ facts, closedAt }) => inPeriod(closedAt) && JSON.stringify(facts).includes(`"${code}"`))
          .length,
      ]),
    );
    expect(total.figures.returned.count).toBe(rows.reduce((sum, row) => sum + row.figures.returned.count, 0));
    expect(total.figures.returned.count).toBeGreaterThan(0);
  });

  it('counties: one row each, and what stands at a city’s own level beside them', async () => {
    const { rows, total } = await read<Counties>('shenji', `counties?${PERIOD}`);
    expect(rows.filter(({ level }) => level === 'county')).toHaveLength(122);
    expect(rows.filter(({ level }) => level !== 'county').map(({ title }) => title)).toEqual([
      '湖南省（本级）',
      '长沙市（本级）',
    ]);
    const tianxin = rows.find(({ regionCode }) => regionCode === '430103')!;
    expect(tianxin).toMatchObject({ title: '天心区', prefecture: '长沙市' });
    expect(tianxin.figures.open.count).toBe(countOf((row) => row.regionCode === '430103' && row.status === 'open'));
    expect(tianxin.figures.breaches.count).toBe(
      countOf((row) => row.regionCode === '430103' && late(row, ({ at }) => breachedOn(at))),
    );
    for (const name of ['open', 'overdue', 'breaches', 'closed', 'registrations'] as const) {
      const sum = rows.reduce((all, row) => all + row.figures[name]!.count, 0);
      expect([name, sum]).toEqual([name, total.figures[name]!.count]);
      expect(sum).toBeGreaterThan(0);
    }
    expect((await read<Counties>('ducha', 'counties')).rows.map(({ title }) => title)).toEqual(['天心区']);
  });
});

describe('who reads what', () => {
  it('a department its own alone, and no registrations', async () => {
    const own = '430103-agriculture';
    expect((await read<Timeliness>('nongye', `timeliness?${PERIOD}`)).rows.map(({ key }) => key)).toEqual([own]);
    for (const question of QUESTIONS) {
      for (const { list } of figuresIn(await read('nongye', question))) {
        expect([question, list.noun, list.query['department']]).toEqual([question, 'cases', own]);
      }
    }
    expectProblem(await product.get('nongye', '/api/v1/registrations'), 'access.denied');
  });

  it('an organ its region alone', async () => {
    const { rows } = await read<Timeliness>('ducha', 'timeliness?by=region');
    expect(rows.map(({ key }) => key)).toEqual(['430103']);
    for (const path of ['timeliness', 'load', 'rollback-reasons', 'counties', 'counties/export']) {
      expectProblem(await product.get('ducha', `${STATISTICS}/${path}?region=430104`), 'access.denied');
      expectProblem(await product.get(null, `${STATISTICS}/${path}`), 'auth.required');
    }
    const { items } = (await product.get<RegistrationPage>('ducha', '/api/v1/registrations?limit=200')).body;
    expect(new Set(items.map(({ regionCode }) => regionCode))).toEqual(new Set(['430103']));
  });
});

describe('refused', () => {
  it.each([
    ['timeliness?from=2026-02-30', '真实日期'],
    ['timeliness?from=0000-01-01', '1900'],
    ['timeliness?from=2026-03-02&to=2026-03-01', '晚于'],
    ['load?from=2024-01-01&to=2026-01-01', '366'],
    ['timeliness?by=constructor', ''],
    ['timeliness?caseType=toString', ''],
    ['counties?region=43', '6位'],
  ])('%s', async (path, reason) => {
    const problem = expectProblem(await product.get('shenji', `${STATISTICS}/${path}`), 'input.invalid');
    expect(problem.detail).toContain(reason);
  });

  it('a list by a day that is none', async () => {
    expectProblem(await product.get('shenji', '/api/v1/cases?openedFrom=0000-01-01'), 'input.invalid');
    expectProblem(await product.get('shenji', '/api/v1/cases?returnReason=constructor'), 'input.invalid');
    expect((await product.get<CasePage>('shenji', '/api/v1/cases?closedTo=9999-12-31&limit=1')).status).toBe(200);
  });
});

describe('as a file', () => {
  const file = async (as: string, path: string) => {
    const answer = await product.get<string>(as, `${STATISTICS}/${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    return { ...answer, rows: parse<Record<string, string>>(answer.body, { bom: true, columns: true }) };
  };

  it('says what the page says, under Chinese heads, with a total', async () => {
    const seen = await read<Timeliness>('shenji', `timeliness?${PERIOD}`);
    const { rows, headers } = await file('shenji', `timeliness/export?${PERIOD}`);
    const name = encodeURIComponent(`按时率_${FROM}_${TO}.csv`);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="timeliness_${FROM}_${TO}.csv"; filename*=UTF-8''${name}`,
    );
    expect(Object.keys(rows[0]!)).toEqual(
      '代码 部门 新立事项 办结事项 按时办结 逾期办结 其中法定期限逾期 当前在办 当前逾期 按时率 法定期限按时率'.split(
        ' ',
      ),
    );
    expect(rows.map((row) => Number(row['当前在办']))).toEqual(
      [...seen.rows, seen.total].map(({ figures }) => figures.running.count),
    );
    expect(rows.at(-1)!['部门']).toBe('合计');
    expect((await file('shenji', `timeliness/export?${PERIOD}&pageSize=1`)).rows).toEqual(rows);
    expect(rows.at(-1)!['按时率']).toBe(`${(seen.total.onTimeRate! * 100).toFixed(1)}%`);
    expect((await file('shenji', `load/export?${PERIOD}`)).rows).toHaveLength(19);
    expect((await file('shenji', `rollback-reasons/export?${PERIOD}`)).rows).toHaveLength(6);
    expect((await file('shenji', `counties/export?${PERIOD}`)).rows).toHaveLength(125);
    expect((await file('nongye', `counties/export?${PERIOD}`)).rows[0]!['登记信息']).toBe('');
  });

  it('runs as no formula, whatever a department is called', async () => {
    await product.handle.pool.query(`
      update departments set name = '=cmd|"/c calc"!A1' where code = '430103-agriculture';
      select pg_notify('reference', '');`);
    const { rows } = await eventually(
      () => file('shenji', 'timeliness/export'),
      (seen) => seen.rows.some((row) => row['部门']?.includes('calc')),
    );
    expect(rows.find((row) => row['代码'] === '430103-agriculture')!['部门']).toBe(`'=cmd|"/c calc"!A1`);
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });
});
