/** A published calendar reaches every running case, on a real Temporal server, through HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedCalendar } from '../../db/reference/calendar-seed.ts';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { addDays, isWorkingDay } from '../../domain/clock/calendar.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { expectProblem, importFile, jsonl, registration } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';

const CLOSURES = '/api/v1/admin/calendars/closures';

interface Preview {
  version: string;
  affected: number;
  examples: { caseId: string; enterpriseName: string; before: { dueDate: string }; after: { dueDate: string } }[];
}

interface Rollout {
  version: string;
  affected: number | null;
  remaining: number | null;
  publishedBy: string | null;
  finishedAt: string | null;
}

interface Row {
  case_id: string;
  limit_id: string;
  due_date: string;
  calendar_version: string;
  rung_dates: Record<string, string>;
}

interface Detail {
  deadlines: { limitId: string; dueDate: string; calendarVersion: string }[];
  counting: { limitId: string; days: { date: string; count: number | null }[] }[];
}

/** Many cases, to see that a calendar reaches all; few, where a worker has to replay them all. */
describe.each([300, 40])('a calendar and %i running cases', (CASES) => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
    await importFile(
      product,
      jsonl(Array.from({ length: CASES }, () => registration({ scope: '许可项目：农药零售。' }))),
    );
    await eventually(
      () => duties(),
      (rows) => rows.length === 2 * CASES,
      240_000,
    );
    // Their workflows run: a file's cases are started at a walk, so that people go first.
    await eventually(
      () => waiting(),
      (count) => count === 0,
      400_000,
    );
  }, 500_000);
  afterAll(() => product.close());

  async function waiting(): Promise<number> {
    const { rows } = await product.handle.pool.query<{ count: number }>(
      "select count(*)::int as count from outbox where kind = 'start-case' and done_at is null",
    );
    return rows[0]!.count;
  }

  async function duties(): Promise<Row[]> {
    const { rows } = await product.handle.pool.query<Row>(
      'select case_id, limit_id, due_date::text, calendar_version, rung_dates from deadlines where settled_at is null order by 1, 2',
    );
    return rows;
  }
  const finished = (version: string) =>
    eventually(
      () => product.get<Rollout>('admin', `/api/v1/admin/calendars/${version}`),
      ({ body }) => body.finishedAt !== null,
      240_000,
    );

  // Skipped for the few cases: this counts the many.
  it.runIf(CASES > 100)(
    'lands all: shown before, moved once, both dates on record, each holder told once',
    async () => {
      const before = await duties();
      const feedback = before.find((row) => row.limit_id === 'registrationPush.feedback')!;
      const closure = { restDays: [feedback.due_date], title: '临时放假', reason: '湘政办函〔2026〕99号' };

      const dry = await product.post<Preview>('admin', `${CLOSURES}?dryRun=true`, closure);
      expect([dry.status, dry.body.affected]).toEqual([200, CASES]);
      expect(dry.body.examples).toHaveLength(100);
      expect(dry.body.examples[0]!.enterpriseName).toMatch(/\p{Script=Han}/u);
      expect(dry.body.examples[0]!.before.dueDate).toBe(feedback.due_date);
      expect(await duties()).toEqual(before);

      const began = Date.now();
      const published = await product.post<Preview>('admin', CLOSURES, closure);
      expect(published.status).toBe(201);
      const { version } = published.body;
      const { body: rollout } = await finished(version);
      process.stdout.write(`${CASES} running cases counted anew in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
      expect(rollout).toMatchObject({ affected: CASES, remaining: 0 });

      const after = await duties();
      const moved = after.filter((row) => row.limit_id === 'registrationPush.feedback');
      expect(moved).toHaveLength(CASES);
      expect(new Set(moved.map((row) => `${row.due_date} ${row.calendar_version}`))).toEqual(
        new Set([`${dry.body.examples[0]!.after.dueDate} ${version}`]),
      );
      // Limits that end before the closed day are unchanged.
      expect(after.filter((row) => row.limit_id === 'registrationPush.claim')).toEqual(
        before.filter((row) => row.limit_id === 'registrationPush.claim'),
      );
      const { rows: audit } = await product.handle.pool.query<{ cases: string; entries: string }>(
        "select count(distinct case_id) as cases, count(*) as entries from audit_log where action = 'deadline.reprojected'",
      );
      expect(audit[0]).toEqual({ cases: String(CASES), entries: String(CASES) });
      const { rows: told } = await product.handle.pool.query<{ count: string }>(
        "select count(*) from notices where topic = 'registrationPush.feedback:moved'",
      );
      expect(told[0]!.count).toBe(String(CASES));
    },
    300_000,
  );

  // Skipped for the many cases: a thousand replays show no more than forty.
  it.runIf(CASES < 100)(
    'survives a worker that stops in the middle',
    async () => {
      const before = await duties();
      const claim = before.find((row) => row.limit_id === 'registrationPush.claim')!;
      const closure = { restDays: [claim.due_date], title: '临时放假', reason: '湘政办函〔2026〕100号' };
      const published = await product.post<Preview>('admin', CLOSURES, closure);
      await product.stopWorker();
      await product.resumeWorker();
      const { body: rollout } = await finished(published.body.version);
      expect(rollout).toMatchObject({ remaining: 0 });
      const left = (await duties()).filter((row) => row.calendar_version !== published.body.version);
      expect(left).toEqual([]);
    },
    120_000,
  );

  const feedback = async () => (await duties()).filter((row) => row.limit_id === 'registrationPush.feedback');
  const inForce = () => currentCalendar(product.handle.db);

  // Skipped for the many cases: one case shows it as well.
  it.runIf(CASES < 100)('reaches limits whose supervision alone moves, and counts them in the preview', async () => {
    const [before] = await feedback();
    const rest = addWorkingDays(await inForce(), before!.due_date, 1).due;
    const closure = { restDays: [rest], title: '临时放假', reason: '湘政办函〔2026〕101号' };
    const { body } = await product.post<Preview>('admin', CLOSURES, closure);
    expect(body.affected).toBe(CASES);
    expect((await finished(body.version)).body).toMatchObject({ affected: CASES, remaining: 0 });
    const supervision = addWorkingDays(await inForce(), before!.due_date, 3).due;
    expect(supervision > before!.rung_dates['due+3']!).toBe(true);
    for (const after of await feedback()) {
      expect(after).toMatchObject({ due_date: before!.due_date, rung_dates: { 'due+3': supervision } });
    }
  });

  // Skipped for the many cases: one case shows it as well.
  it.runIf(CASES < 100)('counts limits again that were settled a minute after their last day', async () => {
    // Before a make-up day is declared: it may lie before the last day, which then stays where it is.
    const late = (await duties()).findLast((row) => row.limit_id === 'registrationPush.claim');
    const of = [late!.case_id, late!.limit_id];
    const { pool } = product.handle;
    // As a department leaves it that answers late on a day in the future, for which a test cannot wait.
    const settle = `update deadlines set breached_at = due_at, settled_at = due_at + interval '1 minute' where (case_id, limit_id) = ($1, $2)`;
    await pool.query(settle, of);
    await pool.query(
      `insert into rungs (case_id, limit_id, rung, due_at, fired_at) select case_id, limit_id, 'due', due_at, due_at
       from deadlines where (case_id, limit_id) = ($1, $2)`,
      of,
    );
    const closure = { restDays: [late!.due_date], title: '临时放假', reason: '湘政办函〔2026〕103号' };
    const { body } = await product.post<Preview>('admin', CLOSURES, closure);
    expect((await finished(body.version)).body).toMatchObject({ remaining: 0 });
    const { rows } = await pool.query<{ breached_at: Date | null; due_date: string }>(
      'select breached_at, due_date::text from deadlines where (case_id, limit_id) = ($1, $2)',
      of,
    );
    const { due } = addWorkingDays(await inForce(), late!.due_date, 1);
    expect(rows).toEqual([{ breached_at: null, due_date: due }]);
    const { body: entries } = await product.get<{ audit: { action: string }[] }>(
      'admin',
      `/api/v1/pushes/${encodeURIComponent(late!.case_id)}`,
    );
    expect(JSON.stringify(entries)).toContain('逾期记录撤销');
  });

  // Skipped for the many cases: one case shows it as well.
  it.runIf(CASES < 100)('that would bring a firm date forward keeps it, and the explanation ends on it', async () => {
    const [before] = await feedback();
    let weekend = addDays(before!.due_date, -1);
    while (isWorkingDay(await inForce(), weekend)) weekend = addDays(weekend, -1);
    const closure = { makeUpDays: [weekend], title: '调休', reason: '湘政办函〔2026〕102号' };
    const { body } = await product.post<Preview>('admin', CLOSURES, closure);
    expect((await finished(body.version)).body).toMatchObject({ affected: body.affected, remaining: 0 });
    const { body: detail } = await product.get<Detail>(
      'admin',
      `/api/v1/pushes/${encodeURIComponent(before!.case_id)}`,
    );
    for (const { limitId, dueDate, calendarVersion } of detail.deadlines) {
      const { days } = detail.counting.find((one) => one.limitId === limitId)!;
      const counts = days.flatMap(({ count }) => count ?? []);
      const counted = limitId === before!.limit_id ? 7 : 3;
      expect([days.at(-1)!.date, counts.at(-1)]).toEqual([dueDate, counted]);
      if (limitId !== before!.limit_id) continue;
      expect([dueDate, calendarVersion]).toEqual([before!.due_date, before!.calendar_version]);
    }
  });

  // Skipped for the many cases: one case shows it as well.
  it.runIf(CASES < 100)('of a newer file reaches the running cases at the next start', async () => {
    const [before] = await feedback();
    const calendar = await inForce();
    const rest = addWorkingDays(calendar, before!.due_date, 2).due;
    const validThrough = addDays(calendar.validThrough, 365);
    const holidays = { ...calendar.holidays, [rest]: '放假' };
    expect(
      await seedCalendar(product.handle.db, { ...calendar, version: 'cn-2099.1', validThrough, holidays }),
    ).toMatch(/^日历文件cn-2099\.1未载入：现行日历/);
    // A newer file that contradicts nobody's closure is published.
    const file = { ...calendar, version: 'cn-2099.1', validThrough };
    expect(await seedCalendar(product.handle.db, file)).toBeNull();
    expect((await finished(file.version)).body).toMatchObject({ publishedBy: 'system', remaining: 0 });
    const revised = { ...file, version: 'cn-2099.2', holidays };
    expect(await seedCalendar(product.handle.db, revised)).toBeNull();
    expect((await finished(revised.version)).body).toMatchObject({ publishedBy: 'system', remaining: 0 });
    const supervision = addWorkingDays(await inForce(), before!.due_date, 3).due;
    expect((await feedback()).map((row) => row.rung_dates['due+3'])).toEqual(
      Array.from({ length: CASES }, () => supervision),
    );
  });

  // Skipped for the many cases: refusals need no cases.
  it.runIf(CASES < 100)('is refused to others, and where it would rewrite the past', async () => {
    const closure = { restDays: ['2026-11-20'], title: '临时放假', reason: '补发' };
    expectProblem(await product.post('admin', CLOSURES, closure), 'calendar.rewrites-past');
    for (const who of ['dengji', 'nongye-lead', 'ducha', 'shenji']) {
      expectProblem(await product.post(who, CLOSURES, closure), 'access.denied');
    }
    expectProblem(await product.post('admin', CLOSURES, { ...closure, restDays: [] }), 'input.invalid');
    expectProblem(await product.get('admin', '/api/v1/admin/calendars/none'), 'resource.not-found');
    expectProblem(await product.get('nongye', '/api/v1/admin/calendars'), 'access.denied');
  });
});
