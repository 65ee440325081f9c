/**
 * Whose time it was (第五条第一款): of the working days since a record came into being, those that the department used
 * and those that the platform used. A record is in one party's hands at any time, so the parts are always the whole.
 */
import { legalDateOf, type LegalDate, type WorkCalendar } from '../clock/calendar.ts';
import { workingDaysBetween } from '../clock/deadlines.ts';

type Party = 'department' | 'platform';

/** After each deed the record lies with this party; null: it is done. */
const PASSES_TO = {
  received: 'platform',
  returned: 'department',
  resubmitted: 'platform',
  published: null,
} as const satisfies Record<string, Party | null>;

export interface PassingEvent {
  event: keyof typeof PASSES_TO;
  on: LegalDate;
}

const DEEDS: Record<string, PassingEvent['event']> = {
  return: 'returned',
  resubmit: 'resubmitted',
  publish: 'published',
};

/** What the audit log says of a record's way, from its receipt on. */
export function passingsIn(receivedAt: Date, deeds: readonly { action: string; at: Date }[]): PassingEvent[] {
  const on = (at: Date) => legalDateOf(at.getTime());
  const passed = deeds.flatMap(({ action, at }): PassingEvent[] => {
    const event = DEEDS[action];
    return event ? [{ event, on: on(at) }] : [];
  });
  return [{ event: 'received', on: on(receivedAt) }, ...passed];
}

interface Stretch {
  party: Party;
  from: LegalDate;
  until: LegalDate;
  workingDays: number;
}

export interface TimeAttribution {
  /** Working days used by each, and by both: the day of the event is not counted, as everywhere. */
  department: number;
  platform: number;
  total: number;
  stretches: Stretch[];
}

/**
 * @param events in the order in which they happened.
 * @param today until when an unpublished record's time is counted.
 */
export function attributeTime(
  calendar: WorkCalendar,
  generatedOn: LegalDate,
  events: readonly PassingEvent[],
  today: LegalDate,
): TimeAttribution {
  const stretches: Stretch[] = [];
  let holder: Party | null = 'department';
  let from = generatedOn;
  const pass = (on: LegalDate, next: Party | null) => {
    // A record may be received on a day that its own date puts after it: no time runs backwards.
    const until = on < from ? from : on;
    if (holder) stretches.push({ party: holder, from, until, workingDays: workingDaysBetween(calendar, from, until) });
    holder = next;
    from = until;
  };
  for (const { event, on } of events) if (holder) pass(on, PASSES_TO[event]);
  if (holder) pass(today, null);
  const of = (party: Party) =>
    stretches.reduce((sum, stretch) => sum + (stretch.party === party ? stretch.workingDays : 0), 0);
  const [department, platform] = [of('department'), of('platform')];
  return { department, platform, total: department + platform, stretches };
}
