/** The calendar as it stands in the files of this folder: the newest of them, each of which holds all years. */
import { readdirSync, readFileSync } from 'node:fs';
import type { WorkCalendar } from '../domain/clock/calendar.ts';
import { workCalendarSchema } from '../domain/clock/calendar-schema.ts';
import { isEarlierEdition } from '../domain/clock/calendar-publication.ts';

const FOLDER = new URL('./calendar/', import.meta.url);

export function readNewestCalendar(): WorkCalendar {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  const calendars = names.map((name) => workCalendarSchema.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))));
  return calendars.reduce((newest, one) => (isEarlierEdition(newest, one) ? one : newest));
}
