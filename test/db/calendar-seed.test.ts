/** The calendar's file at each start: first stored, later published, never in place of what somebody published. */
import { desc } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readNewestCalendar } from '../../data/calendar-files.ts';
import { publishCalendar } from '../../db/reference/calendar-publication.ts';
import { seedCalendar } from '../../db/reference/calendar-seed.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { calendarRollouts, calendars, outbox, referenceChanges } from '../../db/schema.ts';
import { addDays, legalDateOf, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { nextVersion, withClosure } from '../../domain/clock/calendar-publication.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { createTestDatabase } from '../support/servers.ts';

const TODAY = legalDateOf(Date.now());
const IN_A_YEAR = addDays(TODAY, 365);
/** Announced until a year from now, so that the near future is firm whenever the tests run. */
const file: WorkCalendar = { ...readNewestCalendar(), version: 'cn-1.1', validThrough: IN_A_YEAR };
const next: WorkCalendar = {
  ...file,
  version: 'cn-2.1',
  source: '国办发明电〔2027〕1号',
  validThrough: addDays(IN_A_YEAR, 365),
};
const workingDay = (n: number) => addWorkingDays(file, TODAY, n).due;

let handle: DatabaseHandle;
beforeEach(async () => {
  handle = connectDatabase(await createTestDatabase(), 2);
});
afterEach(() => handle.close());

const seed = (calendar: WorkCalendar) => seedCalendar(handle.db, calendar);
const inForce = async () => (await currentCalendar(handle.db)).version;
const rollouts = async () => (await handle.db.select().from(outbox)).map(({ key, payload }) => ({ key, payload }));

function publish(make: (one: WorkCalendar) => WorkCalendar) {
  return publishCalendar({ db: handle.db, clock: realClock }, { username: 'admin' }, make, '依据', false);
}
const close = (day: string) =>
  publish((one) =>
    withClosure(one, { restDays: [day], makeUpDays: [], title: '放假', reason: '依据' }, nextVersion(one.version)),
  );

it('the first calendar of a database is stored without a rollout', async () => {
  expect(await seed(file)).toBeNull();
  expect(await inForce()).toBe('cn-1.1');
  expect(await rollouts()).toEqual([]);
  expect(await handle.db.select().from(calendarRollouts)).toEqual([]);
});

it('a newer file is published by the system, with its source as the reason, and goes to the running cases once', async () => {
  await seed(file);
  for (let start = 0; start < 3; start += 1) expect(await seed(next)).toBeNull();
  expect(await inForce()).toBe('cn-2.1');
  const from = addDays(IN_A_YEAR, 1);
  expect(await rollouts()).toEqual([{ key: 'calendar:cn-2.1', payload: { version: 'cn-2.1', from } }]);
  const [change] = await handle.db.select().from(referenceChanges).orderBy(desc(referenceChanges.id));
  expect(change).toMatchObject({ subject: 'calendar', key: 'cn-2.1', reason: next.source, changedBy: 'system' });
  expect(await handle.db.select().from(calendarRollouts)).toMatchObject([{ version: 'cn-2.1', startedBy: 'system' }]);
});

it('several starts at the same moment publish it once', async () => {
  await seed(file);
  expect(await Promise.all([seed(next), seed(next)])).toEqual([null, null]);
  expect(await rollouts()).toHaveLength(1);
});

it('a file that changes a day gone by is refused in words, and the start goes on', async () => {
  await seed(file);
  const gone = addWorkingDays(file, TODAY, -3).due;
  const rewritten = { ...next, holidays: { ...next.holidays, [gone]: '放假' } };
  expect(await seed(rewritten)).toMatch(new RegExp(`^日历文件cn-2\\.1未载入：.*${gone}`));
  expect([await inForce(), await rollouts()]).toEqual(['cn-1.1', []]);
});

it('a calendar published at the console is not replaced by an older file', async () => {
  await seed(file);
  await publish(() => next);
  for (const version of ['cn-1.1', 'cn-1.2']) expect(await seed({ ...file, version })).toBeNull();
  expect(await inForce()).toBe('cn-2.1');
  expect(await rollouts()).toHaveLength(1);
});

it('a closure is not undone by the file that it was made from', async () => {
  await seed(file);
  await close(workingDay(20));
  expect(await inForce()).toBe('cn-1.2');
  expect(await seed(file)).toBeNull();
  expect(await inForce()).toBe('cn-1.2');
});

it('a closure is not undone by a newer file without it, which is refused with a reason; a file with it is published', async () => {
  await seed(file);
  const day = workingDay(20);
  await close(day);
  expect(await seed(next)).toMatch(new RegExp(`^日历文件cn-2\\.1未载入：现行日历cn-1\\.2由admin发布.*${day}`));
  expect(await inForce()).toBe('cn-1.2');
  expect(await seed({ ...next, holidays: { ...next.holidays, [day]: '放假' } })).toBeNull();
  expect(await inForce()).toBe('cn-2.1');
});

it('a file under the number of a closure is refused in words', async () => {
  await seed(file);
  await close(workingDay(20));
  expect(await seed({ ...file, version: 'cn-1.2' })).toMatch(/^日历文件cn-1\.2未载入：系统中已有同名版本/);
});

it('a revision of the file in force is published, and an earlier one does not come back', async () => {
  await seed({ ...file, holidays: { ...file.holidays, [workingDay(20)]: '放假' }, version: 'cn-1.2' });
  expect(await seed(file)).toBeNull();
  expect(await inForce()).toBe('cn-1.2');
  expect(await seed({ ...file, version: 'cn-1.3' })).toBeNull();
  expect(await inForce()).toBe('cn-1.3');
  expect((await handle.db.select().from(calendars)).map(({ version }) => version).toSorted()).toEqual([
    'cn-1.2',
    'cn-1.3',
  ]);
});
