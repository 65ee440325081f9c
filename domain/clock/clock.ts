/**
 * Engine time is the time of Temporal and the machine; legal time is the time by which the law counts. They are the same,
 * except in a demonstration, where a working day lasts some seconds and a rest day no time at all.
 */
import {
  dateOfDay,
  dayNumber,
  DAY_MS,
  isWorkingDay,
  legalDateOf,
  startOfDay,
  type LegalDate,
  type WorkCalendar,
} from './calendar.ts';
import { SPREAD_MS } from './spread.ts';

export interface Clock {
  /** Engine time to legal time, both epoch ms. */
  toLegal(engine: number): number;
  /** Legal time, as PostgreSQL stores it, of an engine time in epoch ms. */
  legal: (engine: number) => Date;
  /** Legal time to engine time, both epoch ms. */
  toEngine(legal: number): number;
  /** Seconds that a working day lasts; null for the real clock. */
  secondsPerWorkingDay: number | null;
}

export const realClock: Clock = {
  toLegal: (at) => at,
  legal: (at) => new Date(at),
  toEngine: (at) => at,
  secondsPerWorkingDay: null,
};

/** The length of a working day on this clock, as a share of a real day. */
export const paceOf = (secondsPerWorkingDay: number | null): number =>
  secondsPerWorkingDay === null ? 1 : (secondsPerWorkingDay * 1000) / DAY_MS;

/** How long after its instant a timer may run that many cases share, in ms of engine time (spread.ts). */
export const spreadOf = ({ secondsPerWorkingDay }: Pick<Clock, 'secondsPerWorkingDay'>): number =>
  Math.round(SPREAD_MS * paceOf(secondsPerWorkingDay));

export interface Acceleration {
  /** Engine time at which the demonstration began, epoch ms: legal time begins there with the start of a working day. */
  anchor: number;
  /** The legal date at that moment, or the working day next after it; by default the anchor's own date. */
  anchorLegalDate?: LegalDate;
  secondsPerWorkingDay: number;
  calendar: WorkCalendar;
}

/**
 * A clock on which the k-th working day after the anchor's day lasts from k·N to (k+1)·N seconds of engine time. It never
 * runs backwards. toEngine is the inverse of toLegal, except on rest days, which take no engine time.
 */
export function acceleratedClock({ anchor, anchorLegalDate, secondsPerWorkingDay, calendar }: Acceleration): Clock {
  const dayLength = secondsPerWorkingDay * 1000;
  const days = new WorkingDays(calendar, dayNumber(anchorLegalDate ?? legalDateOf(anchor)));
  const toLegal = (engine: number): number => {
    const elapsed = Math.max(0, engine - anchor);
    const index = Math.floor(elapsed / dayLength);
    const share = (elapsed - index * dayLength) / dayLength;
    return startOfDay(dateOfDay(days.at(index))) + Math.round(share * DAY_MS);
  };
  return {
    secondsPerWorkingDay,
    toLegal,
    legal: (engine) => new Date(toLegal(engine)),
    toEngine(legal) {
      const day = dayNumber(legalDateOf(legal));
      const index = days.indexFrom(day);
      // A rest day falls on the start of the next working day.
      const share = days.at(index) === day ? (legal - startOfDay(dateOfDay(day))) / DAY_MS : 0;
      return anchor + Math.round((index + share) * dayLength);
    },
  };
}

/** The working days from a first day on, searched only as far as they are needed. */
class WorkingDays {
  private readonly found: number[] = [];
  private next: number;
  private readonly calendar: WorkCalendar;

  constructor(calendar: WorkCalendar, first: number) {
    this.calendar = calendar;
    this.next = first;
  }

  /** The index-th working day, as a day number; the first has index 0. */
  at(index: number): number {
    while (this.found.length <= index) this.find();
    return this.found[index]!;
  }

  /** The index of the first working day on or after a day; days before the first count as the first. */
  indexFrom(day: number): number {
    while ((this.found.at(-1) ?? -Infinity) < day) this.find();
    let [low, high] = [0, this.found.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.found[middle]! < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private find(): void {
    while (!isWorkingDay(this.calendar, dateOfDay(this.next))) this.next += 1;
    this.found.push(this.next);
    this.next += 1;
  }
}
