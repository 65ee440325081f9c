/**
 * Loads the calendar of the data files at every start. The first one is simply stored; a newer one is published like any
 * other, so that running cases are recounted. A file never replaces what somebody published at the console.
 */
import { eq } from 'drizzle-orm';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { firstDifference, isEarlierEdition } from '../../domain/clock/calendar-publication.ts';
import { Refusal } from '../../domain/errors.ts';
import { publishCalendar } from './calendar-publication.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { loadClock } from './clock-setting.ts';
import { lockCalendars } from '../queries/affected-duties.ts';
import { calendarsOf, currentCalendar } from '../queries/calendar.ts';
import { calendarRollouts, calendars } from '../schema.ts';
import { SYSTEM } from '../../domain/organs/actor.ts';

/** @returns why the file was not loaded, if somebody has to look at it. A start never fails because of it. */
export async function seedCalendar(db: Database, file: WorkCalendar): Promise<string | null> {
  try {
    await db.transaction(async (tx) => {
      await lockCalendars(tx);
      const { version, validThrough } = file;
      const [loaded] = await tx.select({ version: calendars.version }).from(calendars).limit(1);
      if (!loaded) await tx.insert(calendars).values({ version, validThrough, content: file });
      else if (await isNews(tx, file)) {
        const deps = { db: tx, clock: await loadClock(tx) };
        await publishCalendar(deps, { username: SYSTEM }, () => file, file.source, false);
      }
    });
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `日历文件${file.version}未载入：${error.message}。${error.remedy}`;
  }
}

/**
 * Whether the file holds a calendar that is not yet published. @throws Refusal if it contradicts what somebody published.
 */
async function isNews(tx: Executor, file: WorkCalendar): Promise<boolean> {
  const known = (await calendarsOf(tx, [file.version])).get(file.version);
  if (known) {
    if (firstDifference(known, file) === null) return false;
    throw refusal(`系统中已有同名版本，内容不同`, '请核对；需要时换用新的版本号，由平台管理员在“工作日历”页载入');
  }
  const inForce = await currentCalendar(tx);
  const differs = firstDifference(inForce, file);
  if (differs === null || isEarlierEdition(file, inForce)) return false;
  const [rollout] = await tx.select().from(calendarRollouts).where(eq(calendarRollouts.version, inForce.version));
  const isOurs = !rollout || rollout.startedBy === SYSTEM;
  if (isOurs || differs > inForce.validThrough) return true;
  throw refusal(
    `现行日历${inForce.version}由${rollout.startedBy}发布，文件自${differs}起与之不同`,
    '请平台管理员把临时放假、调休并入后，在“工作日历”页载入',
  );
}

const refusal = (message: string, remedy: string) => new Refusal('calendar.rewrites-past', message, { remedy });
