/** Calendars, read from the database and compiled once per version. */
import { asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../postgres/client.ts';
import { calendarRollouts as rollouts, calendars, referenceChanges } from '../schema.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { Refusal } from '../../domain/errors.ts';

/** By version and instant of recording, because two databases (in tests) may give one name to different calendars. */
const compiled = new Map<string, WorkCalendar>();

export type Edition = Pick<typeof calendars.$inferSelect, 'version' | 'recordedAt'>;
const edition = { version: calendars.version, recordedAt: calendars.recordedAt };

/** @throws Refusal calendar.insufficient if no calendar was ever loaded. */
export async function currentCalendar(db: Executor): Promise<WorkCalendar> {
  const [latest] = await editionInForce(db);
  return calendarOfEdition(db, latest ?? null);
}

/** Which calendar is in force: a query, so that it can be a part of another one. */
export const editionInForce = (db: Executor) =>
  db.select(edition).from(calendars).orderBy(desc(calendars.validThrough), desc(calendars.recordedAt)).limit(1);

/** @throws Refusal calendar.insufficient if no calendar was ever loaded. */
export async function calendarOfEdition(db: Executor, latest: Edition | null): Promise<WorkCalendar> {
  if (!latest) {
    throw new Refusal('calendar.insufficient', '系统中没有工作日历', {
      remedy: '请先载入工作日历（npm start 会自动载入）',
    });
  }
  return calendarOf(db, latest);
}

const IN_FORCE = sql`hashtext('calendar-in-force')`;

/**
 * Keeps the calendar in force until the transaction ends. What is counted by it is then in the record before a publication
 * looks for what it moves.
 */
export async function holdCalendar(tx: Executor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${IN_FORCE})`);
}

/** Waits for the transactions that hold the calendar in force, and keeps others from counting by it. */
export async function replaceCalendar(tx: Executor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${IN_FORCE})`);
}

/** The first calendar that was loaded into this database. */
export async function firstCalendar(db: Executor): Promise<WorkCalendar> {
  const [first] = await db
    .select(edition)
    .from(calendars)
    .orderBy(asc(calendars.recordedAt), asc(calendars.version))
    .limit(1);
  return first ? calendarOf(db, first) : currentCalendar(db);
}

/** Calendars by version, whether in force or not: a date is explained by the calendar that it was counted by. */
export async function calendarsOf(db: Executor, versions: readonly string[]): Promise<Map<string, WorkCalendar>> {
  if (versions.length === 0) return new Map();
  const editions = await db
    .select(edition)
    .from(calendars)
    .where(inArray(calendars.version, [...new Set(versions)]));
  const found = new Map<string, WorkCalendar>();
  for (const one of editions) found.set(one.version, await calendarOf(db, one));
  return found;
}

/** @returns undefined if no calendar has this version. */
export async function findCalendar(db: Executor, version: string) {
  const [row] = await db.select().from(calendars).where(eq(calendars.version, version));
  return row;
}

/** All versions; the one that reaches furthest comes first. */
export function calendarVersions(db: Executor) {
  return db
    .select({ version: calendars.version, validThrough: calendars.validThrough })
    .from(calendars)
    .orderBy(desc(calendars.validThrough));
}

/**
 * All versions, the one in force first, each with the progress of its rollout to the running cases and the reason of its
 * publication.
 */
export function calendarRollouts(db: Executor) {
  return db
    .select({ calendar: calendars, rollout: rollouts, reason: referenceChanges.reason })
    .from(calendars)
    .leftJoin(rollouts, eq(rollouts.version, calendars.version))
    .leftJoin(referenceChanges, eq(referenceChanges.key, calendars.version))
    .orderBy(desc(calendars.validThrough), desc(calendars.recordedAt));
}

async function calendarOf(db: Executor, { version, recordedAt }: Edition): Promise<WorkCalendar> {
  const key = `${version} ${recordedAt.toISOString()}`;
  const known = compiled.get(key);
  if (known) return known;
  const row = await findCalendar(db, version);
  const calendar = workCalendarSchema.parse(row?.content);
  compiled.set(key, calendar);
  return calendar;
}
