/** The clock under which a database was created. It never changes: dates already promised could not be kept. */
import { firstCalendar } from '../queries/calendar.ts';
import { acceleratedClock, realClock, type Clock } from '../../domain/clock/clock.ts';
import { connectDatabase, type Executor } from '../postgres/client.ts';
import { clockSetting } from '../schema.ts';

const describe = (seconds: number | null) => (seconds === null ? '真实时钟' : `加速时钟（每个工作日${seconds}秒）`);

/**
 * Stores the clock of a new database, or checks that it is the one under which the database was created.
 * @throws Error with a Chinese message and remedy if they differ.
 */
export async function ensureClock(databaseUrl: string, secondsPerWorkingDay: number | null): Promise<void> {
  const { db, close } = connectDatabase(databaseUrl, 1);
  try {
    await db.insert(clockSetting).values({ id: 1, secondsPerWorkingDay, anchor: Date.now() }).onConflictDoNothing();
    const [setting] = await db.select().from(clockSetting);
    const existing = setting?.secondsPerWorkingDay ?? null;
    if (existing !== secondsPerWorkingDay) {
      throw new Error(
        `数据是在${describe(existing)}下建立的，不能改用${describe(secondsPerWorkingDay)}。` +
          '请用 --data-dir 另指定数据目录（外部数据库则另建一个库），或按原来的时钟启动。',
      );
    }
  } finally {
    await close();
  }
}

/** The clock of this database; without a setting (tests, bare databases) the real one. */
export async function loadClock(db: Executor): Promise<Clock> {
  const [setting] = await db.select().from(clockSetting);
  if (!setting?.secondsPerWorkingDay) return realClock;
  return acceleratedClock({
    anchor: setting.anchor,
    secondsPerWorkingDay: setting.secondsPerWorkingDay,
    // Always the first calendar that was loaded: a later one changes how days are counted, not how time passes.
    calendar: await firstCalendar(db),
  });
}
